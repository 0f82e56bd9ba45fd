import { boundsOf } from '../analysis/bounds.js';
import { precisionOf } from '../analysis/precision.js';
import { scenarioFindings } from '../analysis/scenario-findings.js';
import { summariseExecutor } from '../analysis/summarise.js';
import type { Evidence } from '../analysis/validity/evidence.js';
import { judge } from '../analysis/validity/judge.js';
import { judgeVariants } from '../analysis/validity/variants.js';
import type { ScenarioResult, Steadiness } from '../schema/index.js';
import { median } from '../stats/quantile.js';
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
  const { alone, resources } = boundsOf(record.alone, machine, forks);
  const { warming } = record.warmPlan;
  const settledTasks = warming.kind === 'need' ? warming.need.settledTasks : null;
  const summarised = forks.map(executor =>
    summariseExecutor(scenario, executor, { alone, resources, confidence, settledTasks }),
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
  const steadiness = steadinessOf(record);
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
      }),
    ],
    stoppedBy,
    elapsedMs,
    medianForkMs: median(forkDurationsMs),
    alone: alone && {
      tasks: alone.tasks,
      serviceMs: alone.serviceMs,
      cpuMs: alone.cpuMs,
      parts: alone.parts ?? null,
    },
    // Nobody is called faster by figures that no verdict is made of.
    winner: validity === 'INVALID' || steadiness.state === 'not warm' ? null : winner,
    precision,
    executors,
    comparisons,
    steadiness,
    coldComparisons: record.compareCold(),
  };
}

/** A plan that was not carried out is none: some worker was left without tasks. */
function steadinessOf(record: ScenarioRecord): Steadiness {
  const { steadiness } = record.warmPlan;
  if (steadiness.state === 'not warm') return { ...steadiness, hadTasks: record.scenario.tasks };
  const { leastTasks: hadTasks } = record;
  const { neededTasks } = steadiness;
  // Of long tasks it is CPU time that counts.
  const isCounted = steadiness.by !== 'long tasks' && hadTasks !== null && neededTasks !== null;
  const isShort = isCounted && hadTasks < neededTasks;
  return { ...steadiness, hadTasks, state: isShort ? 'not warm' : steadiness.state };
}
