import { judgeRatio } from '../../src/analysis/gates/ratio.js';
import { judgeObjectives } from '../../src/analysis/gates/slo.js';
import { judgeSlower } from '../../src/analysis/gates/slower.js';
import { changesBetween } from '../../src/analysis/run-changes.js';
import type { Judgement } from '../../src/report/reporter.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import { makeComparison, makeExecutor, rateScenario, withPlan } from '../support/report-fixture.js';
import { A_WEEK_LATER, BASE, NEXT, ratiosScenario, runOf } from '../support/runs-fixture.js';

const EVIL =
  'e\u001b[31mv\u202eil\r\n\tname 漢字漢字 | <b>`*_[x](y) that goes on and on and never comes to an end ';

const SLOWER = { kind: 'slower', operator: '>', value: 0.05 } as const;

function compared(
  base: { readonly name: string; readonly report: ReturnType<typeof runOf> },
  next: { readonly name: string; readonly report: ReturnType<typeof runOf> },
  isForced = false,
): Judgement {
  const changes = changesBetween(base, next, isForced);
  return { changes, gates: [judgeSlower(SLOWER, changes, next.report)] };
}

const named = (id: string, ratios: Record<string, number>, axis: number | null = null): ScenarioResult =>
  ratiosScenario(ratios, {
    id,
    title: id.toUpperCase(),
    axis: axis === null ? null : { name: 'param.cpuMs', value: axis },
  });

/** Everything that can be said of a scenario. */
const mixed = (): Judgement => {
  const invalid = named('left out', { queue: 2, piscina: 1.9 });
  const few = { ...named('few', { queue: 2 }), comparisons: [makeComparison('queue', 'limited', 2, null)] };
  const base = runOf([
    named('gained', { queue: 1.95, piscina: 1.9, batched: 1.01 }),
    named('lost', { queue: 2, piscina: 1.9 }),
    named('nothing', { queue: 2 }, 5),
    named('open', { queue: 2 }),
    invalid,
    few,
    { ...named('alone', {}), comparisons: [] },
    named('gone', { queue: 2 }),
  ]);
  const next = runOf(
    [
      named('gained', { queue: 2.1, piscina: 2, batched: 1.012 }),
      named('lost', { queue: 1.7, piscina: 1.85 }),
      named('nothing', { queue: 2.005 }, 5),
      named('open', { queue: 1.92 }),
      {
        ...invalid,
        validity: 'WEAK',
        executors: invalid.executors.map(one =>
          one.variant.id === 'queue' ? { ...one, validity: 'INVALID' as const } : one,
        ),
      },
      few,
      { ...named('alone', {}), comparisons: [] },
      named('new', { queue: 2 }),
    ],
    {
      startedAt: A_WEEK_LATER,
      seed: 8,
      environment: {
        node: 'v20.21.0',
        osRelease: '6.2.0',
        loadAverage1m: 2.1,
        governor: 'powersave',
        versions: { 'threads-vs-loop': '0.2.0', undici: '7.30.2', piscina: '5.4.0' },
      },
    },
  );
  return compared({ name: 'results/baselines/main.json', report: base }, { name: 'this run', report: next });
};

/** Another machine and other tasks, by force; and refused. */
const elsewhere = {
  name: 'elsewhere.json',
  report: runOf([withPlan(ratiosScenario({ queue: 2.4 }), { params: { cpuMs: 7 }, tasks: 100 })], {
    startedAt: '2025-11-20T20:01:10.000Z',
    environment: { cpuModel: 'Another CPU', cores: 8, cgroupCores: 1.5, node: 'v22.1.0' },
  }),
};

const evil = () => {
  const scenario = (ratio: number) =>
    ratiosScenario(
      {},
      {
        id: EVIL,
        title: EVIL,
        executors: [makeExecutor({ id: `${EVIL}1` }), makeExecutor({ id: `${EVIL}2`, kind: 'threads' })],
        baseline: `${EVIL}1`,
        comparisons: [makeComparison(`${EVIL}2`, `${EVIL}1`, ratio)],
      },
    );
  return compared(
    { name: EVIL, report: runOf([scenario(2)], { environment: { nodeOptions: EVIL } }) },
    { name: `${EVIL}too`, report: runOf([scenario(1)]) },
  );
};

const service = rateScenario(400, { limited: 60, queue: 40, piscina: 49, processes: null }, { axis: null });

export const judgements: Readonly<Record<string, Judgement>> = {
  story: compared(BASE, NEXT),
  mixed: mixed(),
  forced: compared(BASE, elsewhere, true),
  refused: compared(BASE, elsewhere),
  evil: evil(),
  gates: {
    changes: null,
    gates: [
      judgeRatio({ kind: 'ratio', subject: 'queue/limited', operator: '>', value: 1.5 }, BASE.report),
      judgeRatio({ kind: 'ratio', subject: 'queue/limited', operator: '>', value: 1.93 }, BASE.report),
      judgeRatio({ kind: 'ratio', subject: 'queue/limited', operator: '<', value: 1.5 }, BASE.report),
      judgeObjectives(runOf([service])),
    ],
  },
};
