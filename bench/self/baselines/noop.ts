/** The no-op task of the bare scripts; a default export, since piscina calls that in its threads. */
export default async function noop(index: number): Promise<number> {
  return index;
}
