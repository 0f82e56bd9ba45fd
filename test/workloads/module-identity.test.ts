import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moduleIdentity, moduleParts } from '../../src/workloads/module-identity.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-identity-'));
  write(
    'app/work.mjs',
    "import { a } from '../lib/a.mjs';\nexport { b } from './b.mjs';\nimport pad from 'pad/left';\n",
  );
  write(
    'lib/a.mjs',
    "import './a.mjs'; // import nothing from './gone.mjs'\nexport const a = await import('node:os');\n",
  );
  write('app/b.mjs', "export const b = 1;\nconst c = require('@scope/c');\n");
  write('node_modules/pad/package.json', '{ "version": "1.2.3" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

const urlIn = (home: string) => pathToFileURL(join(home, 'app/work.mjs')).href;
const contentsOf = async (home = folder) => (await moduleIdentity(urlIn(home))).contents;

it('a module is made of what it imports by relative paths, and of versions of packages', async () => {
  const { files, packages } = await moduleParts(urlIn(folder));
  expect([...files.keys()].sort()).toEqual(['../lib/a.mjs', 'b.mjs', 'work.mjs']);
  expect([...packages].sort()).toEqual(['@scope/c@?', 'pad@1.2.3']);
});

it('a copy elsewhere is the same', async () => {
  const copy = join(folder, 'elsewhere');
  for (const part of ['app', 'lib', 'node_modules'])
    cpSync(join(folder, part), join(copy, part), { recursive: true });
  const identity = await moduleIdentity(urlIn(copy));
  expect(identity).toEqual({ url: urlIn(copy), contents: await contentsOf() });
});

it.each([
  ['its own text', 'app/work.mjs', "import pad from 'pad/left';\n"],
  ['that of a module that it imports', 'lib/a.mjs', 'export const a = 2;\n'],
  ['the version of a package', 'node_modules/pad/package.json', '{ "version": "1.2.4" }'],
])('another version is another module: %s', async (_, path, text) => {
  const before = await contentsOf();
  write(path, text);
  expect(await contentsOf()).not.toBe(before);
});

it('what is no file is known by its URL', async () => {
  const [a, b] = await Promise.all(['data:text/javascript,1', 'data:text/javascript,2'].map(moduleIdentity));
  expect(a!.contents).toMatch(/^[\da-f]{64}$/);
  expect(a!.contents).not.toBe(b!.contents);
});
