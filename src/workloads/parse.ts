import { findCollection } from '../origin/items.js';
import { moviePage } from '../origin/pages.js';
import { countHtml } from './html.js';
import { choice, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

/** Documents that take turns: parsing the same one again and again would be a memory of it. */
const DOCUMENTS = 8;

/** A list of comments of at least so many bytes, but for the last of them. */
function jsonOf(number: number, bytes: number): string {
  const comments = findCollection('comments')!;
  const items: string[] = [];
  for (let id = number + 1, length = 2; length < bytes || items.length === 0; id++) {
    const item = JSON.stringify(comments.item(id));
    items.push(item);
    length += item.length + 1;
  }
  return `[${items.join(',')}]`;
}

interface Documents {
  readonly texts: readonly string[];
  readonly html: boolean;
}

function parseOne({ texts, html }: Documents, index: number) {
  const text = texts[index % DOCUMENTS]!;
  if (html) return { index, ...countHtml(text) };
  const items = JSON.parse(text) as { readonly body: string }[];
  return { index, items: items.length, characters: items.reduce((sum, { body }) => sum + body.length, 0) };
}

export default defineWorkload({
  name: 'parse',
  summary: 'parses a document: computing that makes many small objects',
  kind: 'cpu',
  params: {
    format: choice(['html', 'json'], 'html: a page, as a browser parses it; json: a list, by JSON.parse'),
    bytes: wholeNumber(30_000, [100, 10_000_000], 'size of the document'),
  },
  defaults: { tasks: 100 },
  open: async ({ format, bytes }): Promise<Documents> => ({
    texts: Array.from({ length: DOCUMENTS }, (_, n) =>
      format === 'html' ? moviePage(n + 1, bytes) : jsonOf(n, bytes),
    ),
    html: format === 'html',
  }),
  task: async (documents, index) => parseOne(documents, index),
  taskSync: parseOne,
});
