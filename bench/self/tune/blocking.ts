const NOBODY = new Int32Array(new SharedArrayBuffer(4));
const BLOCKED_MS = 5;

/** Holds its thread and computes nothing, as a synchronous database or `execSync` does. */
export async function task(index: number): Promise<number> {
  Atomics.wait(NOBODY, 0, 0, BLOCKED_MS);
  return index;
}
