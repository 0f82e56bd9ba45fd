import type { GateOutcome } from '../../schema/index.js';
import type { ChangesView, GateView, JudgementView } from '../view/judgement.js';
import type { PageContext } from './context.js';
import { element, type Markup } from './markup.js';
import { noteList } from './notes.js';
import { sentence } from './sentence.js';
import { tableMarkup } from './table.js';
import { titleText } from './titles.js';
import { verdictItem, verdictNav } from './verdicts.js';

const CHANGES_ID = 'changes';

/** More are below. */
const MOST_ITEMS = 6;

/** Where a gate stands in the page. */
export function gateId(prefix: string, at: number): string {
  return `${prefix}gate-${at + 1}`;
}

const OUTCOMES: Readonly<Record<GateOutcome, readonly [word: string, tone: string]>> = {
  passes: ['PASSES', 'valid'],
  fails: ['FAILS', 'invalid'],
  undecided: ['UNDECIDED', 'weak'],
};

/** The word itself, and its colour for a glance. */
export function outcomeMark(outcome: GateOutcome): Markup {
  const [word, tone] = OUTCOMES[outcome];
  return element('span', { class: `state ${tone}` }, word);
}

/** What a gate says, and why. */
export function gateSection({ title, headline, outcome, notes }: GateView, id: string): Markup {
  return element(
    'section',
    { id },
    element('h2', {}, title),
    element('p', { class: 'headline' }, sentence(`${headline}.`)),
    element('p', { class: 'about' }, outcomeMark(outcome)),
    noteList(notes),
  );
}

export function gateItems(gates: readonly GateView[], prefix = ''): Markup[] {
  return gates.map(({ title, headline, outcome }, at) =>
    verdictItem(gateId(prefix, at), title, headline, outcomeMark(outcome)),
  );
}

/** For the top of a run's page: what moved, and the gates; null where there is neither. */
export function judgementNav({ changes, gates }: JudgementView): Markup | null {
  const items = [...(changes === null ? [] : changeItems(changes)), ...gateItems(gates)];
  return items.length === 0 ? null : verdictNav('Since the earlier run', items);
}

function changeItems({ groups, runs }: ChangesView): Markup[] {
  const moved = groups.filter(({ hasMoved }) => hasMoved);
  if (moved.length === 0)
    return [verdictItem(CHANGES_ID, runs, groups.length === 0 ? 'Not compared' : unmovedText(groups), null)];
  return moved
    .slice(0, MOST_ITEMS)
    .map(({ title, headline }) => verdictItem(CHANGES_ID, `Changed: ${title}`, headline, null));
}

function unmovedText(groups: ChangesView['groups']): string {
  return groups.length === 1 ? groups[0]!.headline : `No change shown in ${groups.length} scenarios`;
}

/** On the page of a run: what changed since an earlier one, and what gates say. */
export function judgementSections({ changes, gates }: JudgementView, context: PageContext): Markup[] {
  return [
    ...(changes === null ? [] : [changesSection(changes, context)]),
    ...gates.map((gate, at) => gateSection(gate, gateId('', at))),
  ];
}

function changesSection({ runs, notes, groups, footnotes }: ChangesView, context: PageContext): Markup {
  return element(
    'section',
    { id: CHANGES_ID },
    element('h2', {}, titleText(`Changes: ${runs}`)),
    noteList(notes),
    groups.map(({ title, headline, table, notes: own }) => [
      element('h3', {}, titleText(title)),
      element('p', {}, sentence(`${headline}.`)),
      table === null ? null : tableMarkup(table, 'Ratios before and after', context),
      noteList(own),
    ]),
    noteList(footnotes),
  );
}
