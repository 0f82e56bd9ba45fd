import type { ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { alternativeOf, asPeer, byAlternative, peerOf } from '../alternatives.js';
import { duration, NONE } from '../format.js';
import { isInvalid, pairOf, ratioText } from '../pairs.js';
import { truncate } from '../text.js';
import { alternativeVerdicts, isUnsaid } from '../words/alternative-verdicts.js';
import { LONGEST_NAME, labelOf, textOf } from '../words/labels.js';
import { ratiosHeadline } from '../words/sweep-conclusion.js';
import { type Column, executorColumn, left, NEVER_DROPPED, right } from './table.js';
import type { NoteView, Tone } from './types.js';

const LONGEST_LABEL = 24;

/** Threads or the loop, for each version or value; nothing where all executors run the same. */
export function verdictsByAlternative(result: ScenarioResult): NoteView[] {
  const verdicts = alternativeVerdicts(result);
  return result.alternatives.flatMap(({ label }, at) => {
    const text = verdicts[at] ?? null;
    return text === null ? [] : [{ label: shortLabel(label), text, tone: null }];
  });
}

/** The same along an axis: where threads pay, for each. */
export function verdictsAlong(scenarios: readonly ScenarioResult[]): NoteView[] {
  if (scenarios.some(one => one.validity !== 'INVALID' && isUnsaid(one))) return [];
  return scenarios[0]!.alternatives.map(({ label }, at) => {
    const own = scenarios.map(result => byAlternative(result)[at]!);
    return { label: shortLabel(label), text: ratiosHeadline(own), tone: null };
  });
}

/** `a task alone: old 1.4 ms, new 1.0 ms`. */
export function aloneByAlternative({ alternatives }: ScenarioResult): string | null {
  const known = alternatives.flatMap(({ label, alone }) =>
    alone === null ? [] : [`${shortLabel(label)} ${duration(alone.serviceMs)}`],
  );
  return known.length === 0 ? null : `a task alone: ${known.join(', ')}`;
}

/** `lib=marked and markdown-it`: values that were compared stand side by side. */
export function parametersOf({ scenario, executors }: ScenarioResult): string[] {
  return Object.keys(scenario.params).map(key => {
    const all = executors.map(({ variant }) => variant.alternative?.params[key] ?? scenario.params[key]!);
    const values = new Set([scenario.params[key]!, ...all].map(textOf));
    return `${key}=${[...values].join(' and ')}`;
  });
}

/** Of each executor, in the order of their best, its alternatives in the order of the plan: categories that are compared at a glance. */
export function groupedRows(
  result: ScenarioResult,
  ranked: readonly ExecutorResult[],
): readonly ExecutorResult[] {
  if (!hasAlternatives(result)) return ranked;
  const peers = [...new Set(ranked.map(executor => alternativeOf(executor).peer.id))];
  const order = result.alternatives.map(({ name }) => name);
  const placeOf = (executor: ExecutorResult) => order.indexOf(alternativeOf(executor).name);
  return peers.flatMap(peer =>
    ranked
      .filter(executor => alternativeOf(executor).peer.id === peer)
      .toSorted((a, b) => placeOf(a) - placeOf(b)),
  );
}

export function hasAlternatives({ alternatives }: ScenarioResult): boolean {
  return alternatives.length > 1;
}

/** The executor; of one that ran several alternatives it is said once, and beside it what it ran. */
export function executorColumns(
  result: ScenarioResult,
  rows: readonly ExecutorResult[],
  heading: string,
  tone: (executor: ExecutorResult) => Tone | null,
): Column<ExecutorResult>[] {
  if (!hasAlternatives(result) || rows.length === 0) return [executorColumn(heading, tone)];
  const peerOfRow = (row: ExecutorResult | undefined) => row && alternativeOf(row).peer.id;
  const isFirst = (row: ExecutorResult) => peerOfRow(rows[rows.indexOf(row) - 1]) !== peerOfRow(row);
  const { of } = alternativeOf(rows[0]!);
  return [
    {
      ...left<ExecutorResult>(heading, NEVER_DROPPED, row =>
        isFirst(row) ? truncate(labelOf(asPeer(row)), LONGEST_NAME) : '',
      ),
      isSaidOnce: true,
    },
    { ...left(of, NEVER_DROPPED, row => shortLabel(alternativeOf(row).label)), tone },
  ];
}

/** To the same executor with the baseline's alternative, with the interval. */
export function peerRatioColumn(result: ScenarioResult): Column<ExecutorResult> {
  const { executors } = result;
  const baseline = alternativeOf(executors.find(({ variant }) => variant.id === result.baseline)!);
  return right(`÷ ${shortLabel(baseline.label)}`, 100, row => {
    const other = peerOf(executors, row, baseline.name);
    if (other === undefined || isInvalid(row)) return NONE;
    if (other === row) return '1';
    const pair = pairOf(result, row.variant.id, other.variant.id);
    return pair === null ? NONE : ratioText(pair);
  });
}

function shortLabel(label: string): string {
  return truncate(label, LONGEST_LABEL);
}
