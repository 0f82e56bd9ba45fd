import { describe, expect, it } from 'vitest';
import type { ExecutorHistory } from '../../src/analysis/history.js';
import { scalingOf } from '../../src/analysis/scaling.js';
import { WorkerLost } from '../../src/errors.js';
import { resultOf } from '../../src/measure/events.js';
import { Session } from '../../src/measure/session.js';
import { makePlan } from '../../src/plan/plan.js';
import { makeExecutor, makeLostTrial, makeMeasuredTrial } from '../support/report-fixture.js';
import { FakeClock, ScriptedLauncher } from '../support/scripted-launcher.js';

/** Gunther's law with contention 0.1 and coherency 0.01, of 100 tasks. */
const wallMs = (threads: number) =>
  (1_000 * (1 + 0.1 * (threads - 1) + 0.01 * threads * (threads - 1))) / threads;

async function scalingOver(threads: readonly number[], isLost: (threads: number) => boolean = () => false) {
  const plan = await makePlan({
    targets: ['noop'],
    executors: ['queue'],
    threads: [...threads],
    tasks: 100,
    forks: 4,
    rounds: 2,
    warmup: '0.1s',
    seed: 1,
  });
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, asked =>
    isLost(asked.threads) ? new WorkerLost('out of memory') : { wallMs: wallMs(asked.threads), serviceMs: 5 },
  );
  const session = new Session({ launcher, clock, signal: new AbortController().signal });
  return (await resultOf(session.measure(plan.scenarios[0]!, { seed: 1 }))).scaling;
}

describe('scaling over numbers of threads', () => {
  it('is fitted to what each fork measured', async () => {
    const [queue] = (await scalingOver([1, 2, 3, 4, 6, 8]))!;
    expect(queue).toMatchObject({ series: 'queue', sizes: [1, 2, 3, 4, 6, 8], why: null });
    expect(queue!.law!.alpha.value).toBeCloseTo(0.1, 1);
    expect(queue!.law!.beta.value).toBeCloseTo(0.01, 2);
  });

  it('says what is missing, and nothing of few sizes', async () => {
    expect(await scalingOver([1, 2, 3, 4])).toMatchObject([{ law: null, why: 'few sizes' }]);
    expect(await scalingOver([1, 2])).toEqual([]);
  });

  it('names a size whose trials were all lost, and is of the others', async () => {
    const [queue] = (await scalingOver([1, 2, 3, 4, 6, 8, 12], threads => threads === 12))!;
    expect(queue).toMatchObject({
      sizes: [1, 2, 3, 4, 6, 8],
      leftOut: [{ threads: 12, why: 'lost' }],
      why: null,
    });
    expect(queue!.law!.alpha.value).toBeCloseTo(0.1, 1);
    expect(await scalingOver([1, 2, 3, 4, 6, 8], threads => threads === 8)).toMatchObject([
      { law: null, why: 'few sizes', leftOut: [{ threads: 8, why: 'lost' }] },
    ]);
  });
});

describe('cold trials', () => {
  const FORKS = 4;
  const history = (threads: number, { cold = false, lost = false } = {}): ExecutorHistory => {
    const { variant } = makeExecutor({ name: 'queue', id: `queue threads=${threads}`, threads });
    const tasksPerSecond = 100_000 / wallMs(threads);
    // Code that is cold is half as fast.
    const trial = (isCold: boolean) =>
      lost
        ? makeLostTrial('out of memory')
        : makeMeasuredTrial({ cold: isCold, tasksPerSecond: isCold ? tasksPerSecond / 2 : tasksPerSecond });
    const fork = {
      id: variant.id,
      startupMs: 1,
      trials: cold ? [trial(true)] : [trial(true), trial(false)],
      histograms: [],
      digests: null,
      examples: [],
      trace: null,
      warmedUp: null,
    };
    return {
      variant: { ...variant, series: 'queue', axis: { name: 'threads', value: threads } },
      coldOnly: cold || lost,
      forks: Array.from({ length: FORKS }, () => fork),
    };
  };
  const SIZES = [1, 2, 3, 4, 6, 8];

  it('are no part of a law of warm ones, and are named', () => {
    const all = [
      ...SIZES.map(size => history(size)),
      history(12, { cold: true }),
      history(16, { lost: true }),
    ];
    const [queue] = scalingOf(all);
    expect(queue).toMatchObject({
      sizes: SIZES,
      leftOut: [
        { threads: 12, why: 'cold' },
        { threads: 16, why: 'lost' },
      ],
    });
    expect(queue!.law!.beta.value).toBeCloseTo(0.01, 2);
  });

  it('have a law of their own where there are no others', () => {
    const [queue] = scalingOf(SIZES.map(size => history(size, { cold: true })));
    expect(queue).toMatchObject({ sizes: SIZES, leftOut: [], why: null });
  });
});
