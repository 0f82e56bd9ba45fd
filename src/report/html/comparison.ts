import type { ComparedRuns } from '../reporter.js';
import { type ComparedPlaceView, type ComparisonView, comparisonView } from '../view/comparison.js';
import type { ChangeGroupView } from '../view/judgement.js';
import { explanationList } from './appendix.js';
import { drawChanges, drawRatioPairs } from './charts/changes.js';
import { figure } from './charts/frame.js';
import { codeBlock } from './code-block.js';
import { type PageContext, pageContext } from './context.js';
import { documentOf } from './document.js';
import { gateId, gateItems, gateSection } from './judgement.js';
import { type Content, element, type Markup } from './markup.js';
import { noteList } from './notes.js';
import { sentence } from './sentence.js';
import { tableMarkup } from './table.js';
import { titleText } from './titles.js';
import { verdictItem, verdictNav } from './verdicts.js';

/** A comparison, and what its parts are called among others of the page. */
interface Part {
  readonly said: ComparisonView;
  /** Of ids. */
  readonly prefix: string;
  /** Told with each title where there are several comparisons. */
  readonly suffix: string;
}

/** Saved runs beside the first of them, as a page of one file, complete without its script. */
export function renderHtmlComparison(compared: readonly ComparedRuns[]): string {
  const parts = compared.map((one, at): Part => {
    const said = comparisonView(one);
    const isOne = compared.length === 1;
    return { said, prefix: isOne ? '' : `run-${at + 1}-`, suffix: isOne ? '' : ` · ${said.names[1]}` };
  });
  const context = pageContext([...new Set(parts.flatMap(({ said }) => said.executors))]);
  return documentOf({
    title: titleOf(parts),
    facts: 'What changed between saved runs, by ratios measured within each',
    verdicts: verdictsOf(parts),
    main: parts.flatMap(part => sectionsOf(part, context)),
    footer: explanationsAndCommands(parts),
  });
}

function titleOf(parts: readonly Part[]): string {
  const [first] = parts;
  const { names } = first!.said;
  return parts.length === 1 ? `${names[0]} → ${names[1]}` : `${parts.length} runs against ${names[0]}`;
}

/** All verdicts in words: what moved and what did not, then the gates. */
function verdictsOf(parts: readonly Part[]): Markup {
  const items = parts.flatMap(({ said: { judgement }, prefix, suffix }) => [
    ...(judgement.changes?.groups ?? []).map((group, at) =>
      verdictItem(placeId(prefix, at), group.title + suffix, group.headline, null),
    ),
    ...gateItems(judgement.gates, prefix),
  ]);
  return verdictNav('Verdicts', items);
}

function placeId(prefix: string, at: number): string {
  return `${prefix}change-${at + 1}`;
}

function sectionsOf(part: Part, context: PageContext): (Markup | null)[] {
  const { said, prefix } = part;
  const { judgement, places } = said;
  const groups = judgement.changes?.groups ?? [];
  return [
    differencesSection(part),
    overviewSection(part, context),
    ...groups.map((group, at) => placeSection(group, places[at]!, part, placeId(prefix, at), context)),
    ...judgement.gates.map((gate, at) => gateSection(gate, gateId(prefix, at))),
    factsSection(part, context),
  ];
}

function differencesSection({ said: { judgement, names }, suffix }: Part): Markup | null {
  const { notes, footnotes } = judgement.changes!;
  const all = [...notes, ...footnotes];
  if (all.length === 0) return null;
  return element(
    'section',
    {},
    element(
      'h2',
      {},
      titleText(`In what ${names[0]} and ${suffix === '' ? names[1] : suffix.slice(3)} differ`),
    ),
    noteList(all),
  );
}

function overviewSection({ said: { overview }, suffix }: Part, context: PageContext): Markup | null {
  if (overview === null) return null;
  const drawn = figure({
    id: context.newId('chart'),
    title: overview.title,
    method: CHANGE_METHOD,
    drawing: drawChanges(overview, context.looks),
    table: null,
  });
  return element(
    'section',
    {},
    element('h2', {}, titleText(`At a glance${suffix}`)),
    element('div', { class: 'charts' }, drawn),
  );
}

const CHANGE_METHOD =
  'The later ratio ÷ the earlier, with 95 % intervals: right of the line is a gain on the baseline.';

function placeSection(
  { title, headline, table, notes }: ChangeGroupView,
  place: ComparedPlaceView,
  { said: { names }, suffix }: Part,
  id: string,
  context: PageContext,
): Markup {
  const charts = chartsOf(place, names, context);
  return element(
    'section',
    { id },
    element('h2', {}, titleText(title + suffix)),
    element('p', { class: 'headline' }, sentence(`${headline}.`)),
    table === null ? null : tableMarkup(table, 'Ratios before and after', context),
    charts.length === 0 ? null : element('div', { class: 'charts' }, charts),
    noteList(notes),
    place.throughputs === null
      ? null
      : element(
          'details',
          {},
          element('summary', {}, 'What each did itself'),
          tableMarkup(
            place.throughputs,
            'Not compared: machines are faster in one hour than in another',
            context,
          ),
        ),
    noteList(place.notes),
  );
}

function chartsOf(
  { changes, ratios }: ComparedPlaceView,
  [base, next]: readonly [string, string],
  context: PageContext,
): Markup[] {
  const frame = (title: string, method: string, drawing: ReturnType<typeof drawChanges>) =>
    figure({ id: context.newId('chart'), title, method, drawing, table: null });
  return [
    ...(changes === null ? [] : [frame(changes.title, CHANGE_METHOD, drawChanges(changes, context.looks))]),
    ...(ratios === null
      ? []
      : [
          frame(
            ratios.title,
            `Hollow: ${base}. Full: ${next}. Whiskers are 95 % intervals.`,
            drawRatioPairs(ratios, context.looks),
          ),
        ]),
  ];
}

function factsSection({ said: { facts, names }, suffix }: Part, context: PageContext): Markup {
  return element(
    'section',
    {},
    element('h2', {}, titleText(suffix === '' ? 'Both runs' : `Both runs${suffix}`)),
    tableMarkup(facts, `${names[0]} beside ${names[1]}; what differs is bold`, context),
  );
}

function explanationsAndCommands(parts: readonly Part[]): Content {
  const known = new Map(parts.flatMap(({ said }) => said.explanations.map(one => [one.code, one] as const)));
  const commands = new Set(parts.flatMap(({ said }) => said.commands.filter(one => one !== null)));
  return [
    explanationList([...known.values()]),
    commands.size === 0
      ? null
      : [element('h2', {}, 'How the runs were made'), [...commands].map(command => codeBlock(command))],
  ];
}
