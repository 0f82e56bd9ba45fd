import stringWidth from 'fast-string-width';

/** Columns of a terminal that the text takes; escape sequences take none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts plain text to a width, with an ellipsis where something went. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${takeColumns(text, width - 1)}…`;
}

/** Cuts it in its middle: names that begin alike often differ in their ends. */
export function truncateMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const end = takeLastColumns(text, Math.floor((width - 1) / 2));
  return `${takeColumns(text, width - 1 - widthOf(end))}…${end}`;
}

function takeLastColumns(text: string, width: number): string {
  let taken = '';
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    if (widthOf(segment + taken) > width) break;
    taken = segment + taken;
  }
  return taken;
}

function takeColumns(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

/** A space that may end a line: not one before a unit or a bracket, nor one within brackets. */
const BREAKABLE = / +(?!%|\[|(?:µs|ms|s|min|h|B|kB|MB|GB)(?![\p{L}\d])|[^[\]]*\])/u;

/** Plain text in lines of at most `width` columns; a word that is wider by itself is cut into pieces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(BREAKABLE)) {
    let word = part;
    if (line !== '' && widthOf(line) + 1 + widthOf(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (widthOf(word) > width) {
      // A character wider than the line itself is taken all the same, or this would never end.
      const piece = takeColumns(word, width) || [...word][0]!;
      lines.push(piece);
      word = word.slice(piece.length);
    }
    line = word;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** Wrapped, the first line after `lead`, the others indented as far. */
export function wrapAfter(lead: string, text: string, width: number): string[] {
  const indent = widthOf(lead);
  return wrap(text, width - indent).map((line, at) => (at === 0 ? lead : ' '.repeat(indent)) + line);
}

/** Control characters, line separators, lone surrogates, and invisible ones that reorder, join or hide text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Control characters become their pictures (`␛`), other unsafe ones `�`: distinct names stay distinct, mostly. */
export function harmless(text: string): string {
  return text.replace(UNSAFE, character => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : '�';
  });
}

/** The one place where foreign text is made safe to print: every string of the data, keys too. */
export function harmlessData<T>(data: T): T {
  return cleaned(data) as T;
}

function cleaned(data: unknown): unknown {
  if (typeof data === 'string') return harmless(data);
  if (Array.isArray(data)) return data.map(cleaned);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [harmless(key), cleaned(value)]));
}
