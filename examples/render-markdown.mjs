/**
 * Renders this project's documents, one after the other: how many threads does a service want that does that?
 *
 *     npm run threads-vs-loop -- tune ./examples/render-markdown.mjs
 *
 * Needs the package marked (npm install marked), which a clone has.
 */
import { readFileSync } from 'node:fs';
import { marked } from 'marked';

const texts = ['README.md', 'docs/methodology.md', 'docs/articles.md', 'docs/results.md'].map(name =>
  readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'),
);

/** @returns the length of the page: a service would send it */
export async function task(index) {
  return marked.parse(texts[index % texts.length]).length;
}
