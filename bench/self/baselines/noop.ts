/** The no-op task of the bare scripts; the default export is what piscina calls in its threads. */
export async function noop(index: number): Promise<number> {
  return index;
}

export default noop;
