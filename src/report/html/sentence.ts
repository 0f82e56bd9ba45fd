import { type Content, element } from './markup.js';

/** `[0.97, 1.01]`, or any other words of that length in brackets. */
const INTERVAL = /(\[[^[\]]{1,24}\])/;

/** A sentence in which no line ends within an interval. */
export function sentence(text: string): Content {
  return text
    .split(INTERVAL)
    .map((part, at) => (at % 2 === 0 ? part : element('span', { class: 'interval' }, part)));
}
