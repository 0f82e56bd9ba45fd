import { boundsOf } from '../analysis/bounds.js';
import type { ExecutorHistory } from '../analysis/history.js';
import { loadRulesOf } from '../analysis/load-rules.js';
import { precisionOf } from '../analysis/precision.js';
import { scalingOf } from '../analysis/scaling.js';
import { scenarioFindings } from '../analysis/scenario-findings.js';
import { summariseExecutor } from '../analysis/summarise.js';
import type { Evidence } from '../analysis/validity/evidence.js';
import { judge } from '../analysis/validity/judge.js';
import { judgeVariants } from '../analysis/validity/variants.js';
import type { ScenarioResult } from '../schema/index.js';
import type { Confidence } from '../stats/comparison.js';
import { median } from '../stats/quantile.js';
import { type ScenarioPart, steadinessOf } from './scenario-part.js';
import type { ScenarioRecord } from './scenario-record.js';

/** What is known when a scenario is summed up, besides its trials. */
export type RecordSetting = Pick<ScenarioResult, 'purpose' | 'elapsedMs' | 'stoppedBy'> &
  Pick<Evidence, 'machine' | 'load'>;

/** What a scenario's trials say. Pure. */
export function scenarioResultOf(
  record: ScenarioRecord,
  { stoppedBy, machine, load, purpose, elapsedMs }: RecordSetting,
): ScenarioResult {
  const { scenario, baseline, measurement, confidence, mismatches, forkDurationsMs } = record;
  const forks = record.executorForks();
  const parts = record.parts.map(part => partOf(part, forks, machine, confidence));
  const summarised = forks.map(
    ({ variant }) => parts.flatMap(part => part.executors).find(one => one.variant.id === variant.id)!,
  );
  const executors = judgeVariants({ scenario, executors: summarised, mismatches, machine });
  const { comparisons, winner, leader, droppedTrials } = record.compare();
  const without = record.withoutInterval();
  const precision = precisionOf({
    measurement,
    comparisons,
    baseline,
    leader,
    without,
    executors,
    elapsedMs,
    forkDurationsMs,
  });
  const steadiness = steadinessOf(record.parts);
  const { validity, findings } = judge({
    scenario: { ...scenario, measurement },
    executors,
    comparisons,
    mismatches,
    stoppedBy,
    steadiness,
    machine,
    load,
  });
  return {
    scenario,
    baseline,
    purpose,
    validity,
    findings: [
      ...findings,
      ...scenarioFindings(record, {
        forks,
        executors,
        droppedTrials,
        // No fork more would make figures precise that must not be believed.
        precision: validity === 'INVALID' ? null : precision,
        stoppedBy,
        machine,
      }),
    ],
    stoppedBy,
    elapsedMs,
    medianForkMs: median(forkDurationsMs),
    alone: parts.length === 1 ? parts[0]!.alone : null,
    alternatives: parts.flatMap(({ alternative, alone }) =>
      alternative === null ? [] : [{ name: alternative.name, label: alternative.label, alone }],
    ),
    // Nobody is called faster by figures that no verdict is made of.
    winner: validity === 'INVALID' || steadiness.state === 'not warm' ? null : winner,
    precision,
    executors,
    comparisons,
    steadiness,
    // At a given rate throughput is what was asked for.
    scaling: loadRulesOf(scenario).compared === 'throughput' ? scalingOf(forks) : [],
    coldComparisons: record.compareCold(),
  };
}

/** The executors that run the same, and their task alone. */
function partOf(
  { scenario, alone: measured, warmPlan: { warming } }: ScenarioPart,
  all: readonly ExecutorHistory[],
  machine: Evidence['machine'],
  confidence: Confidence,
) {
  const own = all.filter(({ variant }) => scenario.executors.some(({ id }) => id === variant.id));
  const { alone, resources } = boundsOf(measured, machine, own);
  const settledTasks = warming.kind === 'need' ? warming.need.settledTasks : null;
  const setting = { alone, resources, confidence, settledTasks };
  return {
    alternative: scenario.executors[0]?.alternative ?? null,
    executors: own.map(executor => summariseExecutor(scenario, executor, setting)),
    alone: alone && {
      tasks: alone.tasks,
      serviceMs: alone.serviceMs,
      cpuMs: alone.cpuMs,
      parts: alone.parts ?? null,
    },
  };
}
