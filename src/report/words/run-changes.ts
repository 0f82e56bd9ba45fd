import type { RatioChange, RunRatio, ScenarioChanges } from '../../schema/index.js';
import { amount, NONE, nonZero, ratioDecimals, ratioInterval, times } from '../format.js';
import { truncate } from '../text.js';
import { LONGEST_NAME, listed, quoted } from './labels.js';
import type { Note } from './notes.js';

const WITHOUT: Readonly<Record<NonNullable<ScenarioChanges['without']>, string>> = {
  'one executor': 'No ratio: there is one executor, and throughputs of two runs are not compared',
  INVALID: 'Not compared: the scenario is INVALID in one of the runs',
  'other ratios': 'Not compared: the ratios of one run are of throughput, those of the other of latency',
  'no common baseline': 'Not compared: no executor has ratios to it in both runs',
  'no common executor': 'Not compared: the runs have no executor in common',
};

const LEFT_OUT: Readonly<Record<ScenarioChanges['leftOut'][number]['reason'], (runs: string) => string>> = {
  INVALID: runs => `is INVALID ${runs}`,
  'no ratio': runs => `is without a ratio ${runs}`,
  cold: runs => `has a ratio of cold trials ${runs}, and one of warm trials in the other: not comparable`,
};

/** The verdict of a scenario, without a full stop. */
export function changeHeadline(scenario: ScenarioChanges): string {
  const { without, changes } = scenario;
  if (without !== null) return WITHOUT[without];
  const moved = changes.filter(({ verdict }) => verdict === 'gained' || verdict === 'lost');
  if (moved.length > 0) return movedText(moved, scenario);
  const decided = changes.filter(({ verdict }) => verdict !== 'too few forks to say');
  if (decided.length > 0) return unmovedText(decided);
  return changes.length === 0
    ? nothingText(scenario)
    : 'Too few forks to say: an interval needs three in each run';
}

function nothingText({ leftOut }: ScenarioChanges): string {
  return leftOut.length > 0 && leftOut.every(({ reason }) => reason === 'cold')
    ? 'Not compared: the ratios of one run are of cold trials, those of the other of warm ones'
    : 'Not compared: no executor has a ratio in both runs';
}

/** `queue gained: 1.95× → 2.10× limited, 1.08× [1.03, 1.12]`; of several the one that changed most. */
function movedText(moved: readonly RatioChange[], { baseline, of }: ScenarioChanges): string {
  const [most] = moved.toSorted((a, b) => distanceOf(b) - distanceOf(a));
  const { executor, verdict, before, after } = most!;
  const figure = of === 'throughput' ? '' : ` (${of})`;
  const ratios = `${runRatioText(before)} → ${runRatioText(after)} ${nameText(baseline!)}`;
  const text = `${nameText(executor)} ${verdict}${figure}: ${ratios}, ${changeText(most!)}`;
  const others = moved.filter(one => one !== most);
  if (others.length === 0) return text;
  const named = others.slice(0, 2).map(one => `${nameText(one.executor)} ${one.verdict} too`);
  return `${text}; ${listed([...named, ...(others.length > 2 ? [`${others.length - 2} more`] : [])])}`;
}

function unmovedText(changes: readonly RatioChange[]): string {
  const [widest] = changes.toSorted((a, b) => widthOf(b) - widthOf(a));
  const text = `${nameText(widest!.executor)} is ${changeText(widest!)} of what it was`;
  if (changes.length === 1) return `No change shown: ${text}`;
  return `No change shown in ${changes.length} executors; least is known of ${nameText(widest!.executor)}, ${changeText(widest!)}`;
}

function distanceOf({ change }: RatioChange): number {
  return Math.abs(Math.log(change ?? 1));
}

function widthOf({ low, high }: RatioChange): number {
  return low === null || high === null ? 0 : high / low;
}

/** `2.10×`, in as many digits as its own interval is worth. */
export function runRatioText({ ratio, low, high }: RunRatio): string {
  if (ratio === null) return NONE;
  if (low === null || high === null) return `${nonZero(ratio, ratioDecimals(ratio))}×`;
  return `${ratioInterval(ratio, low, high).value}×`;
}

/** `1.08× [1.03, 1.12]`. */
export function changeText({ change, low, high }: Pick<RatioChange, 'change' | 'low' | 'high'>): string {
  if (change === null) return NONE;
  if (low === null || high === null) return `about ${times(change)}`;
  const { value, interval } = ratioInterval(change, low, high);
  return `${value}× ${interval}`;
}

export function nameText(id: string): string {
  return quoted(plainNameText(id));
}

export function plainNameText(id: string): string {
  return truncate(id, LONGEST_NAME);
}

/** What is missing in the table, and what the baseline did itself. */
export function changeNotes(scenario: ScenarioChanges, names: readonly [base: string, next: string]): Note[] {
  const { leftOut, executorsOnlyIn, validity } = scenario;
  const runs = { base: `in ${names[0]}`, next: `in ${names[1]}`, both: 'in both runs' };
  const only = (
    [
      ['base', executorsOnlyIn.base],
      ['next', executorsOnlyIn.next],
    ] as const
  )
    .filter(([, ids]) => ids.length > 0)
    .map(([run, ids]) => ({ label: `only ${runs[run]}`, text: listed(ids.map(nameText)) }));
  const out = leftOut.map(({ executor, run, reason }) => ({
    label: 'left out',
    text: `${nameText(executor)} ${LEFT_OUT[reason](runs[run])}`,
  }));
  return [...out, ...only, ...weakNotes(validity, runs), ...itselfNotes(scenario)];
}

function weakNotes(
  { base, next }: ScenarioChanges['validity'],
  runs: Readonly<Record<'base' | 'next' | 'both', string>>,
): Note[] {
  const where = base === next ? runs.both : base === 'WEAK' ? runs.base : runs.next;
  return [base, next].includes('WEAK')
    ? [{ label: 'weak', text: `${where}, for reasons that its report has` }]
    : [];
}

function itselfNotes({ itself }: ScenarioChanges): Note[] {
  if (itself === null || itself.before.median === null || itself.after.median === null) return [];
  const { executor, before, after } = itself;
  const text = `${amount(before.median)} → ${amount(after.median)} tasks/s itself, without a verdict`;
  return [{ label: nameText(executor), text }];
}
