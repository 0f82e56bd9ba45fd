import { draw, make } from '../../page/dom.js';
import { quotedParts } from '../../report/words/labels.js';
import type { UiExecutor } from '../protocol.js';

/** A part of the page with a heading; what it is called is also how it is found. */
export function partOf(page: Document, id: string, title: string): HTMLElement {
  const heading = make(page, 'h2', { id: `${id}-title`, tabindex: '-1' }, title);
  return make(page, 'section', { id, class: 'part', 'aria-labelledby': heading.id }, heading);
}

export function button(
  page: Document,
  text: string,
  pressed: () => void,
  more: Readonly<Record<string, string>> = {},
) {
  const made = make(page, 'button', { type: 'button', ...more }, text);
  made.addEventListener('click', pressed);
  return made;
}

/** How an executor looks: its colour and its symbol. */
export type Look = Pick<UiExecutor, 'tone' | 'symbol'>;

const NOBODY: Look = { tone: 'tone-none', symbol: 'M4 0A4 4 0 1 1-4 0A4 4 0 1 1 4 0Z' };

export function lookIn(executors: readonly UiExecutor[], name: string): Look {
  return executors.find(one => one.name === name) ?? NOBODY;
}

export function symbolOf(page: Document, { tone, symbol }: Look): SVGSVGElement {
  const svg = draw(page, 'svg', {
    class: tone,
    width: 14,
    height: 14,
    viewBox: '-7 -7 14 14',
    'aria-hidden': 'true',
  });
  svg.append(draw(page, 'path', { d: symbol, fill: 'currentColor' }));
  return svg;
}

export function named(page: Document, label: string, look: Look): HTMLElement {
  return make(page, 'span', { class: 'named' }, symbolOf(page, look), label);
}

/** A command to be taken along. */
export function commandBox(page: Document, command: string): HTMLElement {
  const said = make(page, 'span', { class: 'quiet', role: 'status' });
  const copy = button(page, 'Copy', () => {
    navigator.clipboard.writeText(command).then(
      () => {
        said.textContent = 'copied';
      },
      () => {
        // Where nobody may write to the clipboard, it is marked for the visitor's own keys.
        getSelection()?.selectAllChildren(text);
        said.textContent = 'press Ctrl+C';
      },
    );
  });
  copy.setAttribute('aria-label', 'Copy the command');
  const text = make(page, 'pre', { tabindex: '0' }, command);
  return make(page, 'div', { class: 'copy' }, text, copy, said);
}

/** A table whose first column names its rows. */
export function tableOf(
  page: Document,
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
): HTMLElement {
  const head = make(page, 'tr');
  for (const [at, text] of headings.entries())
    head.append(make(page, 'th', { scope: 'col', ...(at > 0 && { class: 'number' }) }, text));
  const body = make(page, 'tbody');
  for (const [first, ...others] of rows) {
    const row = make(page, 'tr', {}, make(page, 'th', { scope: 'row' }, first ?? ''));
    for (const cell of others) row.append(make(page, 'td', { class: 'number' }, cell));
    body.append(row);
  }
  const table = make(
    page,
    'table',
    {},
    make(page, 'caption', {}, caption),
    make(page, 'thead', {}, head),
    body,
  );
  return make(page, 'div', { class: 'table', role: 'region', tabindex: '0', 'aria-label': caption }, table);
}

/** Words in backticks are code, as in reports. */
export function sentence(page: Document, text: string): DocumentFragment {
  const made = page.createDocumentFragment();
  for (const part of quotedParts(text))
    made.append(part.isName ? make(page, 'code', {}, part.text) : part.text);
  return made;
}
