import type { GateOutcome, RatioChange, RunChanges, ScenarioChanges } from '../../schema/index.js';
import type { Judgement } from '../reporter.js';
import { harmlessData, truncate } from '../text.js';
import { gateHeadline, gateNotes } from '../words/gates.js';
import { listed, placeTitle } from '../words/labels.js';
import type { Note } from '../words/notes.js';
import { changeHeadline, changeNotes, changeText, nameText, runRatioText } from '../words/run-changes.js';
import { differenceNotes, timeBetweenMs, timeText } from '../words/run-differences.js';
import { left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { NoteView, TableView, Tone } from './types.js';

/** What is said of two runs and of gates, decided once for every format. Foreign text in it is harmless, and not escaped. */
export interface JudgementView {
  readonly changes: ChangesView | null;
  readonly gates: readonly GateView[];
}

export interface ChangesView {
  /** `base.json → new.json`. */
  readonly runs: string;
  /** What forbids it, or what only one run has. */
  readonly notes: readonly NoteView[];
  readonly groups: readonly ChangeGroupView[];
  /** Below the groups: what else differs, and what that means. */
  readonly footnotes: readonly NoteView[];
}

/** A scenario, in this order. */
export interface ChangeGroupView {
  readonly title: string;
  /** One sentence, without a full stop. */
  readonly headline: string;
  /** Something gained or lost. */
  readonly hasMoved: boolean;
  readonly table: TableView | null;
  readonly notes: readonly NoteView[];
}

export interface GateView {
  readonly title: string;
  readonly headline: string;
  readonly outcome: GateOutcome;
  readonly notes: readonly NoteView[];
}

const LONGEST_RUN = 60;

const REFUSED: NoteView = {
  label: 'so',
  text: 'nothing is compared; threads-vs-loop compare --force does it all the same, and says what it costs',
  tone: 'strong',
};

export function judgementView(untrusted: Judgement): JudgementView {
  const [changes, gates] = [harmlessData(untrusted.changes), harmlessData(untrusted.gates)];
  return {
    changes: changes === null ? null : changesView(changes),
    gates: gates.map(verdict => ({
      title: 'GATE',
      headline: gateHeadline(verdict),
      outcome: verdict.outcome,
      notes: gateNotes(verdict, untrusted.advised).map(note =>
        withTone(note.label === 'fails' ? 'INVALID' : 'WEAK')(note),
      ),
    })),
  };
}

function changesView(changes: RunChanges): ChangesView {
  const { base, next, differences, isRefused, scenarios, scenariosOnlyIn } = changes;
  const names = [base, next].map(({ name }) => truncate(name, LONGEST_RUN)) as [string, string];
  const only = ([names[0], names[1]] as const).flatMap((name, at) => {
    const ids = at === 0 ? scenariosOnlyIn.base : scenariosOnlyIn.next;
    return ids.length === 0 ? [] : [{ label: `only in ${name}`, text: listed(ids.map(nameText)) }];
  });
  const told = differenceNotes(differences);
  const slight = told.filter(({ isGrave }) => !isGrave).map(({ text }) => text);
  const betweenMs = timeBetweenMs(differences);
  return {
    runs: names.join(' → '),
    notes: [
      ...told.flatMap(({ isGrave, text, cost }) => (isGrave ? [graveNote(text, cost, isRefused)] : [])),
      ...only.map(withTone(null)),
      ...(isRefused ? [REFUSED] : []),
    ],
    groups: isRefused ? [] : scenarios.map(scenario => groupOf(scenario, names)),
    footnotes: [
      ...(slight.length === 0 ? [] : [{ label: 'differs', text: slight.join('; '), tone: null }]),
      ...(isRefused || betweenMs === null
        ? []
        : [{ label: 'mind', text: timeText(betweenMs, base.startedAt === next.startedAt), tone: null }]),
    ],
  };
}

function graveNote(text: string, cost: string | null, isRefused: boolean): NoteView {
  return isRefused
    ? { label: 'refused', text, tone: 'INVALID' }
    : { label: 'forced', text: `${text}: ${cost}`, tone: 'WEAK' };
}

function groupOf(scenario: ScenarioChanges, names: readonly [string, string]): ChangeGroupView {
  const { changes } = scenario;
  return {
    title: placeTitle(scenario),
    headline: changeHeadline(scenario),
    hasMoved: changes.some(({ verdict }) => verdict === 'gained' || verdict === 'lost'),
    table: changes.length === 0 ? null : changesTable(scenario),
    notes: changeNotes(scenario, names).map(withTone(null)),
  };
}

function changesTable({ baseline, changes }: ScenarioChanges): TableView {
  const columns = [
    left(`÷ ${nameText(baseline ?? '')}`, NEVER_DROPPED, ({ executor }: RatioChange) => nameText(executor)),
    right('before', 8, ({ before }: RatioChange) => runRatioText(before)),
    right('after', 9, ({ after }: RatioChange) => runRatioText(after)),
    right('change', 10, (one: RatioChange) => changeText(one)),
    right('forks', 6, ({ before, after }: RatioChange) =>
      [before, after].map(({ forkLogRatios }) => forkLogRatios.length).join(' → '),
    ),
    left('verdict', 7, ({ verdict }: RatioChange) => verdict),
  ];
  return tableOf(columns, changes);
}

function withTone(tone: Tone | null) {
  return (note: Note): NoteView => ({ ...note, tone });
}
