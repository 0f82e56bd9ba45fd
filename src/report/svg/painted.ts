import type { Markup } from '../html/markup.js';
import { paintsOf, type Theme } from './paints.js';

/** A start tag as `element` writes it: text and values have no brackets and no quotes, so nothing else looks like one. */
const TAG = /<([a-zA-Z]+)((?: [\w:-]+="[^"]*")*)(\/?)>/g;
const ATTRIBUTE = / ([\w:-]+)="([^"]*)"/g;

/** Drawn for the page, and for a file that has no style sheet: presentation attributes in the place of classes. */
export function painted({ markup }: Markup, theme: Theme): Markup {
  const paints = paintsOf(theme);
  const paintedTag = (tag: string, name: string, written: string, end: string) => {
    const { class: classes, ...own } = Object.fromEntries(
      [...written.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, value!]),
    );
    if (classes === undefined) return tag;
    const paint = classes.split(' ').flatMap(one => Object.entries(paints.get(one) ?? {}));
    const all = { ...own, ...Object.fromEntries(paint) };
    const pairs = Object.entries(all).map(([key, value]) => ` ${key}="${value}"`);
    return `<${name}${pairs.join('')}${end}>`;
  };
  return { markup: markup.replace(TAG, paintedTag) };
}
