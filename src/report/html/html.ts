import type { Report } from '../../schema/index.js';
import type { Judgement } from '../reporter.js';
import { type JudgementView, judgementView } from '../view/judgement.js';
import type { ReportView } from '../view/types.js';
import { type ViewOptions, view } from '../view/view.js';
import { answerSection } from './answer.js';
import { appendix } from './appendix.js';
import { type PageContext, pageContext } from './context.js';
import { documentOf } from './document.js';
import { groupSection } from './group.js';
import { judgementNav, judgementSections } from './judgement.js';
import { type Content, element } from './markup.js';
import { mapSection } from './threads-map.js';
import { ANSWER_ID, groupId, verdictList } from './verdicts.js';

export interface PageOptions extends ViewOptions {
  /** What changed since an earlier run, and what gates say. */
  readonly judgement?: Judgement | undefined;
}

/** The report as a page of one file, complete without its script, that asks nobody for anything. */
export function renderHtml(report: Report, options: PageOptions = {}): string {
  const said = view(report, options);
  const { judgement } = options;
  const judged = judgement === undefined ? null : judgementView(judgement);
  const context = pageContext(said.executors);
  return documentOf({
    title: said.title,
    facts: [...new Set([...said.facts, ...said.machine])].join(' · '),
    verdicts: verdictsOf(said, judged),
    main: resultsOf(said, judged, context),
    footer: appendix(said, context),
  });
}

function verdictsOf(said: ReportView, judged: JudgementView | null): Content {
  const { interruption } = said;
  return [
    interruption === null
      ? null
      : element('ul', { class: 'notes' }, element('li', { class: 'weak' }, interruption)),
    verdictList(said),
    judged === null ? null : judgementNav(judged),
  ];
}

function resultsOf(said: ReportView, judged: JudgementView | null, context: PageContext): Content {
  const { answer, map, groups, footnotes } = said;
  return [
    answer === null ? null : answerSection(answer, ANSWER_ID, context),
    map === null ? null : mapSection(map, context),
    groups.map((group, at) => groupSection(group, groupId(at), context)),
    judged === null ? null : judgementSections(judged, context),
    footnotes.map(text => element('p', { class: 'about' }, text)),
  ];
}
