import { make } from '../dom.js';

/** Of the theme that the page has now, as the style sheet says. */
export interface Colours {
  /** By block. */
  readonly tones: readonly Colour[];
  readonly text: Colour;
  readonly quiet: Colour;
  readonly paper: Colour;
  readonly failed: Colour;
  readonly font: string;
}

export interface Colour {
  readonly css: string;
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Elements with the classes of the page: what they look like is read again when the theme changes. */
export function colourReader(stage: HTMLElement, tones: readonly string[]): () => Colours {
  const page = stage.ownerDocument;
  const probe = (name: string) => {
    const element = make(page, 'span', { class: name, 'aria-hidden': 'true' });
    stage.append(element);
    return () => colourFrom(getComputedStyle(element).color);
  };
  const [toneOf, quiet, paper, failed] = [tones.map(probe), probe('quiet'), probe('paper'), probe('invalid')];
  return () => {
    const { color, fontFamily } = getComputedStyle(stage);
    return {
      tones: toneOf.map(read => read()),
      text: colourFrom(color),
      quiet: quiet(),
      paper: paper(),
      failed: failed(),
      font: fontFamily,
    };
  };
}

/** `rgb(24, 98, 171)`: computed colours of the page are written like that. */
function colourFrom(css: string): Colour {
  const [red = 0, green = 0, blue = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return { css, red, green, blue };
}

/** Calls when the theme changes: the system's, or the reader's choice. @returns what ends it */
export function onThemeChange(page: Document, changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  const choice = new MutationObserver(changed);
  choice.observe(page.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    choice.disconnect();
  };
}
