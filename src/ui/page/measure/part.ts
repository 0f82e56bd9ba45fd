import { make } from '../../../page/dom.js';
import type { MeasureResult, UiExecutor } from '../../protocol.js';
import { button, commandBox, partOf, sentence } from '../parts.js';
import type { Measured } from '../state.js';
import { forestFigure } from './forest.js';
import { endedFunnels, funnelsOf } from './funnel.js';

const STATES: Readonly<Record<string, string>> = { VALID: 'valid', WEAK: 'weak', INVALID: 'invalid' };

/** The real thing: intervals while it runs, then what is known. */
export class MeasurePart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #executors: readonly UiExecutor[];
  readonly #open: (name: string) => void;
  readonly #body: HTMLElement;
  #measured: Measured | null = null;

  constructor(page: Document, executors: readonly UiExecutor[], open: (name: string) => void) {
    this.#page = page;
    this.#executors = executors;
    this.#open = open;
    this.element = partOf(page, 'measure', 'The measurement');
    this.#body = make(page, 'div');
    this.element.append(this.#body);
    this.element.hidden = true;
  }

  show(measured: Measured): void {
    if (measured === this.#measured) return;
    this.#measured = measured;
    this.element.hidden = false;
    this.resize();
  }

  resize(): void {
    if (this.#measured === null) return;
    const { history, result } = this.#measured;
    const page = this.#page;
    // Wide type needs room: the picture has the same size in pixels of the page as its words.
    const width = Math.max(
      320,
      Math.round(
        this.element.clientWidth / (Number.parseFloat(getComputedStyle(page.documentElement).fontSize) / 16),
      ),
    );
    const told = history.length > 0 || result === null ? funnelsOf(history) : endedFunnels(result);
    const plots = told.map(plot => forestFigure(page, plot, this.#executors, width));
    this.#body.replaceChildren(
      ...(result === null ? [] : this.#verdicts(result)),
      ...plots,
      ...(result === null ? [] : this.#saved(result)),
    );
  }

  #verdicts({ groups, interrupted }: MeasureResult): HTMLElement[] {
    const page = this.#page;
    const made: HTMLElement[] = [];
    if (interrupted)
      made.push(
        make(
          page,
          'div',
          { class: 'box banner' },
          make(page, 'p', {}, 'It was stopped: this is of what was finished.'),
        ),
      );
    for (const { title, headline, validity, why, notes } of groups) {
      const state =
        validity === null
          ? []
          : [' ', make(page, 'span', { class: `state ${STATES[validity] ?? 'quiet'}` }, validity)];
      const box = make(
        page,
        'div',
        { class: 'box verdict' },
        make(page, 'p', { class: 'group' }, title, ...state),
      );
      box.append(make(page, 'p', { class: 'big' }, sentence(page, headline)));
      if (why !== null) box.append(make(page, 'p', {}, sentence(page, why)));
      if (notes.length > 0) {
        const list = make(page, 'ul', { class: 'notes' });
        for (const note of notes) list.append(make(page, 'li', {}, sentence(page, note)));
        box.append(list);
      }
      made.push(box);
    }
    return made;
  }

  #saved({ saved, command }: MeasureResult): HTMLElement[] {
    const page = this.#page;
    const report =
      saved === null
        ? make(page, 'p', { class: 'quiet' }, 'Nothing was saved.')
        : make(
            page,
            'p',
            {},
            button(page, 'Open the whole report', () => this.#open(saved), { class: 'second' }),
          );
    return [report, make(page, 'h3', {}, 'The same in a terminal'), commandBox(page, command)];
  }
}
