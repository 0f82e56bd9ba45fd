import { Bench } from 'tinybench';
import { mix } from './kernel.js';

const WARM_UP_MS = 60;
const SLICE_MS = 20;
const SLICES = 15;
const FIRST_ITERATIONS = 10_000;

/**
 * Iterations of the kernel per millisecond: the median of 15 slices of about 20 ms, after a warm-up of 60 ms in which
 * the code is optimised and the clock of the core rises. About 0.4 s in all.
 *
 * @param kernel a test's stand-in
 */
export function iterationsPerMs(nowMs: () => number, kernel = mix): number {
  const rateOf = (iterations: number) => {
    const startedAtMs = nowMs();
    kernel(iterations, iterations);
    return iterations / Math.max(nowMs() - startedAtMs, 1e-6);
  };

  const warmAtMs = nowMs() + WARM_UP_MS;
  let rate = rateOf(FIRST_ITERATIONS);
  while (nowMs() < warmAtMs) rate = rateOf(FIRST_ITERATIONS);

  const iterations = Math.max(1, Math.round(rate * SLICE_MS));
  const bench = new Bench({ now: nowMs, iterations: SLICES, time: 0, warmup: false });
  bench.add('slice', () => kernel(iterations, iterations));
  const [slice] = bench.runSync();
  if (slice?.result.state !== 'completed') throw new Error(`the calibration ended as ${slice?.result.state}`);
  return iterations / slice.result.latency.p50;
}
