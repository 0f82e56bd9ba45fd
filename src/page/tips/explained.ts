import type { Tooltip } from './tooltip.js';

/** Dotted words and codes of findings say what they mean to the pointer and to the keyboard, in the page's own words. */
export function enhanceExplanations(page: Document, tooltip: Tooltip): void {
  for (const word of page.querySelectorAll<HTMLElement>('abbr[title]')) explainWord(word);
  for (const link of page.querySelectorAll<HTMLAnchorElement>('a[href^="#finding-"]')) explainCode(link);
  const showFor = (target: EventTarget | null) => {
    const about = target instanceof Element ? explainedBy(target) : null;
    const words = about?.dataset.tip;
    if (about === null || words === undefined) return;
    tooltip.show(words, { owner: ownerOf(about), about });
  };
  const leaveFrom = (target: EventTarget | null) => {
    const about = target instanceof Element ? explainedBy(target) : null;
    if (about !== null && tooltip.isOf(ownerOf(about))) tooltip.leave();
  };
  page.addEventListener('pointerover', ({ target }) => showFor(target));
  page.addEventListener('pointerout', ({ target }) => leaveFrom(target));
  page.addEventListener('focusin', ({ target }) => {
    // A button that was pressed by the pointer has done its work: its words go with the pointer.
    const isPressed = target instanceof HTMLButtonElement && !target.matches(':focus-visible');
    if (!isPressed) showFor(target);
  });
  page.addEventListener('focusout', ({ target }) => leaveFrom(target));
}

/** The browser's own words would stand beside ours, and the keyboard never gets to them. */
function explainWord(word: HTMLElement): void {
  word.dataset.tip = word.title;
  word.removeAttribute('title');
  if (word.closest('button') === null) word.tabIndex = 0;
}

/** As it stands further below: what it means, and what to do. */
function explainCode(link: HTMLAnchorElement): void {
  const words: string[] = [];
  let next = link.ownerDocument.getElementById(link.hash.slice(1))?.nextElementSibling ?? null;
  while (next?.tagName === 'DD') {
    words.push(next.textContent ?? '');
    next = next.nextElementSibling;
  }
  if (words.length > 0) link.dataset.tip = words.join('\n');
}

/** What is pointed at, or is in what has the focus: a heading's word is in its button. */
function explainedBy(target: Element): HTMLElement | null {
  return target.closest<HTMLElement>('[data-tip]') ?? wordIn(target);
}

function wordIn(target: Element): HTMLElement | null {
  return target.tagName === 'BUTTON' ? target.querySelector<HTMLElement>('[data-tip]') : null;
}

function ownerOf(about: HTMLElement): Element {
  return about.closest('button') ?? about;
}
