import { make } from '../dom.js';
import { HINT } from './words.js';

/** What a script puts in the place of the static picture. */
export interface Stage {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly tip: HTMLElement;
  /** Read out when it changes. */
  readonly live: HTMLElement;
  /** Which part of the time is shown. */
  readonly range: HTMLElement;
  readonly buttons: {
    readonly closer: HTMLButtonElement;
    readonly further: HTMLButtonElement;
    readonly all: HTMLButtonElement;
    /** Shown where rows can be higher. */
    readonly taller: HTMLButtonElement;
    readonly lower: HTMLButtonElement;
    /** Shown where some are short beside the longest. */
    readonly first: HTMLButtonElement;
  };
}

/** Before the picture, which is hidden on screens from now on, and printed all the same. */
export function setStage(figure: Element, picture: Element, id: string): Stage {
  const page = figure.ownerDocument;
  const button = (text: string, label: string) =>
    make(page, 'button', { type: 'button', 'aria-label': label }, text);
  const buttons = {
    closer: button('+', 'Zoom in'),
    further: button('−', 'Zoom out'),
    all: button('All', 'Show all of the time'),
    taller: button('Rows +', 'Taller rows'),
    lower: button('Rows −', 'Lower rows'),
    first: button('First', 'Show the first part'),
  };
  buttons.first.hidden = true;
  const range = make(page, 'span', { class: 'range' });
  const hint = make(page, 'p', { class: 'hint', id: `${id}-hint` }, HINT);
  const tools = make(
    page,
    'div',
    { class: 'tools' },
    buttons.closer,
    buttons.further,
    buttons.all,
    buttons.taller,
    buttons.lower,
    buttons.first,
    range,
  );
  const canvas = make(page, 'canvas', {
    tabindex: '0',
    role: 'application',
    'aria-roledescription': 'timeline',
    'aria-describedby': hint.id,
  });
  const tip = make(page, 'div', { class: 'task-tip', hidden: '', 'aria-hidden': 'true' });
  const live = make(page, 'p', { class: 'hidden', role: 'status' });
  const root = make(page, 'div', { class: 'stage' }, canvas, tip, live);
  picture.before(tools, root, hint);
  return { root, canvas, tip, live, range, buttons };
}

/** Beside the pointer, and within the stage. */
export function placeTip({ tip, root }: Stage, lines: readonly string[], x: number, y: number): void {
  tip.textContent = lines.join('\n');
  tip.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = x + 14 + width <= root.clientWidth ? x + 14 : Math.max(0, x - 14 - width);
  const top = y + 14 + height <= root.clientHeight ? y + 14 : Math.max(0, y - 14 - height);
  tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
