import { type Content, element } from './markup.js';

/** `[0.97, 1.01]`, `--budget`, `1.8 s`, and names in backticks. */
const WHOLE = /(`[^`]+`|\[[^[\]]{1,24}\]|--[\w-]{1,30}|\d[\d.,]* (?:%|(?:µs|ms|s|min|h|B|kB|MB|GB)(?!\w)))/;

/**
 * A sentence in which no line ends within an interval, a flag, or between a number and its unit; a name in backticks is
 * `code`.
 */
export function sentence(text: string): Content {
  return text.split(WHOLE).map((part, at) => (at % 2 === 0 ? part : wholeOf(part)));
}

function wholeOf(part: string): Content {
  return part.startsWith('`')
    ? element('code', {}, part.slice(1, -1))
    : element('span', { class: 'whole' }, part);
}
