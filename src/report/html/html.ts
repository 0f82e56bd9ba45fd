import type { Report } from '../../schema/index.js';
import type { ReportView } from '../view/types.js';
import { type ViewOptions, view } from '../view/view.js';
import { answerSection } from './answer.js';
import { appendix } from './appendix.js';
import { pageContext } from './context.js';
import { groupSection } from './group.js';
import { element, type Markup } from './markup.js';
import { policyFor } from './policy.js';
import { pageScript } from './script.js';
import { STYLE } from './style.js';
import { mapSection } from './threads-map.js';
import { titleText } from './titles.js';
import { ANSWER_ID, groupId, verdictList } from './verdicts.js';

/** The report as a page of one file, complete without its script, that asks nobody for anything. */
export function renderHtml(report: Report, options: ViewOptions = {}): string {
  const said = view(report, options);
  const page = element('html', { lang: 'en' }, head(said), body(said));
  return `<!doctype html>\n${page.markup}`;
}

function head({ title }: ReportView): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: policyFor([STYLE], [pageScript()]) }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, `${titleText(title)} · threads-vs-loop`),
    // Our own text: what it has of quotes and brackets is meant.
    { markup: `<style>${STYLE}</style>\n` },
  );
}

function body(said: ReportView): Markup {
  const { answer, map, groups, footnotes } = said;
  const context = pageContext(said.executors);
  return element(
    'body',
    {},
    element('a', { class: 'skip', href: '#main' }, 'Skip to the results'),
    pageHeader(said),
    element(
      'main',
      { id: 'main' },
      answer === null ? null : answerSection(answer, ANSWER_ID, context),
      map === null ? null : mapSection(map, context),
      groups.map((group, at) => groupSection(group, groupId(at), context)),
      footnotes.map(text => element('p', { class: 'about' }, text)),
    ),
    appendix(said, context),
    // At the end: all of the page is there when it runs.
    { markup: `<script>${pageScript()}</script>\n` },
  );
}

/** What it is, where and how it was made, and all verdicts. */
function pageHeader(said: ReportView): Markup {
  const { title, facts, machine, interruption } = said;
  return element(
    'header',
    {},
    element('p', { class: 'program' }, 'threads-vs-loop'),
    element('h1', {}, titleText(title)),
    element('p', { class: 'facts' }, [...new Set([...facts, ...machine])].join(' · ')),
    interruption === null
      ? null
      : element('ul', { class: 'notes' }, element('li', { class: 'weak' }, interruption)),
    verdictList(said),
  );
}
