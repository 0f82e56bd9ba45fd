import { make } from '../dom.js';
import { placeTip } from './place-tip.js';

const ID = 'tip';
/** So long the pointer may be on its way from what is explained to the words. */
const LEAVE_MS = 150;

interface Shown {
  /** What has the focus, or is pointed at: the words describe it. */
  readonly owner: Element;
  /** What they explain, and do not cover. */
  readonly about: Element;
  /** Whether the pointer goes through the words to what is below them; default: it may rest on them. */
  readonly isPassable?: boolean;
}

/** The one small box of words of the page, beside what it explains. */
export class Tooltip {
  readonly #box: HTMLElement;
  #shown: Shown | null = null;
  /** What described the owner before. */
  #before: string | null = null;
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Document) {
    this.#box = make(page, 'div', { id: ID, class: 'tip', role: 'tooltip' });
    this.#box.hidden = true;
    page.body.append(this.#box);
    // Words may be read with the pointer on them, as long as one likes.
    this.#box.addEventListener('pointerenter', () => clearTimeout(this.#leaving));
    this.#box.addEventListener('pointerleave', () => this.leave());
    page.addEventListener('scroll', () => this.#place(), { capture: true, passive: true });
    page.defaultView?.addEventListener('resize', () => this.#place());
    page.defaultView?.addEventListener('beforeprint', () => this.hide());
    // Before anybody else: the first Escape closes the words, and nothing more.
    page.addEventListener('keydown', event => this.#close(event), { capture: true });
  }

  show(words: string, shown: Shown): void {
    clearTimeout(this.#leaving);
    const { owner, isPassable = false } = shown;
    if (!this.isOf(owner)) {
      this.#forget();
      this.#before = owner.getAttribute('aria-describedby');
      owner.setAttribute('aria-describedby', ID);
    }
    this.#shown = shown;
    this.#box.textContent = words;
    this.#box.classList.toggle('passable', isPassable);
    this.#box.hidden = false;
    this.#place();
  }

  /** Soon, unless the pointer comes to the words. */
  leave(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.hide(), LEAVE_MS);
  }

  hide(): void {
    clearTimeout(this.#leaving);
    this.#forget();
    this.#box.hidden = true;
  }

  /** Whether these are what is shown now. */
  isOf(owner: Element): boolean {
    return this.#shown?.owner === owner;
  }

  #forget(): void {
    const owner = this.#shown?.owner;
    if (this.#before === null) owner?.removeAttribute('aria-describedby');
    else owner?.setAttribute('aria-describedby', this.#before);
    this.#shown = null;
  }

  #close(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.#shown === null) return;
    event.stopPropagation();
    this.hide();
  }

  #place(): void {
    if (this.#shown === null) return;
    const { clientWidth, clientHeight } = this.#box.ownerDocument.documentElement;
    const size = { width: this.#box.offsetWidth, height: this.#box.offsetHeight };
    const about = this.#shown.about.getBoundingClientRect();
    const { x, y } = placeTip(about, size, { width: clientWidth, height: clientHeight });
    this.#box.style.left = `${x}px`;
    this.#box.style.top = `${y}px`;
  }
}
