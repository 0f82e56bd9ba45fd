import { quotedParts } from '../words/labels.js';
import { type Content, element } from './markup.js';

/** `[0.97, 1.01]`, `--budget`, `1.8 s`. */
const WHOLE = /(\[[^[\]]{1,24}\]|--[\w-]{1,30}|\d[\d.,]* (?:%|(?:µs|ms|s|min|h|B|kB|MB|GB)(?!\w)))/;

/**
 * A sentence in which no line ends within an interval, a flag, or between a number and its unit; a name in backticks is
 * `code`.
 */
export function sentence(text: string): Content {
  return quotedParts(text).map(part => (part.isName ? element('code', {}, part.text) : unbroken(part.text)));
}

function unbroken(text: string): Content {
  return text
    .split(WHOLE)
    .map((part, at) => (at % 2 === 0 ? part : element('span', { class: 'whole' }, part)));
}
