import { make } from '../../page/dom.js';
import type { SavedRun } from '../protocol.js';
import { button, partOf, sentence } from './parts.js';

const LATER =
  'Reading saved runs would disturb the run that is under way: they are listed, and open, when it is over.';

/** What was measured before. */
export class GalleryPart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #note: HTMLElement;
  readonly #list: HTMLElement;
  readonly #open: (name: string) => void;
  #isShown = false;

  constructor(page: Document, open: (name: string) => void) {
    this.#page = page;
    this.#open = open;
    this.element = partOf(page, 'gallery', 'Saved measurements');
    this.#note = make(page, 'p', { class: 'quiet' });
    this.#note.hidden = true;
    this.#list = make(page, 'div');
    this.element.append(this.#note, this.#list);
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Until a run is over; what there was to see stays. */
  putOff(): void {
    this.say(LATER);
  }

  /** Why there is no newer list. */
  say(words: string): void {
    this.#note.textContent = words;
    this.#note.hidden = false;
  }

  show(runs: readonly SavedRun[]): void {
    const page = this.#page;
    this.#isShown = true;
    this.#note.hidden = true;
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
