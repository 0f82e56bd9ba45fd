import type { ExecutorResult, MeasuredTrial, Scenario } from '../../schema/index.js';
import { scenarioFor } from '../alternatives.js';
import { counted, measured } from './evidence.js';
import { type Found, found } from './together.js';

type Executions = NonNullable<MeasuredTrial['executions']>;

function executionsOf(trials: readonly MeasuredTrial[]): Executions[] {
  return trials.flatMap(({ executions }) => executions ?? []);
}

/** A task that was run twice and came to something else the second time: nobody knows which of the two is right. */
export function differingFindings(executor: ExecutorResult, scenario: Scenario): Found[] {
  const { variant, trials } = executor;
  // By their contents: of results that are compared in another way, or may differ, that proves nothing.
  if (scenarioFor(scenario, variant).workload.resultsCompared !== 'contents') return [];
  const all = executionsOf(measured(trials));
  const sum = (of: (one: Executions) => number) => all.reduce((total, one) => total + of(one), 0);
  const values = { differing: sum(one => one.differing), duplicates: sum(one => one.duplicates) };
  return values.differing === 0
    ? []
    : [found('duplicates-differ', 'invalid', variant.id, values, values.differing)];
}

/** Wait and delivery lie between two machines: where their clocks are not known well enough a trial does not tell them. */
export function clockFindings(executor: ExecutorResult): Found[] {
  const trials = counted(executor);
  const withheld = trials.filter(
    ({ executions, waitMs, deliveryMs }) =>
      executions?.clockErrorMs !== undefined &&
      waitMs.count > 0 &&
      [waitMs.p50, deliveryMs.p50].includes(null),
  );
  if (withheld.length === 0) return [];
  const errors = withheld.map(({ executions }) => executions?.clockErrorMs ?? null);
  const errorMs = errors.includes(null) ? null : Math.max(...errors.filter(ms => ms !== null));
  const values = { errorMs, trials: withheld.length, ofTrials: trials.length };
  return [found('clocks-apart', 'note', executor.variant.id, values, errorMs ?? Number.POSITIVE_INFINITY)];
}

/** The broker was held up while tasks waited for it. */
export function slowBrokerFindings(executor: ExecutorResult): Found[] {
  const trials = counted(executor);
  const slow = trials.flatMap(({ executions }) => executions?.slowestAnswerMs ?? []);
  if (slow.length === 0) return [];
  const slowestMs = Math.max(...slow);
  const values = { slowestMs, trials: slow.length, ofTrials: trials.length };
  return [found('broker-slow', 'weak', executor.variant.id, values, slowestMs)];
}

/** Work that was done twice is in the time of these trials, and in their CPU time. */
export function repeatedFindings(executor: ExecutorResult): Found[] {
  const trials = counted(executor);
  const moreIn = ({ executions, outcomes }: MeasuredTrial) =>
    executions === undefined
      ? 0
      : executions.started - (executions.retried ?? 0) - (outcomes.issued - outcomes.cancelled);
  const again = trials.filter(
    trial =>
      moreIn(trial) > 0 ||
      (trial.executions?.duplicates ?? 0) > 0 ||
      (trial.executions?.workersLost ?? 0) > 0,
  );
  if (again.length === 0) return [];
  const all = executionsOf(again);
  const sum = (of: (one: Executions) => number) => all.reduce((total, one) => total + of(one), 0);
  const recoveries = all.flatMap(({ recoveryMs }) => recoveryMs ?? []);
  const values = {
    more: again.reduce((total, trial) => total + Math.max(0, moreIn(trial)), 0),
    executions: sum(one => one.started),
    trials: again.length,
    ofTrials: trials.length,
    workersLost: sum(one => one.workersLost),
    loss: all.map(({ loss }) => loss).find(loss => loss !== null) ?? null,
    recoveryMs: recoveries.length === 0 ? null : Math.max(...recoveries),
    duplicateMs: sum(one => one.duplicateMs),
  };
  return [found('executed-again', 'weak', executor.variant.id, values, values.more)];
}
