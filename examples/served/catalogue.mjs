/** What tasks need is made once a run, and removed after it: `npm run bench -- ./examples/served/catalogue.mjs`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Once, before anything is measured. What it returns is plain data, for every worker. */
export async function setup() {
  const folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  const articles = Array.from({ length: 2_000 }, (_, id) => ({ id, price: (id * 37) % 100 }));
  await writeFile(join(folder, 'articles.json'), JSON.stringify(articles));
  return { folder };
}

/** Once, when all is measured, after Ctrl-C too. */
export async function teardown({ folder }) {
  await rm(folder, { recursive: true });
}

/** Without an `open`, a task gets what `setup` returned. */
export async function task(index, { folder }) {
  const articles = JSON.parse(await readFile(join(folder, 'articles.json'), 'utf8'));
  return articles.filter(({ price }) => price > index % 100).length;
}
