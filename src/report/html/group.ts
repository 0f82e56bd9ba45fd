import type { GroupView, NoteView, Placed, ResultsView, SectionView, TimelineView } from '../view/types.js';
import { codeBlock } from './code-block.js';
import type { PageContext } from './context.js';
import type { Looks } from './looks.js';
import { type Content, element, type Markup } from './markup.js';
import { noteList } from './notes.js';
import { activityPicture, chartPicture, type Picture, pictureFigure, scenarioPictures } from './pictures.js';
import { sentence } from './sentence.js';
import { stateMark } from './state.js';
import { tableMarkup } from './table.js';
import { timelineFigure } from './timeline.js';
import { titleText } from './titles.js';

/** One question and its answer. */
export function groupSection(group: GroupView, id: string, context: PageContext): Markup {
  return element(
    'section',
    { id },
    element('h2', {}, titleText(group.title)),
    element('p', { class: 'headline' }, sentence(`${group.headline}.`)),
    groupContent(group, context),
  );
}

/** What follows the verdict: how far it holds, the figures, the reasons, the pictures, and what is to be known. */
function groupContent(group: GroupView, context: PageContext): Content {
  const { cost, results, places, why } = group;
  const isGrave = ({ tone }: NoteView) => tone !== 'quiet' && tone !== null;
  return [
    element(
      'p',
      { class: 'about' },
      stateMark(group.validity),
      sentence(` · ${group.description.join(' · ')}`),
    ),
    group.parameters.length === 0
      ? null
      : element(
          'details',
          {},
          element('summary', {}, 'Parameters'),
          element('p', { class: 'about' }, group.parameters.join(', ')),
        ),
    noteList(group.notes.filter(isGrave)),
    noteList(group.verdicts),
    tableMarkup(group.table, 'How fast, and how surely', context),
    why === null ? null : element('p', {}, element('b', {}, 'Why: '), sentence(`${why}.`)),
    timelineOf(group, context),
    charts(group, context),
    group.sections.filter(section => isHere(section, group)).map(section => sectionContent(section, context)),
    results === null ? null : resultsContent(results, context),
    cost === null ? null : tableMarkup(cost, 'What it costs', context),
    noteList(group.notes.filter(note => !isGrave(note))),
    places.length === 0 ? null : element('h3', {}, 'Each place by itself'),
    places.map(place => placeDetails(place, context)),
  ];
}

/** What belongs to a place stands there. */
function isHere({ place }: Placed<object>, { places }: GroupView): boolean {
  return place === null || places.length === 0;
}

/** Across the page, before all other pictures. */
function timelineOf(group: GroupView, context: PageContext): Markup | null {
  const timeline = recordedHere(group);
  return timeline === null ? null : timelineFigure(timeline, context);
}

/** Task by task, and of its own. */
export function recordedHere(group: GroupView): TimelineView | null {
  const { timeline } = group;
  return timeline === null || timeline.recordings.length === 0 || !isHere(timeline, group) ? null : timeline;
}

/** All that stand side by side, of its own: places have theirs. */
export function groupPictures(group: GroupView, looks: Looks): Picture[] {
  const { chart, pictures, timeline } = group;
  return [
    ...(chart === null ? [] : [chartPicture('axis', chart, looks)]),
    ...(pictures === null ? [] : scenarioPictures(pictures, looks)),
    ...(timeline === null || timeline.recordings.length > 0 || !isHere(timeline, group)
      ? []
      : [activityPicture(timeline, looks)]),
  ];
}

function charts(group: GroupView, context: PageContext): Markup | null {
  const figures = groupPictures(group, context.looks).map(picture => pictureFigure(picture, context));
  return figures.length === 0 ? null : element('div', { class: 'charts' }, figures);
}

function placeDetails(place: GroupView, context: PageContext): Markup {
  return element(
    'details',
    { class: 'place' },
    element('summary', {}, element('h3', {}, titleText(place.title)), ' ', sentence(place.headline)),
    groupContent(place, context),
  );
}

function sectionContent({ title, table, sentences }: SectionView, context: PageContext): Content {
  return [tableMarkup(table, title, context), noteList(sentences)];
}

function resultsContent({ table, remark, workers, listing }: ResultsView, context: PageContext): Content {
  return [
    tableMarkup(table, 'When results came', context),
    remark === null ? null : element('p', { class: 'about' }, remark),
    noteList(workers),
    listing === null
      ? null
      : [element('p', { class: 'about' }, listing.title), codeBlock(listing.lines.join('\n'))],
  ];
}
