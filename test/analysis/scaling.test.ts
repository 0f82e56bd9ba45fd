import { describe, expect, it } from 'vitest';
import { resultOf } from '../../src/measure/events.js';
import { Session } from '../../src/measure/session.js';
import { makePlan } from '../../src/plan/plan.js';
import { FakeClock, ScriptedLauncher } from '../support/scripted-launcher.js';

/** Gunther's law with contention 0.1 and coherency 0.01, of 100 tasks. */
const wallMs = (threads: number) =>
  (1_000 * (1 + 0.1 * (threads - 1) + 0.01 * threads * (threads - 1))) / threads;

async function scalingOver(threads: readonly number[]) {
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
  const launcher = new ScriptedLauncher(clock, asked => ({ wallMs: wallMs(asked.threads), serviceMs: 5 }));
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
});
