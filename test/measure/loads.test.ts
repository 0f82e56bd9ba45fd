import { describe, expect, it } from 'vitest';
import { reportOf } from '../../src/measure/events.js';
import { measurePlan } from '../../src/measure/measure.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { createRandom } from '../../src/random.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';
import { noteCodesOf, reasonsOf } from '../support/sentences.js';

async function run(script: Script, input: PlanInput) {
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, script);
  const plan = await makePlan({
    targets: ['timer'],
    executors: ['sequential', 'limited'],
    seed: 1,
    ...input,
  });
  const report = await reportOf(measurePlan(plan, { clock, launcher }));
  return { report, launcher, scenario: report.scenarios[0]! };
}

/** Latencies with 1 % of noise: `sequential` 40 ms, `limited` half of that. */
function service(more: Script = () => ({ wallMs: 0 })): Script {
  const random = createRandom(2);
  return asked => ({
    wallMs: 1_000,
    serviceMs: (asked.executor === 'limited' ? 20 : 40) * (1 + 0.01 * random.next()),
    ...omitWall(more(asked) as object),
  });
}
const omitWall = ({ wallMs: _, ...others }: { wallMs?: number }) => others;

describe('a rate load', () => {
  it('compares p99 of latency over forks, not throughput', async () => {
    const { scenario } = await run(service(), { load: 'rate=500/s' });
    const { histogram, latencyMs } = scenario.executors[0]!;
    expect(histogram).toMatchObject({ of: 'latency' });
    expect(histogram!.upToMs.at(-1)).toBe(latencyMs.max);
    const [comparison] = scenario.comparisons;
    expect(comparison).toMatchObject({ executor: 'limited', of: 'p99 latency', verdict: 'faster' });
    // Above 1 is better: the baseline's ÷ the executor's. Histograms are within 0.5 %.
    expect(comparison!.ratio! / 2).toBeCloseTo(1, 1);
    expect(scenario.executors[1]!.latency?.p99?.low).not.toBeNull();
    expect(scenario.winner).toBe('limited');
  });

  it('compares p50 where a fork has too few tasks for p99', async () => {
    const { scenario } = await run(service(), { load: 'rate=100/s' });
    expect(scenario.comparisons[0]!.of).toBe('p50 latency');
    expect(scenario.executors[1]!.latency?.p99).toBeNull();
    expect(reasonsOf(scenario)).toEqual([expect.stringMatching(/^too few samples: p99 needs 1,000 tasks/)]);
  });

  it('gives every executor of a round the same arrivals, and others to each round', async () => {
    const { launcher } = await run(service(), { load: 'rate=500/s,poisson', forks: 3 });
    const seeds = new Map<string, Set<number>>();
    for (const { executor, host, trial, load } of launcher.log) {
      // The first host of all measures a task alone.
      if (load.kind !== 'rate') continue;
      const fork = executor === 'sequential' ? host - 1 : host;
      const key = `${fork}.${trial}`;
      seeds.set(key, (seeds.get(key) ?? new Set()).add(load.seed));
    }
    expect([...seeds.values()].every(one => one.size === 1)).toBe(true);
    expect(new Set([...seeds.values()].flatMap(one => [...one])).size).toBe(seeds.size);
  });

  it('is short in its cold trial, and as long as planned in the others', async () => {
    const { launcher } = await run(service(), { load: 'rate=500/s', durationMs: 4_000, forks: 1 });
    const tasks = launcher.log.flatMap(({ load }) => (load.kind === 'rate' ? [load.tasks] : []));
    expect(tasks.slice(0, 3)).toEqual([500, 500, 2_000]);
  });

  it('takes another baseline where the planned one is overloaded, and says both', async () => {
    const overloaded = service(({ executor }) => ({ wallMs: 0, overloaded: executor === 'sequential' }));
    const { scenario } = await run(overloaded, {
      load: 'rate=500/s',
      executors: ['sequential', 'limited', 'promise-all'],
    });
    expect(scenario.baseline).toBe('limited');
    expect(scenario.executors[0]).toMatchObject({ latency: null, arrivals: { overloaded: true } });
    expect(scenario.comparisons.find(({ executor }) => executor === 'promise-all')?.ratio).toBeCloseTo(
      0.5,
      1,
    );
    expect(scenario.comparisons.find(({ executor }) => executor === 'sequential')?.ratio).toBeNull();
    expect(noteCodesOf(scenario)).toEqual(['other-baseline', 'overloaded']);
    expect(reasonsOf(scenario)).toEqual([]);
  });

  it('finds the highest rate that meets the objective, and measures it again in fresh forks', async () => {
    // limited takes 20 ms up to 400/s and 60 ms above; sequential never meets it.
    const loaded = service(({ executor, load }) => ({
      wallMs: 0,
      ...(executor === 'limited' && load.kind === 'rate' && load.perSecond > 400 && { serviceMs: 60 }),
    }));
    const { report, launcher } = await run(loaded, { load: 'rate=200,400,800/s', slo: 'p99<35ms' });
    expect(report.capacities).toMatchObject([
      { executor: 'sequential', perSecond: null, confirmed: null },
      { executor: 'limited', perSecond: 400, confirmed: true },
    ]);
    const confirmation = report.scenarios.at(-1)!;
    expect(report.scenarios).toHaveLength(4);
    expect(confirmation).toMatchObject({
      purpose: 'confirmation',
      scenario: { axis: { name: 'rate', value: 400 } },
    });
    expect(confirmation.executors.map(({ variant: { id } }) => id)).toEqual(['limited']);
    expect(confirmation.executors[0]!.forks).toBeGreaterThanOrEqual(5);
    expect(launcher.hostsAlive).toBe(0);
  });
});

describe('a duration load', () => {
  it('has no number of tasks, and compares throughput', async () => {
    const { scenario, launcher } = await run(
      ({ executor }) => ({ wallMs: executor === 'limited' ? 1_000 : 2_000 }),
      { durationMs: 2_000 },
    );
    expect(scenario.scenario).toMatchObject({ tasks: null, load: { kind: 'duration', durationMs: 2_000 } });
    expect(scenario.comparisons[0]).toMatchObject({ of: 'throughput', verdict: 'faster' });
    expect(scenario.executors[0]!.latency).not.toBeNull();
    const durations = launcher.log.flatMap(({ load }) => (load.kind === 'duration' ? [load.durationMs] : []));
    expect(durations.slice(0, 3)).toEqual([1_000, 1_000, 2_000]);
  });
});
