import { describe, expect, it } from 'vitest';
import { highestRate, meetsObjective, rateSweeps } from '../../src/measure/capacity.js';
import { confirmCapacities } from '../../src/measure/confirm.js';
import type { Scenario, ScenarioResult } from '../../src/schema/index.js';
import { rateScenario, withPlan } from '../support/report-fixture.js';

const sweep = [
  rateScenario(100, { limited: 20, queue: 20, batched: 60 }),
  rateScenario(200, { limited: 25, queue: 24, batched: 70 }),
  rateScenario(400, { limited: 40, queue: 30, batched: null }),
  rateScenario(800, { limited: null, queue: 45, batched: null }),
];
const planned = sweep.map(({ scenario }) => scenario);
const sweepOf = (executor: string) => rateSweeps(sweep).find(one => one.executor === executor)!;

describe('rateSweeps', () => {
  it('has a finding at each rate, ascending, of each executor', () => {
    expect(sweepOf('limited').findings).toEqual([
      { perSecond: 100, met: true },
      { perSecond: 200, met: true },
      { perSecond: 400, met: true },
      { perSecond: 800, met: false },
    ]);
    expect(rateSweeps([...sweep].reverse())).toHaveLength(3);
  });

  it('knows none without an objective, of a single rate, or of confirmations', () => {
    expect(rateSweeps(sweep.map(one => withPlan(one, { slo: [] })))).toEqual([]);
    expect(rateSweeps([withPlan(sweep[0]!, { axis: null })])).toEqual([]);
    expect(rateSweeps(sweep.map(one => ({ ...one, purpose: 'confirmation' as const })))).toEqual([]);
  });
});

describe('meetsObjective', () => {
  const [first] = sweep as [ScenarioResult];
  const [executor] = first.executors;

  it('is unknown where a part is, or the figures are not valid; one part that fails decides', () => {
    const parts = (...met: (boolean | null)[]) => ({
      ...executor!,
      slo: met.map(one => ({ ...executor!.slo[0]!, met: one })),
    });
    expect(meetsObjective(first, parts(true, true))).toBe(true);
    expect(meetsObjective(first, parts(true, null))).toBeNull();
    expect(meetsObjective(first, parts(null, false))).toBe(false);
    expect(meetsObjective({ ...first, validity: 'INVALID' }, parts(true))).toBeNull();
  });
});

describe('highestRate', () => {
  const of = (...met: (boolean | null)[]) => ({
    ...sweepOf('limited'),
    findings: met.map((one, at) => ({ perSecond: (at + 1) * 100, met: one })),
  });

  it.each([
    [[true, true, false], 200],
    [[true, false, true], 100],
    [[null, true, null, true, false], 400],
    [[false, true], null],
    [[null, null], null],
    [[true, true], 200],
  ] as const)('%j: %d', (met, expected) => {
    expect(highestRate(of(...met))).toBe(expected);
  });

  it('looks below a rate when asked to', () => {
    expect(highestRate(of(true, true, true), 300)).toBe(200);
    expect(highestRate(of(true), 100)).toBeNull();
  });
});

describe('confirmCapacities', () => {
  /** Measures again what a table says, by rate and executor. */
  async function confirmed(p99Ms: Readonly<Record<number, Readonly<Record<string, number | null>>>>) {
    const asked: Scenario[] = [];
    const confirming = confirmCapacities(planned, sweep, async function* (scenario) {
      asked.push(scenario);
      yield scenario.id;
      const perSecond = Number(scenario.axis!.value);
      if (p99Ms[perSecond] === undefined) return null;
      const of = scenario.executors.map(({ id }) => [id, p99Ms[perSecond]![id] ?? null] as const);
      return rateScenario(perSecond, Object.fromEntries(of), { purpose: 'confirmation' });
    });
    let next = await confirming.next();
    while (next.done !== true) next = await confirming.next();
    const capacities = next.value;
    const measured = asked.map(({ id, executors, baseline }) => [id, executors.map(one => one.id), baseline]);
    return { capacities, measured };
  }

  it('measures each limit once more, those at the same rate together', async () => {
    const same = { limited: 40, queue: 45 };
    const { capacities, measured } = await confirmed({ 400: same, 800: same });
    expect(measured).toEqual([
      ['service rate=400 confirmation', ['limited'], 'limited'],
      ['service rate=800 confirmation', ['queue'], 'queue'],
    ]);
    expect(
      capacities.map(({ executor, perSecond, confirmed: held }) => ({ executor, perSecond, held })),
    ).toEqual([
      { executor: 'limited', perSecond: 400, held: true },
      { executor: 'queue', perSecond: 800, held: true },
      { executor: 'batched', perSecond: null, held: null },
    ]);
  });

  it('falls back to the next lower rate when a limit does not hold again', async () => {
    const { capacities, measured } = await confirmed({
      400: { limited: 60, queue: 45 },
      200: { limited: 30 },
      800: { queue: 70 },
    });
    expect(measured.map(([id]) => id)).toEqual([
      'service rate=400 confirmation',
      'service rate=200 confirmation',
      'service rate=800 confirmation',
      'service rate=400 confirmation 2',
    ]);
    expect(capacities.map(({ perSecond, confirmed: held }) => [perSecond, held])).toEqual([
      [200, true],
      [400, true],
      [null, null],
    ]);
  });

  it('keeps what it knows when the run is interrupted', async () => {
    const { capacities } = await confirmed({});
    expect(capacities.map(({ perSecond, confirmed: held }) => [perSecond, held])).toEqual([
      [400, null],
      [800, null],
      [null, null],
    ]);
  });
});
