import type { ExecutorResult, MeasuredTrial, Scenario } from '../../schema/index.js';
import { median } from '../../stats/quantile.js';
import { counted } from './evidence.js';
import { type Found, found } from './together.js';

/** Share of a trial that its requests had to take turns for, from which on the turns are what was measured. */
const HELD_SHARE = 0.9;
/** The same where all of a trial's requests could have gone at once: there turns are all that spreads them. */
const HELD_SHARE_AT_ONCE = 0.1;

/** What makes figures unfit that were taken on another machine. */
export function remoteFindings(executor: ExecutorResult, scenario: Scenario): Found[] {
  return [...elsewhereFindings(executor), ...heldFindings(executor, scenario)];
}

/** However few: they were not sent to the server that the run is about, and nobody knows where the others would go now. */
function elsewhereFindings({ variant: { id }, outcomes }: ExecutorResult): Found[] {
  const failed = outcomes.failed['resolved-elsewhere'] ?? 0;
  return failed === 0 ? [] : [found('resolved-elsewhere', 'invalid', id, { failed }, failed)];
}

/** An executor that sends as many as it may shows the limit: another one would show the same. */
function heldFindings(executor: ExecutorResult, { remote, load }: Scenario): Found[] {
  const perSecond = remote?.perSecond ?? null;
  const trials = counted(executor);
  if (perSecond === null || load.kind === 'rate' || trials.length === 0) return [];
  const { id, threads, inFlight } = executor.variant;
  const isAtOnce = trials.every(trial => requestsIn(trial) <= inFlight);
  const turnsShareOf = (trial: MeasuredTrial) =>
    ((requestsIn(trial) - threads) / perSecond) * (1_000 / (trial.wallMs / trial.batches));
  const share = median(trials.map(turnsShareOf))!;
  if (share < (isAtOnce ? HELD_SHARE_AT_ONCE : HELD_SHARE)) return [];
  const reachedPerSecond = median(trials.map(one => one.outcomes.issued / (one.wallMs / 1_000)))!;
  return [found('held-to-rate', 'invalid', id, { perSecond, reachedPerSecond }, share)];
}

/** Of one batch. */
function requestsIn({ outcomes, batches }: MeasuredTrial): number {
  return outcomes.issued / batches;
}
