import { make } from '../../page/dom.js';
import type { UiCatalogue, UiPreset } from '../protocol.js';
import { button, partOf, symbolOf } from './parts.js';
import {
  type Choice,
  choiceOf,
  numberOf,
  SLIDERS,
  type SliderName,
  withExecutor,
  withNumber,
} from './plan.js';

const SLIDER_WORDS: Readonly<Record<SliderName, { readonly label: string; readonly unit: string }>> = {
  waitMs: { label: 'Waiting for an answer, per task', unit: 'ms' },
  computeMs: { label: 'Computing, per task', unit: 'ms' },
  tasks: { label: 'Tasks', unit: '' },
  inFlight: { label: 'In flight: started and not finished, at most', unit: 'tasks' },
  threads: { label: 'Worker threads', unit: '' },
};

const GROUPS: readonly (readonly [UiPreset['group'], string])[] = [
  ['own', 'Your own'],
  ['default', 'Three kinds of task'],
  ['article', 'Five stories from articles'],
];

/** Where the visitor says what is to race. */
export class ChoosePart {
  readonly element: HTMLElement;
  readonly #page: Document;
  readonly #catalogue: UiCatalogue;
  readonly #changed: (choice: Choice) => void;
  readonly #cards = new Map<string, HTMLButtonElement>();
  readonly #sliders = new Map<
    SliderName,
    { readonly box: HTMLElement; readonly inputs: readonly HTMLInputElement[] }
  >();
  readonly #boxes = new Map<string, HTMLInputElement>();
  #choice: Choice;

  constructor(page: Document, catalogue: UiCatalogue, changed: (choice: Choice) => void) {
    this.#page = page;
    this.#catalogue = catalogue;
    this.#changed = changed;
    this.#choice = choiceOf(catalogue.presets[0]!);
    this.element = partOf(page, 'choose', '1. Choose what they have to do');
    this.#addPresets();
    this.element.append(this.#slidersField(), this.#executorsField());
    this.#show();
  }

  get choice(): Choice {
    return this.#choice;
  }

  choose(choice: Choice): void {
    this.#choice = choice;
    this.#show();
    this.#changed(choice);
  }

  #addPresets(): void {
    const { presets } = this.#catalogue;
    for (const [group, title] of GROUPS) {
      const own = presets.filter(preset => preset.group === group);
      if (own.length === 0) continue;
      const cards = make(this.#page, 'div', { class: 'cards', role: 'group', 'aria-label': title });
      for (const preset of own) cards.append(this.#card(preset));
      this.element.append(make(this.#page, 'p', { class: 'group' }, title), cards);
    }
  }

  #card(preset: UiPreset): HTMLElement {
    const card = button(this.#page, '', () => this.choose(choiceOf(preset)), { class: 'card' });
    card.append(make(this.#page, 'b', {}, preset.title), make(this.#page, 'span', {}, preset.summary));
    this.#cards.set(preset.name, card);
    return card;
  }

  #slidersField(): HTMLElement {
    const grid = make(this.#page, 'div', { class: 'sliders' });
    for (const name of SLIDERS) grid.append(this.#slider(name));
    return make(this.#page, 'fieldset', {}, make(this.#page, 'legend', {}, 'Change the task'), grid);
  }

  #slider(name: SliderName): HTMLElement {
    const { label, unit } = SLIDER_WORDS[name];
    const { from, to, step } = this.#catalogue.ranges[name];
    const limits = { min: String(from), max: String(to), step: String(step) };
    const id = `choose-${name}`;
    const text = make(this.#page, 'label', { for: id }, label);
    const number = make(this.#page, 'input', { type: 'number', id, inputmode: 'decimal', ...limits });
    const range = make(this.#page, 'input', {
      type: 'range',
      'aria-label': unit === '' ? label : `${label}, ${unit}`,
      ...limits,
    });
    const set = (input: HTMLInputElement) =>
      this.choose(withNumber(this.#choice, name, input.valueAsNumber, this.#catalogue.ranges[name]));
    range.addEventListener('input', () => set(range));
    number.addEventListener('change', () => set(number));
    const box = make(
      this.#page,
      'div',
      { class: 'slider' },
      text,
      make(this.#page, 'span', { class: 'unit' }, number, ` ${unit}`),
      range,
    );
    this.#sliders.set(name, { box, inputs: [range, number] });
    return box;
  }

  #executorsField(): HTMLElement {
    const list = make(this.#page, 'div', { class: 'choices' });
    for (const executor of this.#catalogue.executors) {
      const box = make(this.#page, 'input', { type: 'checkbox', value: executor.name });
      box.addEventListener('change', () =>
        this.choose(withExecutor(this.#choice, executor.name, box.checked, this.#catalogue)),
      );
      this.#boxes.set(executor.name, box);
      list.append(
        make(
          this.#page,
          'label',
          { class: 'choice', 'data-tip': executor.summary },
          box,
          symbolOf(this.#page, executor),
          executor.name,
        ),
      );
    }
    const legend = make(this.#page, 'legend', {}, 'Who races');
    return make(this.#page, 'fieldset', {}, legend, list);
  }

  #show(): void {
    for (const [name, card] of this.#cards)
      card.setAttribute('aria-pressed', String(name === this.#choice.preset.name));
    for (const [name, { box, inputs }] of this.#sliders) {
      const value = numberOf(this.#choice, name);
      box.hidden = value === null;
      if (value !== null) for (const input of inputs) input.value = String(value);
    }
    for (const [name, box] of this.#boxes) box.checked = this.#choice.executors.includes(name);
  }
}
