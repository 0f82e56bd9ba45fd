import { hasAlternatives } from '../analysis/gates/slower-alternatives.js';
import { changesBetween } from '../analysis/run-changes.js';
import { UsageError } from '../errors.js';
import { parseReport, renderJson } from '../report/json.js';
import type { Judgement } from '../report/reporter.js';
import type { Gate, Plan, Report } from '../schema/index.js';
import { type GateFlags, judgeAll, requireAnswerable } from './gates.js';
import { findKeptRun, type KeptPlaces } from './kept-runs.js';

export interface JudgeFlags extends GateFlags {
  /** What the run is set against: `last`, a kept one's name, or a file. */
  readonly baselineRun?: string | undefined;
}

/**
 * What a run will be held against, read before it is measured.
 *
 * @throws UsageError for what cannot be answered, or an earlier run that is not there
 */
export async function judgeOf(
  gates: readonly Gate[],
  { baselineRun }: JudgeFlags,
  plan: Plan,
  places: KeptPlaces,
): Promise<(report: Report) => Judgement> {
  requireAnswerable(gates, plan.scenarios);
  const isCompared = baselineRun !== undefined || plan.scenarios.some(hasAlternatives);
  if (!isCompared && gates.some(({ kind }) => kind === 'slower'))
    throw new UsageError(
      '--fail-on slower',
      'something to compare with',
      'neither an earlier run nor two versions',
      'Compare two versions in this run with --versus, --worktree or --node, or name an earlier run with --baseline-run last, a NAME that was kept by --save-baseline, or a file.',
    );
  const base = baselineRun === undefined ? null : await findKeptRun(baselineRun, places);
  return report => {
    const advised = advisedOf(report);
    if (base === null) return { changes: null, gates: judgeAll(gates, report, null), advised };
    // As it was saved: names of modules are those of any other saved run then.
    const saved = parseReport(renderJson(report), 'this run');
    const changes = changesBetween(base, { name: 'this run', report: saved }, false);
    return { changes, gates: judgeAll(gates, saved, changes), advised };
  };
}

/** Scenarios of which a report says what to run for a better answer: not along rates, which ask for a capacity. */
export function advisedOf({ scenarios }: Report): string[] {
  return scenarios
    .filter(({ scenario: { axis } }) => axis?.name !== 'rate')
    .map(({ scenario }) => scenario.id);
}
