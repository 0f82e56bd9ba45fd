import { groupBy } from '../../group-by.js';
import type { FindingCode, Report, RunChanges, ScenarioChanges } from '../../schema/index.js';
import { amount } from '../format.js';
import type { ComparedRuns } from '../reporter.js';
import { harmlessData, truncate } from '../text.js';
import { type Explanation, explanationsOf } from '../words/explanations.js';
import { labelOf, placeTitle } from '../words/labels.js';
import { type Note, notesOf } from '../words/notes.js';
import { changeText, nameText, runRatioText } from '../words/run-changes.js';
import { commandOf, environmentOf } from './environment.js';
import { intervalOf } from './figure.js';
import { type JudgementView, judgementView } from './judgement.js';
import { left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { NoteView, TableView } from './types.js';

/** What is said of two saved runs beside each other: for pages. Foreign text in it is harmless, and not escaped. */
export interface ComparisonView {
  /** What both runs are called. */
  readonly names: readonly [base: string, next: string];
  readonly judgement: JudgementView;
  /** One for each group of the judgement. */
  readonly places: readonly ComparedPlaceView[];
  /** Of all places; null: there is but one. */
  readonly overview: ChangeBarsView | null;
  /** Of the machine and the run, one column for each. */
  readonly facts: TableView;
  readonly commands: readonly (string | null)[];
  readonly executors: readonly string[];
  readonly explanations: readonly Explanation[];
}

/** A scenario of both. */
export interface ComparedPlaceView {
  readonly changes: ChangeBarsView | null;
  readonly ratios: RatioPairsView | null;
  /** Tasks per second of each executor in both, without a verdict. */
  readonly throughputs: TableView | null;
  /** What restricts it in one of the runs. */
  readonly notes: readonly NoteView[];
}

/** The change of each ratio. */
export interface ChangeBarsView {
  readonly title: string;
  readonly rows: readonly ChangeRowView[];
}

export interface ChangeRowView {
  readonly label: string;
  /** One of the view's `executors`; null: the report has it not. */
  readonly executor: string | null;
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
  readonly text: string;
}

/** Each ratio in both runs. */
export interface RatioPairsView {
  readonly title: string;
  readonly rows: readonly RatioPairView[];
}

export interface RatioPairView {
  readonly label: string;
  readonly executor: string | null;
  readonly before: RatioEndView;
  readonly after: RatioEndView;
  readonly text: string;
}

export interface RatioEndView {
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
}

const LONGEST_RUN = 40;

export function comparisonView(untrusted: ComparedRuns): ComparisonView {
  // Of the untrusted: what is made harmless twice is the same.
  const judgement = judgementView(untrusted);
  const { changes, base, next } = harmlessData(untrusted);
  const names = [changes.base.name, changes.next.name].map(name => truncate(name, LONGEST_RUN)) as [
    string,
    string,
  ];
  const scenarios = changes.isRefused ? [] : changes.scenarios;
  const both = [base, next] as const;
  return {
    names,
    judgement,
    places: scenarios.map(scenario => placeOf(scenario, both, names)),
    overview: scenarios.length < 2 ? null : overviewOf(changes, next),
    facts: factsTable(both, names),
    commands: both.map(commandOf),
    executors: [...new Set(both.flatMap(executorsOf))],
    explanations: explanationsOf(new Set(scenarios.flatMap(scenario => codesOf(scenario, both)))),
  };
}

function executorsOf({ scenarios }: Report): string[] {
  return scenarios.flatMap(({ executors }) => executors.map(({ variant }) => variant.name));
}

function resultOf({ scenarios }: Report, id: string) {
  return scenarios.find(({ scenario, purpose }) => scenario.id === id && purpose === 'comparison');
}

function executorName(report: Report, scenario: string, id: string): string | null {
  const variant = resultOf(report, scenario)?.executors.find(one => one.variant.id === id)?.variant;
  return variant?.name ?? null;
}

function placeOf(
  scenario: ScenarioChanges,
  both: readonly [Report, Report],
  names: readonly [string, string],
): ComparedPlaceView {
  const { changes } = scenario;
  return {
    changes: changes.length === 0 ? null : changeBars(scenario, both[1]),
    ratios: changes.length === 0 ? null : ratioPairs(scenario, both[1]),
    throughputs: throughputTable(scenario, both, names),
    notes: both.flatMap((report, at) => restrictions(scenario, report, names[at]!)),
  };
}

const isKnown = <T extends { readonly change: number | null }>(one: T): one is T & { change: number } =>
  one.change !== null;

function changeBars(scenario: ScenarioChanges, next: Report): ChangeBarsView {
  return { title: 'What changed', rows: changeRows(scenario, next, nameText) };
}

function changeRows(
  { id, changes }: ScenarioChanges,
  next: Report,
  labelFor: (executor: string) => string,
): ChangeRowView[] {
  return changes.filter(isKnown).map(one => ({
    label: labelFor(one.executor),
    executor: executorName(next, id, one.executor),
    value: one.change,
    interval: intervalOf(one),
    text: changeText(one),
  }));
}

/** More rows nobody reads; the sections have them all. */
const MOST_ROWS = 40;

/** The largest changes first. */
function overviewOf({ scenarios }: RunChanges, next: Report): ChangeBarsView | null {
  const all = scenarios.flatMap(scenario => {
    const place = truncate(placeTitle(scenario), LONGEST_RUN);
    return changeRows(scenario, next, executor => `${place}: ${nameText(executor)}`);
  });
  const ordered = all.toSorted((a, b) => Math.abs(Math.log(b.value)) - Math.abs(Math.log(a.value)));
  const title =
    all.length > MOST_ROWS
      ? `The ${MOST_ROWS} largest of ${all.length} changes`
      : 'All changes, the largest first';
  return ordered.length === 0 ? null : { title, rows: ordered.slice(0, MOST_ROWS) };
}

function ratioPairs({ id, changes, baseline }: ScenarioChanges, next: Report): RatioPairsView | null {
  const rows = changes.flatMap(({ executor, before, after }) => {
    if (before.ratio === null || after.ratio === null) return [];
    return [
      {
        label: nameText(executor),
        executor: executorName(next, id, executor),
        before: { value: before.ratio, interval: intervalOf(before) },
        after: { value: after.ratio, interval: intervalOf(after) },
        text: `${runRatioText(before)} → ${runRatioText(after)}`,
      },
    ];
  });
  return rows.length === 0 ? null : { title: `Ratio to ${nameText(baseline ?? '')}, before and after`, rows };
}

function throughputTable(
  { id }: ScenarioChanges,
  both: readonly [Report, Report],
  names: readonly [string, string],
): TableView | null {
  const executors = both.flatMap((report, at) =>
    (resultOf(report, id)?.executors ?? []).map(executor => ({ executor, at })),
  );
  const rows = [...groupBy(executors, ({ executor }) => executor.variant.id).values()];
  if (rows.length === 0) return null;
  type Row = (typeof rows)[number];
  const inRun = (row: Row, at: number) => row.find(one => one.at === at)?.executor;
  const columns = [
    left('executor', NEVER_DROPPED, (row: Row) => truncate(labelOf(row[0]!.executor), LONGEST_RUN)),
    ...names.map((name, at) =>
      right(`tasks/s in ${name}`, NEVER_DROPPED, (row: Row) =>
        amount(inRun(row, at)?.tasksPerSecond.median ?? null),
      ),
    ),
    ...names.map((name, at) =>
      left(`validity in ${name}`, NEVER_DROPPED, (row: Row) => inRun(row, at)?.validity ?? ''),
    ),
  ];
  return tableOf(columns, rows, { executor: row => row[0]!.executor.variant.name });
}

/** Of its own run, what makes it doubtful; what would make its own verdict surer is for its own report. */
function restrictions({ id }: ScenarioChanges, report: Report, name: string): NoteView[] {
  return graveNotes(report, id).map(note => ({
    ...note,
    label: `${note.label} in ${name}`,
    tone: note.label === 'weak' ? 'WEAK' : note.label === 'invalid' ? 'INVALID' : 'quiet',
  }));
}

function codesOf({ id }: ScenarioChanges, both: readonly Report[]): FindingCode[] {
  return both.flatMap(report => graveNotes(report, id).flatMap(({ code }) => code ?? []));
}

function graveNotes(report: Report, id: string): Note[] {
  const result = resultOf(report, id);
  if (result === undefined) return [];
  return notesOf(result).filter(({ code, label }) => code !== undefined && label !== 'note');
}

/** What is known of both machines and runs; where they differ it is said in bold. */
function factsTable(both: readonly [Report, Report], names: readonly [string, string]): TableView {
  const valuesOf = both.map(report => {
    const { rows } = environmentOf(report);
    return new Map(rows.map(({ cells }) => [cells[0]!.text, cells[1]!.text]));
  });
  const rows = [...new Set(valuesOf.flatMap(values => [...values.keys()]))];
  const valueIn = (what: string, at: number) => valuesOf[at]!.get(what) ?? '';
  const differs = (what: string) => valueIn(what, 0) !== valueIn(what, 1);
  return tableOf(
    [
      left('environment', NEVER_DROPPED, (what: string) => what),
      ...names.map((name, at) => ({
        ...left(name, NEVER_DROPPED, (what: string) => valueIn(what, at)),
        tone: (what: string) => (differs(what) ? ('strong' as const) : null),
      })),
    ],
    rows,
  );
}
