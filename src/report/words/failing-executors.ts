import { FAILING_SHARE, failedShare, type InFlightLimit, inFlightLimits } from '../../in-flight-limit.js';
import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { count, percent } from '../format.js';
import { failedBy, ranking } from '../pairs.js';
import type { Conclusion } from './conclusion.js';
import { whyInvalid } from './findings.js';
import { listed, nameOf, quoted, rateText } from './labels.js';
import { loadOf } from './load.js';

/** Scenarios of which some executors failed at what others did: that is what there is to say, or the end of it. */

/** Why nothing may be said; where one executor alone is fit, which. */
export function invalidHeadline(result: ScenarioResult): string {
  const reason = whyInvalid(result);
  const [only, ...others] = ranking(result);
  const isOwn = result.executors.some(({ findings }) => findings.length > 0);
  if (only === undefined || others.length > 0 || !isOwn) return `No verdict: ${reason}`;
  return `No verdict: only ${nameOf(only)} is valid; ${reason}`;
}

/** Failures that the scenario expects, where some executors are spared them and others not. */
export function whoFails(result: ScenarioResult, ranked: readonly ExecutorResult[]): Conclusion | null {
  const { expectedFailures } = result.scenario;
  const shareOf = (executor: ExecutorResult) =>
    failedBy(executor, expectedFailures) / Math.max(1, executor.outcomes.issued);
  const failing = ranked.filter(executor => shareOf(executor) > FAILING_SHARE);
  const spared = ranked.filter(executor => shareOf(executor) <= FAILING_SHARE);
  if (failing.length === 0 || spared.length === 0) return null;
  const finish = spared.length === 1 ? 'finishes' : 'finish';
  const fails = failing.map(executor => `${nameOf(executor)} fails ${percent(shareOf(executor))}`);
  const headline =
    inFlightText(result) ??
    `Only ${listed(spared.map(nameOf))} ${finish} all tasks: ${listed(fails)} of them`;
  return { kind: 'failing', headline, aside: null, about: spared.slice(0, 1) };
}

/** At a rate that is too high for all, or for all but one. */
export function whoKeepsUp(
  { scenario }: ScenarioResult,
  kept: readonly ExecutorResult[],
  overloaded: readonly ExecutorResult[],
): Conclusion {
  const { perSecond } = loadOf(scenario);
  const rate = perSecond === null ? 'the rate' : rateText(perSecond);
  const who = kept[0] === undefined ? 'Nobody' : `Only ${nameOf(kept[0])}`;
  const are = `${listed(overloaded.map(nameOf))} ${overloaded.length === 1 ? 'is' : 'are'}`;
  const headline = `${who} keeps up with ${rate}: ${are} overloaded`;
  return { kind: 'overloaded', headline, aside: null, about: kept.slice(0, 1) };
}

/** Kinds that somebody else answers with who has enough. */
const REFUSED = /^(http-\d+|refused|reset|timeout)$/;

/** `20 in flight is what the server takes: at 40, 80 % of tasks fail (http-429)`; null where no variants show it. */
export function inFlightText({ executors }: ScenarioResult): string | null {
  const limits = inFlightLimits(executors);
  const [first] = limits;
  if (first === undefined) return null;
  const kinds = [...new Set(limits.map(({ fails }) => mainFailure(fails)))];
  const because = ` (${listed(kinds)})`;
  const isOne = limits.every(
    ({ holds, fails }) =>
      holds.variant.inFlight === first.holds.variant.inFlight &&
      fails.variant.inFlight === first.fails.variant.inFlight,
  );
  if (!isOne) {
    const each = limits.map(
      ({ holds, fails }) => `${quoted(fails.variant.name)} up to ${count(holds.variant.inFlight)}`,
    );
    return `In flight without failures: ${listed(each)}; beyond that tasks fail${because}`;
  }
  const taken = kinds.every(one => REFUSED.test(one)) ? 'what the server takes' : 'the most without failures';
  const at = `at ${count(first.fails.variant.inFlight)},`;
  return `${count(first.holds.variant.inFlight)} in flight is ${taken}: ${at} ${sharesText(limits)}${because}`;
}

function sharesText(limits: readonly InFlightLimit[]): string {
  if (limits.length === 1) return `${percent(failedShare(limits[0]!.fails))} of tasks fail`;
  const each = limits.map(({ fails }) => `${percent(failedShare(fails))} of ${quoted(fails.variant.name)}'s`);
  return `${listed(each)} tasks fail`;
}

function mainFailure({ outcomes }: ExecutorResult): string {
  const [most] = Object.entries(outcomes.failed).sort(([, a], [, b]) => b - a);
  return most?.[0] ?? 'failed';
}
