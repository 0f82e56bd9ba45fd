import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileTypeScript } from '../src/plan/compile.js';
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

  it('is in the source of what was compiled', async () => {
    const source = join(folder, 'typed.ts');
    await writeFile(
      source,
      'interface A {}\ntype B = A;\nexport const nothing: B | undefined = undefined;\n\nexport function fail(): never {\n  throw new Error("typed");\n}\n',
    );
    const artifact = compileTypeScript(source);
    const lines = (await readFile(artifact, 'utf8')).split('\n');
    const at = lines.findIndex(line => line.includes('throw new Error'));
    const error = new Error('typed');
    // As Node has it: the test runner would have read the map itself.
    error.stack = `Error: typed\n    at fail (${pathToFileURL(artifact).href}:${at + 1}:${lines[at]!.indexOf('throw') + 1})`;
    expect(throwSite(error)).toMatch(/typed\.ts:6\)$/);
  });

  it('is that of a function which waits for what Node does', async () => {
    const file = join(folder, 'reads.mjs');
    await writeFile(
      file,
      `import { readFile } from 'node:fs/promises';\nexport const fail = async () => {\n  await readFile('/none');\n};\n`,
    );
    const { fail } = (await import(pathToFileURL(file).href)) as { fail(): Promise<void> };
    const error = await fail().catch((thrown: unknown) => thrown);
    // Node 26 gives what its own promises are rejected with no stack.
    if (Number.parseInt(process.versions.node, 10) >= 26) expect(throwSite(error)).toBe('');
    else expect(throwSite(error)).toMatch(/reads\.mjs:3\)$/);
  });
});
