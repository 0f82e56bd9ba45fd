import type { Bench, Check } from '../support/check.js';
import type { Measured } from '../support/measured.js';
import { perSecond } from '../support/measured.js';
import { interleave, medianOf, medianRatio, type Pair } from '../support/pairs.js';
import { type ScriptConfig, startScript } from '../support/script.js';
import { warmUp } from '../support/warm.js';

const WORKERS = 2;
const JOBS = 20_000;
/** BullMQ is at its speed after some thousand jobs. */
const WARM_UP_TRIALS = 3;
const PAIRS = 11;
const WAIT_MS = 50;
const WAITING_IN_FLIGHT = 64;
const WAITING_JOBS = 6_400;
const BASELINE = 'bare BullMQ, the same settings and broker';

export const broker: Check = {
  name: 'broker',
  summary: 'the executor bullmq against bare BullMQ, and against the ideal',
  async run(bench) {
    await using started = await startBroker(bench);
    await againstBare(bench, started.socket);
    await againstIdeal(bench, started.socket);
  },
};

async function startBroker({ launcher }: Bench) {
  const { address, end } = await launcher.broker!({
    backend: 'any',
    persistence: 'none',
    rttMs: 0,
    url: null,
    caFile: null,
  });
  return { socket: address.url.replace(/^unix:/, ''), [Symbol.asyncDispose]: async () => void (await end()) };
}

async function againstBare(bench: Bench, socket: string): Promise<void> {
  const jobs = bench.quick ? JOBS / 4 : JOBS;
  for (const concurrency of bench.quick ? [16] : [16, 64]) {
    const config = { socket, workers: WORKERS, concurrency, waitMs: 0, most: jobs };
    await using ours = await startScript('support/broker-loop', config);
    await using bare = await startScript('baselines/bare-bullmq', config);
    const sides = [() => ours.trial(jobs), () => bare.trial(jobs)] as const;
    await warmUp(bench.quick ? 1 : WARM_UP_TRIALS, ...sides);
    const pairs = await interleave(bench.quick ? 3 : PAIRS, ...sides);
    reportAgainstBare(bench, `${WORKERS} × ${concurrency} in flight`, jobs, pairs);
  }
}

type Pairs = readonly Pair<Measured, Measured>[];

function reportAgainstBare({ report }: Bench, which: string, jobs: number, pairs: Pairs): void {
  const rates = ratiosOf(pairs, one => perSecond(jobs, one));
  report({
    measured: `bullmq, no-op jobs a second, ${which}`,
    baseline: BASELINE,
    value: medianRatio(rates),
    unit: '×',
    bound: { atLeast: 0.9 },
    note: `${Math.round(medianOf(rates, ([a]) => a))} and ${Math.round(medianOf(rates, ([, b]) => b))} a second`,
  });
  const sides = [
    ['the controller', (one: Measured) => one.cpuMs],
    ['the workers', (one: Measured) => one.workersCpuMs!],
  ] as const;
  for (const [who, cpuMs] of sides) {
    const costs = ratiosOf(pairs, one => (cpuMs(one) / jobs) * 1_000);
    report({
      measured: `bullmq, CPU a job on ${who}, ${which}`,
      baseline: BASELINE,
      value: medianRatio(costs),
      unit: '×',
      bound: { atMost: 1.15 },
      note: `${medianOf(costs, ([a]) => a).toFixed(1)} and ${medianOf(costs, ([, b]) => b).toFixed(1)} µs`,
    });
  }
}

function ratiosOf(pairs: Pairs, of: (one: Measured) => number): Pair<number, number>[] {
  return pairs.map(([a, b]) => [of(a), of(b)]);
}

/** BullMQ itself stays below the ideal: tasks that end together are ended one after the other, and their timers are late. */
async function againstIdeal({ quick, report }: Bench, socket: string): Promise<void> {
  const jobs = quick ? WAITING_JOBS / 4 : WAITING_JOBS;
  const config: ScriptConfig = {
    ...{ socket, workers: WORKERS, concurrency: WAITING_IN_FLIGHT / WORKERS },
    ...{ waitMs: WAIT_MS, most: jobs },
  };
  await using ours = await startScript('support/broker-loop', config);
  await using bare = await startScript('baselines/bare-bullmq', config);
  const sides = [() => ours.trial(jobs), () => bare.trial(jobs)] as const;
  await warmUp(1, ...sides);
  const rates = ratiosOf(await interleave(quick ? 1 : 5, ...sides), one => perSecond(jobs, one));
  const ideal = (WAITING_IN_FLIGHT / WAIT_MS) * 1_000;
  const [reached, bareReached] = [medianOf(rates, ([a]) => a), medianOf(rates, ([, b]) => b)];
  const measured = `bullmq, tasks of ${WAIT_MS} ms, ${WAITING_IN_FLIGHT} in flight`;
  const bound = { atLeast: 0.97 };
  report({
    ...{ measured, baseline: 'the ideal, in flight ÷ service', value: reached / ideal, unit: '×', bound },
    note: `${Math.round(reached)} of ${ideal} a second; bare BullMQ ${Math.round(bareReached)}`,
  });
  report({
    ...{ measured, baseline: BASELINE, value: medianRatio(rates), unit: '×', bound },
    note: `${Math.round(reached)} and ${Math.round(bareReached)} a second`,
  });
}
