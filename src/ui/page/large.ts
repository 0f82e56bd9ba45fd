import { make } from '../../page/dom.js';

const KEY = 'threads-vs-loop-large';

/** For a projector: all type is larger. @param changed what is drawn has to be drawn anew */
export function enhanceType(page: Document, changed: () => void): void {
  const button = make(page, 'button', { type: 'button' }, 'Large type');
  const show = (isLarge: boolean) => {
    page.documentElement.classList.toggle('large', isLarge);
    button.setAttribute('aria-pressed', String(isLarge));
  };
  button.addEventListener('click', () => {
    const isLarge = !page.documentElement.classList.contains('large');
    show(isLarge);
    try {
      localStorage.setItem(KEY, String(isLarge));
    } catch {
      // Storage is refused: it holds for this view.
    }
    changed();
  });
  show(kept());
  page.querySelector('header')?.append(button);
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEY) === 'true';
  } catch {
    return false;
  }
}

/** How large type is, as a factor: for what is drawn on a canvas. */
export function unitOf(page: Document): number {
  return Number.parseFloat(getComputedStyle(page.documentElement).fontSize) / 16;
}
