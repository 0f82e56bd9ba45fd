/** Short enough to be called often: see `mixBlock`. */
const BLOCK = 1024;

/**
 * Mixes 32 bits `iterations` times: pure computing, without memory, floating point or a clock, and so the same digest
 * for the same arguments on every thread and machine. The steps are Marsaglia's xorshift32 (2003), with a
 * multiplication so that no iteration can be skipped.
 *
 * @returns 0 … 2³² − 1
 */
export function mix(iterations: number, seed: number): number {
  let word = (seed ^ 0x9e3779b9) | 0;
  for (let done = 0; done < iterations; done += BLOCK)
    word = mixBlock(word, Math.min(BLOCK, iterations - done));
  return word >>> 0;
}

/**
 * A function of its own, called thousands of times, so that V8 optimises it as a whole: one long loop, which it
 * replaces on the stack at some moment, came out 2.5 times slower in one process of six, for its whole life.
 */
function mixBlock(start: number, iterations: number): number {
  let word = start | 0;
  const count = iterations | 0;
  for (let i = 0; i < count; i = (i + 1) | 0) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    word = (Math.imul(word, 0x2c1b3c6d) + i) | 0;
  }
  return word;
}

/** Iterations that take `cpuMs` on a machine that does `iterationsPerMs`; at least one. */
export function iterationsFor(cpuMs: number, iterationsPerMs: number): number {
  return Math.max(1, Math.round(cpuMs * iterationsPerMs));
}
