import type { ReportView } from '../view/types.js';
import { element, type Markup } from './markup.js';
import { sentence } from './sentence.js';
import { stateMark } from './state.js';
import { titleText } from './titles.js';

/** Where a group stands in the page. */
export function groupId(at: number): string {
  return `result-${at + 1}`;
}

export const ANSWER_ID = 'answer';

/** All verdicts in words, each with the way to its figures; null where there is but one, which stands there itself. */
export function verdictList({ answer, groups }: ReportView): Markup | null {
  if (groups.length + (answer === null ? 0 : 1) < 2) return null;
  const items = groups.map(({ title, headline, validity }, at) =>
    verdictItem(groupId(at), title, headline, stateMark(validity)),
  );
  const first = answer === null ? [] : [verdictItem(ANSWER_ID, answer.title, answer.headline, null)];
  return verdictNav('Verdicts', [...first, ...items]);
}

export function verdictNav(name: string, items: readonly Markup[]): Markup {
  return element('nav', { 'aria-label': name }, element('ul', { class: 'verdicts' }, items));
}

export function verdictItem(id: string, title: string, headline: string, state: Markup | null): Markup {
  return element(
    'li',
    {},
    element('a', { href: `#${id}` }, titleText(title)),
    element('span', {}, sentence(headline)),
    state,
  );
}
