import { make } from '../../page/dom.js';
import type { UiExecutor } from '../protocol.js';
import { lookIn, partOf, symbolOf } from './parts.js';
import type { Choice } from './plan.js';
import type { Tip } from './tip.js';

const RATIOS: readonly (readonly [value: string, text: string])[] = [
  ['', 'I do not know'],
  ['1.1', 'hardly any: 1.1×'],
  ['1.5', '1.5×'],
  ['2', '2×'],
  ['4', '4×'],
  ['8', '8×'],
  ['16', '16×'],
  ['50', '50×'],
  ['200', '200×'],
];

/** Who has said what will come sees more in what comes. */
export class PredictPart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #executors: readonly UiExecutor[];
  readonly #list: HTMLElement;
  readonly #ratio: HTMLSelectElement;
  #names: readonly string[] = [];
  #winner: string | null = null;

  constructor(page: Document, executors: readonly UiExecutor[]) {
    this.#page = page;
    this.#executors = executors;
    this.element = partOf(page, 'predict', '2. Predict: who will win?');
    this.#list = make(page, 'div', { class: 'choices' });
    this.#ratio = make(page, 'select', { id: 'predict-ratio' });
    for (const [value, text] of RATIOS) this.#ratio.append(make(page, 'option', { value }, text));
    this.element.append(
      make(
        page,
        'p',
        { class: 'quiet' },
        'If you like: tip before the start. Nothing is shown before the race is over.',
      ),
      make(page, 'fieldset', {}, make(page, 'legend', {}, 'The winner will be'), this.#list),
      make(
        page,
        'p',
        {},
        make(page, 'label', { for: 'predict-ratio' }, 'How many times as fast as the slowest? '),
        this.#ratio,
      ),
    );
  }

  /** Null: nothing was said. */
  get tip(): Tip | null {
    if (this.#winner === null) return null;
    return { winner: this.#winner, ratio: this.#ratio.value === '' ? null : Number(this.#ratio.value) };
  }

  show({ executors }: Choice): void {
    if (executors.join() === this.#names.join()) return;
    this.#names = executors;
    if (this.#winner !== null && !executors.includes(this.#winner)) this.#winner = null;
    this.#list.replaceChildren(
      this.#radio(null, 'no tip'),
      ...executors.map(name => this.#radio(name, name)),
    );
  }

  #radio(name: string | null, text: string): HTMLElement {
    const input = make(this.#page, 'input', { type: 'radio', name: 'winner', value: name ?? '' });
    input.checked = name === this.#winner;
    input.addEventListener('change', () => {
      this.#winner = name;
    });
    const symbol = name === null ? [] : [symbolOf(this.#page, lookIn(this.#executors, name))];
    return make(this.#page, 'label', { class: 'choice' }, input, ...symbol, text);
  }
}
