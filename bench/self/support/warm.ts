/** Trials until code is optimised and connections are open: both sides of a pair get the same. */
export async function warmUp(trials: number, ...sides: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (let n = 0; n < trials; n++) for (const side of sides) await side();
}
