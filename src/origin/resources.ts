import { findCollection, type Item } from './items.js';
import { moviePage, sitePage } from './pages.js';

export const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';
const MOVIE_BYTES = 30_000;

/** The same for every method; a POST answers 201 instead of 200. ASCII only: as many bytes as characters. */
export interface Resource {
  readonly status: 200 | 404;
  readonly contentType: string;
  readonly body: string;
}

const PADDING_BYTES = ',"padding":""'.length;

function padItem(item: Item, bytes: number): string {
  const text = JSON.stringify(item);
  if (text.length >= bytes) return text;
  const padding = 'x'.repeat(Math.max(0, bytes - text.length - PADDING_BYTES));
  return JSON.stringify({ ...item, padding });
}

/** White space at the end means nothing in JSON and HTML. */
const padEnd = (text: string, bytes: number) => text.padEnd(bytes, ' ');

const found = (contentType: string, body: string): Resource => ({ status: 200, contentType, body });
const json = (body: string) => found(JSON_TYPE, body);

const NOT_FOUND: Resource = { status: 404, contentType: JSON_TYPE, body: '{"error":"not found"}' };

/** Ten digits at most: ids stay exact. */
const PATH = /^\/([a-z]+)(?:\/([\w.-]{1,100}))?$/;
const ID = /^[1-9]\d{0,9}$/;

/**
 * What a path names; a query is ignored.
 *
 * `/comments`, `/todos`, `/posts`, `/users` (a list), each with `/:id` (an item, for any id from 1);
 * `/sites/:name`, `/movies/:id` (HTML).
 *
 * @param payloadBytes at least this long; 0: as long as it comes, movies 30,000
 */
export function resourceAt(url: string, payloadBytes: number): Resource {
  const [path] = url.split('?', 1);
  const [, kind, name] = PATH.exec(path!) ?? [];
  if (kind === undefined) return NOT_FOUND;
  const id = name !== undefined && ID.test(name) ? Number(name) : null;
  if (kind === 'sites' && name !== undefined) return found(HTML_TYPE, padEnd(sitePage(name), payloadBytes));
  if (kind === 'movies' && id !== null) return found(HTML_TYPE, moviePage(id, payloadBytes || MOVIE_BYTES));
  const collection = findCollection(kind);
  if (collection === undefined) return NOT_FOUND;
  if (id !== null) return json(padItem(collection.item(id), payloadBytes));
  if (name !== undefined) return NOT_FOUND;
  const items = Array.from({ length: collection.listed }, (_, n) => collection.item(n + 1));
  return json(padEnd(JSON.stringify(items), payloadBytes));
}
