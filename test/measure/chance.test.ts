import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/measure/events.js';
import { measurePlan } from '../../src/measure/measure.js';
import { saltOf } from '../../src/measure/trial-spec.js';
import { createLatency } from '../../src/origin/latency.js';
import { makePlan } from '../../src/plan/plan.js';
import { type Asked, FakeClock, ScriptedLauncher } from '../support/scripted-launcher.js';

const EXECUTORS = ['limited', 'batched'];
const FORKS = 3;
const ROUNDS = 4;
/** So long that the cold trial is followed by no warm-up, or so short that it is. */
const LONG_MS = 300;
const SHORT_MS = 60;

async function trialsOf(seed: number, wallMs: number) {
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, () => ({ wallMs }));
  const plan = await makePlan({
    targets: ['http'],
    params: { latency: 'lognormal' },
    executors: EXECUTORS,
    forks: FORKS,
    rounds: ROUNDS,
    budgetMs: 60_000,
    seed,
  });
  await reportOf(measurePlan(plan, { clock, launcher }));
  return Object.assign(launcher.log, { warmUps: launcher.warmUps });
}

/** Of an executor's trials, fork by fork; the first host of `sequential` is that of a task alone. */
function saltsOf(log: readonly Asked[], executor: string): (number | null)[][] {
  const trials = log.filter(asked => asked.executor === executor);
  const hosts = [...new Set(trials.map(({ host }) => host))];
  return hosts.map(host => trials.filter(asked => asked.host === host).map(({ salt }) => salt));
}

const flat = (log: readonly Asked[], executor: string) => saltsOf(log, executor).flat();

describe('what is random', () => {
  it('is alike for all executors of a round and new in the next round and fork, the cold one too', async () => {
    const log = await trialsOf(7, LONG_MS);
    const limited = saltsOf(log, 'limited');
    expect(limited.map(fork => fork.length)).toEqual(new Array(FORKS).fill(1 + ROUNDS));
    expect(saltsOf(log, 'batched')).toEqual(limited);
    expect(new Set(limited.flat()).size).toBe(FORKS * (1 + ROUNDS));
    expect(limited[2]![1]).toBe(saltOf(7, 'trial', 2, 1));

    const lognormal = { kind: 'lognormal', medianMs: 50, sigma: 0.5 } as const;
    const ofOneTask = limited.flat().map(salt => createLatency(lognormal, salt!)('GET /todos/1'));
    expect(new Set(ofOneTask).size).toBe(FORKS * (1 + ROUNDS));
  });

  it('is repeated by the seed, and by no other', async () => {
    const salts = async (seed: number) => (await trialsOf(seed, LONG_MS)).map(({ salt }) => salt);
    const first = await salts(7);
    expect(await salts(7)).toEqual(first);
    const others = new Set(await salts(8));
    expect(first.some(salt => others.has(salt))).toBe(false);
  });

  it('is never that of a round in a task alone or in a warm-up, where it is alike for all as well', async () => {
    const log = await trialsOf(7, SHORT_MS);
    const alone = new Set(flat(log, 'sequential'));
    expect([...alone]).toEqual([saltOf(7, 'alone')]);
    const rounds = Array.from({ length: FORKS }, (_, fork) =>
      Array.from({ length: 1 + ROUNDS }, (_, round) => saltOf(7, 'trial', fork, round)),
    ).flat();
    const warmUps = [...new Set(flat(log.warmUps, 'limited'))];
    expect([...new Set(flat(log.warmUps, 'batched'))]).toEqual(warmUps);
    expect(warmUps).toEqual(Array.from({ length: FORKS }, (_, fork) => saltOf(7, 'warm-up', fork)));
    expect(warmUps.some(salt => rounds.includes(salt!) || alone.has(salt))).toBe(false);
  });

  it('is new in each fork where a workload draws it by its own seed, alike for all executors', async () => {
    const log = await trialsOf(7, LONG_MS);
    const seeds = (executor: string) => [
      ...new Set(log.filter(asked => asked.executor === executor).map(({ seed }) => seed)),
    ];
    expect(seeds('limited')).toHaveLength(FORKS);
    expect(seeds('batched')).toEqual(seeds('limited'));
    expect(seeds('limited')).not.toContain(seeds('sequential')[0]);
  });
});
