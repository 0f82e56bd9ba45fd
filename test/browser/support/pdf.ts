import { inflateSync } from 'node:zlib';

/** What is in a PDF that Chromium has made: enough of the format for that, and no more. */
export interface PrintedPages {
  readonly pages: number;
  /** All that is written in it, without spaces: lines are broken anywhere. */
  readonly text: string;
}

export function readPdf(bytes: Uint8Array): PrintedPages {
  // A byte is a character, so that places in the text are places in the file.
  const file = Buffer.from(bytes).toString('latin1');
  const objects = new Map(
    [...file.matchAll(/(?<=^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]),
  );
  const pages = [...objects.values()].filter(body => /\/Type ?\/Page\b/.test(body));
  const fonts = new Map([...objects].map(([id, body]) => [id, lettersOf(body, objects)]));
  const text = pages.map(page => textOf(page, objects, fonts)).join('');
  return { pages: pages.length, text: compact(text) };
}

/** As texts are compared: letters that are joined to one are single ones again. */
export function compact(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

type Objects = ReadonlyMap<string, string>;
/** Text by the number of a glyph. */
type Letters = ReadonlyMap<number, string>;

function textOf(page: string, objects: Objects, fonts: ReadonlyMap<string, Letters>): string {
  const resources = dictionary(page, 'Resources', objects);
  const named = new Map(
    [...dictionary(resources, 'Font', objects).matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name, id]) => [
      name!,
      fonts.get(id!) ?? new Map<number, string>(),
    ]),
  );
  const [, id] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
  let letters: Letters = new Map();
  let text = '';
  for (const [, font, hex] of contentsOf(objects.get(id!) ?? '').matchAll(
    /\/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>(?=[^<]*?T[jJ])/g,
  )) {
    if (font !== undefined) letters = named.get(font) ?? new Map();
    else
      text += glyphs(hex!)
        .map(glyph => letters.get(glyph) ?? '')
        .join('');
  }
  return text;
}

/** In place, or as an object of its own. */
function dictionary(body: string, key: string, objects: Objects): string {
  const [, id] = new RegExp(`/${key} (\\d+) 0 R`).exec(body) ?? [];
  if (id !== undefined) return objects.get(id) ?? '';
  const from = body.search(new RegExp(`/${key} ?<<`));
  return from < 0 ? '' : body.slice(from);
}

function lettersOf(font: string, objects: Objects): Letters {
  const [, id] = /\/ToUnicode (\d+) 0 R/.exec(font) ?? [];
  const map = id === undefined ? '' : contentsOf(objects.get(id) ?? '');
  const letters = new Map<number, string>();
  for (const [, block] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, glyph, unicode] of block!.matchAll(/<(\w+)> <(\w+)>/g))
      letters.set(Number.parseInt(glyph!, 16), letter(unicode!));
  for (const [, block] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, from, to, unicode] of block!.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const [first, last] = [Number.parseInt(from!, 16), Number.parseInt(to!, 16)];
      const start = Number.parseInt(unicode!, 16);
      for (let glyph = first; glyph <= last; glyph++)
        letters.set(glyph, String.fromCodePoint(start + glyph - first));
    }
  return letters;
}

function glyphs(hex: string): number[] {
  return (hex.match(/.{4}/g) ?? []).map(four => Number.parseInt(four, 16));
}

/** UTF-16; several of them are a ligature. */
function letter(hex: string): string {
  return String.fromCharCode(...glyphs(hex));
}

function contentsOf(body: string): string {
  const [, stream] = /stream\n([\s\S]*?)\n?endstream/.exec(body) ?? [];
  if (stream === undefined) return '';
  if (!body.includes('/FlateDecode')) return stream;
  return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
}
