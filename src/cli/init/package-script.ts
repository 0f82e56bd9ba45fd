import { isPlainObject } from '../../plain-object.js';

/** A string, a mark, or anything else that JSON has. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/** An object in a text of JSON. */
interface Place {
  /** Behind its `{`. */
  readonly from: number;
  /** Behind its last value; `from` where it is empty. */
  readonly lastEnd: number;
  /** Before its `}`. */
  readonly to: number;
}

/** Of a package.json; undefined: there is none of that name. */
export function scriptOf(manifest: Readonly<Record<string, unknown>>, name: string): unknown {
  const { scripts } = manifest;
  return isPlainObject(scripts) ? scripts[name] : undefined;
}

/**
 * A package.json with one script more, behind the others. Only that is inserted: all else stays as it was written,
 * to the last space.
 *
 * @param text of JSON, an object whose `scripts`, if it has any, are one too
 */
export function withScript(text: string, name: string, command: string): string {
  const member = `${JSON.stringify(name)}: ${JSON.stringify(command)}`;
  const scripts = placeOf(text, 'scripts');
  if (scripts !== null) return insert(text, scripts, member, 2);
  const { line, indent } = styleOf(text);
  const isOneLine = !text.trim().includes('\n');
  const inner = isOneLine ? ` ${member} ` : `${line}${indent.repeat(2)}${member}${line}${indent}`;
  return insert(text, placeOf(text, null)!, `"scripts": {${inner}}`, 1);
}

function insert(text: string, { from, lastEnd, to }: Place, member: string, depth: number): string {
  const { line, indent } = styleOf(text);
  const isEmpty = lastEnd === from;
  const isOneLine = isEmpty ? !text.trim().includes('\n') : !text.slice(from, lastEnd).includes('\n');
  if (isEmpty) {
    const inner = isOneLine
      ? ` ${member} `
      : `${line}${indent.repeat(depth)}${member}${line}${indent.repeat(depth - 1)}`;
    return text.slice(0, from) + inner + text.slice(to);
  }
  const before = isOneLine ? ' ' : line + indent.repeat(depth);
  return `${text.slice(0, lastEnd)},${before}${member}${text.slice(lastEnd)}`;
}

function styleOf(text: string): { readonly line: string; readonly indent: string } {
  return { line: text.includes('\r\n') ? '\r\n' : '\n', indent: /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ' };
}

/** @param key of the outermost object; null: that object itself */
function placeOf(text: string, key: string | null): Place | null {
  const wanted = key === null ? 1 : 2;
  let depth = 0;
  let member = '';
  let last = '';
  let lastEnd = 0;
  let from = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes && depth === wanted && from > 0) return { from, lastEnd, to: index };
    if (token === ':' && depth === 1) member = JSON.parse(last);
    if (token === '{' || token === '[') depth++;
    if (closes) depth--;
    last = token;
    lastEnd = index + token.length;
    if (token === '{' && depth === wanted && from === 0 && (key === null || member === key)) from = lastEnd;
  }
  return null;
}
