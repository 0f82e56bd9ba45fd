import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { throwSite } from '../src/throw-site.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tvl-site-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a user's module throws, from its third line. */
async function thrownBy(name: string): Promise<unknown> {
  const file = join(folder, name);
  await writeFile(
    file,
    `export function fail() {\n  const nothing = undefined;\n  return nothing.length;\n}\n`,
  );
  const { fail } = (await import(pathToFileURL(file).href)) as { fail(): void };
  try {
    return fail();
  } catch (error) {
    return error;
  }
}

describe('where a task threw', () => {
  it.each(['render.mjs', 'with (brackets) and spaces.mjs'])('is the file and the line: %s', async name => {
    expect(throwSite(await thrownBy(name))).toMatch(new RegExp(`${name.replaceAll(/[()]/g, '\\$&')}:3\\)$`));
  });

  it('is empty where nobody knows, whatever was thrown', () => {
    const odd = Object.assign(new Error('x'), { stack: 12 });
    for (const thrown of ['text', null, undefined, {}, odd]) expect(throwSite(thrown)).toBe('');
  });

  it('is none of Node, of packages, or of this program', () => {
    const error = new Error('x');
    error.stack = [
      'Error: x',
      '    at node:internal/process/task_queues:95:5',
      '    at run (file:///app/node_modules/pool/index.js:10:3)',
    ].join('\n');
    expect(throwSite(error)).toBe('');
    // This file is one of its own.
    expect(throwSite(new Error('here'))).toBe('');
  });
});
