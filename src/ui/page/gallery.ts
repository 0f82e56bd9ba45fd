import { make } from '../../page/dom.js';
import type { SavedRun } from '../protocol.js';
import { button, partOf, sentence } from './parts.js';

/** What was measured before. */
export class GalleryPart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #list: HTMLElement;
  readonly #open: (name: string) => void;

  constructor(page: Document, open: (name: string) => void) {
    this.#page = page;
    this.#open = open;
    this.element = partOf(page, 'gallery', 'Saved measurements');
    this.#list = make(page, 'div');
    this.element.append(this.#list);
  }

  show(runs: readonly SavedRun[]): void {
    const page = this.#page;
    if (runs.length === 0) {
      this.#list.replaceChildren(
        make(page, 'p', { class: 'quiet' }, 'None yet. What you measure is kept here, with its report.'),
      );
      return;
    }
    const list = make(page, 'ul', { class: 'runs' });
    for (const { name, title, startedAt, headlines } of runs) {
      const when = new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
      list.append(
        make(
          page,
          'li',
          {},
          make(page, 'b', {}, title),
          make(page, 'p', { class: 'quiet' }, when),
          ...headlines.slice(0, 3).map(line => make(page, 'p', {}, sentence(page, line))),
          button(page, 'Open', () => this.#open(name), {
            'aria-label': `Open the report of ${title}, ${when}`,
          }),
        ),
      );
    }
    this.#list.replaceChildren(list);
  }
}
