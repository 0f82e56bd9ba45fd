import { make } from '../../../page/dom.js';
import { duration, moment } from '../../../report/format.js';
import { button } from '../parts.js';
import {
  finished,
  narrowed,
  type ReplayClock,
  SPEEDS,
  sought,
  stepped,
  toggled,
  withSpeed,
} from './clock.js';

/** The scrub bar has so many places. */
const PLACES = 1_000;

/** What a replay is played, paused, stepped and sought by. */
export class Controls {
  readonly element: HTMLElement;
  readonly #play: HTMLButtonElement;
  readonly #scrub: HTMLInputElement;
  readonly #speed: HTMLSelectElement;
  readonly #part: HTMLSelectElement;
  readonly #at: HTMLElement;
  #pressed: boolean | null = null;

  constructor(
    page: Document,
    { spansMs }: { readonly spansMs: readonly number[] },
    change: (next: (clock: ReplayClock) => ReplayClock) => void,
  ) {
    this.#play = button(page, 'Play', () => change(toggled), { class: 'play' });
    this.#scrub = make(page, 'input', {
      type: 'range',
      class: 'scrub',
      min: '0',
      max: String(PLACES),
      step: '1',
      value: '0',
      'aria-label': 'Time of the replay',
    });
    this.#scrub.addEventListener('input', () =>
      change(clock => sought(clock, (this.#scrub.valueAsNumber / PLACES) * clock.endMs)),
    );
    this.#speed = make(page, 'select', { 'aria-label': 'Speed of the replay' });
    for (const speed of SPEEDS)
      this.#speed.append(make(page, 'option', { value: String(speed) }, `${speed}×`));
    this.#speed.addEventListener('change', () =>
      change(clock => withSpeed(clock, Number(this.#speed.value))),
    );
    this.#part = partsOf(page, spansMs, endMs => change(clock => narrowed(clock, endMs)));
    this.#at = make(page, 'span', { class: 'at' });
    const step = (text: string, label: string, share: number) =>
      button(page, text, () => change(clock => stepped(clock, share)), { 'aria-label': label });
    this.element = make(
      page,
      'div',
      { class: 'replay', role: 'group', 'aria-label': 'Replay' },
      this.#play,
      step('‹', 'A step back', -0.005),
      step('›', 'A step on', 0.005),
      this.#speed,
      this.#scrub,
      this.#at,
      button(page, 'End', () => change(finished)),
    );
    if (spansMs.length > 1) this.element.append(this.#part);
  }

  show({ atMs, endMs, speed, isPlaying }: ReplayClock): void {
    if (this.#pressed !== isPlaying) {
      this.#pressed = isPlaying;
      this.#play.textContent = isPlaying ? 'Pause' : 'Play';
    }
    this.#scrub.value = String(Math.round((PLACES * atMs) / endMs));
    const words =
      atMs > 0 && atMs < endMs ? moment(Number(atMs.toPrecision(3))) : moment(Number(atMs.toPrecision(4)));
    this.#scrub.setAttribute('aria-valuetext', words);
    this.#speed.value = String(speed);
    this.#part.value = String(endMs);
    this.#at.textContent = words;
  }
}

/** Who is fast has its race in what is a pixel beside the slowest. */
function partsOf(
  page: Document,
  [wholeMs, ...shortMs]: readonly number[],
  showUntil: (ms: number) => void,
): HTMLSelectElement {
  const select = make(
    page,
    'select',
    { 'aria-label': 'Which part of the time' },
    make(page, 'option', { value: String(wholeMs) }, `all ${duration(wholeMs!)}`),
  );
  for (const ms of shortMs)
    select.append(make(page, 'option', { value: String(1.05 * ms) }, `the first ${duration(ms)}`));
  select.addEventListener('change', () => showUntil(Number(select.value)));
  return select;
}
