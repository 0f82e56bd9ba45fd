import { Bench } from 'tinybench';
import type { Measured } from './measured.js';

const TIME_MS = 250;
const WARM_UP_MS = 100;

/** Runs a batch of microseconds to milliseconds again and again. The median of it, as wall and as CPU: it never waits. */
export async function medianBatch(run: () => Promise<unknown>): Promise<Measured> {
  const bench = new Bench({ time: TIME_MS, warmupTime: WARM_UP_MS });
  bench.add('batch', run, { async: true });
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state === 'errored') throw result.error;
  if (result?.state !== 'completed') throw new Error(`the batch ended as ${result?.state}`);
  const { p50 } = result.latency;
  return { wallMs: p50, cpuMs: p50 };
}
