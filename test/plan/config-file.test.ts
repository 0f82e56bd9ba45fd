import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { CONFIG_FILES, findConfig } from '../../src/plan/config-file.js';
import { makePlan } from '../../src/plan/plan.js';
import { catalogue } from './catalogue.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
const at = (...path: string[]) => join(folder, ...path);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-config-'));
  mkdirSync(at('packages', 'api'), { recursive: true });
  writeFileSync(at('package.json'), '{"type":"module"}');
});
afterEach(() => rmSync(folder, { recursive: true }));

const threads = (count: number) => `{ "defaults": { "threads": ${count} } }`;
const write = (name: string, text: string) => writeFileSync(at(name), text);

describe('where it is found', () => {
  it('nowhere: none', async () => {
    expect(await findConfig(at('packages'))).toBeNull();
  });

  it('in the working directory or the nearest folder above, and no further', async () => {
    write('threads-vs-loop.config.json', threads(1));
    expect(await findConfig(at('packages', 'api'))).toMatchObject({
      shown: '../../threads-vs-loop.config.json',
      defaults: { settings: { threads: [1] }, baseDir: folder },
    });
    write('packages/threads-vs-loop.config.mjs', `export default ${threads(2)}`);
    expect(await findConfig(at('packages', 'api'))).toMatchObject({
      shown: '../threads-vs-loop.config.mjs',
      defaults: { settings: { threads: [2] } },
    });
  });

  it('of several in a folder it is the first of .ts, .mts, .mjs, .js, .json', async () => {
    for (const [number, name] of [...CONFIG_FILES.entries()].reverse()) {
      write(name, `${name.endsWith('.json') ? '' : 'export default '}${threads(number + 1)}`);
      expect(await findConfig(folder)).toMatchObject({
        shown: name,
        defaults: { settings: { threads: [number + 1] } },
      });
    }
  });

  it('given a byte order mark, as editors write it, then JSON is read all the same', async () => {
    write('threads-vs-loop.config.json', `\uFEFF${threads(3)}`);
    expect(await findConfig(folder)).toMatchObject({ defaults: { settings: { threads: [3] } } });
  });

  it('by its path, or not at all', async () => {
    write('threads-vs-loop.config.json', threads(1));
    write('packages/other.json', threads(2));
    expect(await findConfig(at('packages'), 'other.json')).toMatchObject({ shown: 'other.json' });
    expect(await findConfig(folder, false)).toBeNull();
  });
});

describe('what is in it', () => {
  it('is compiled, with its imports, where it is TypeScript', async () => {
    mkdirSync(at('node_modules'));
    symlinkSync(root, at('node_modules', 'threads-vs-loop'), 'dir');
    write('shared.ts', 'export enum Threads { few = 3 }');
    write(
      'threads-vs-loop.config.ts',
      `import { defineConfig, type Config } from 'threads-vs-loop';
       import { Threads } from './shared';
       const config: Config = { defaults: { threads: Threads.few } };
       export default defineConfig(config);`,
    );
    expect(await findConfig(folder)).toMatchObject({ defaults: { settings: { threads: [3] } } });
  });

  it('may name its schema, as JSON', async () => {
    write('threads-vs-loop.config.json', '{ "$schema": "./x.json", "defaults": { "rounds": 2 } }');
    expect(await findConfig(folder)).toMatchObject({ defaults: { settings: { rounds: 2 } } });
  });

  it('may be CommonJS', async () => {
    write('package.json', '{}');
    write('threads-vs-loop.config.js', `module.exports = ${threads(2)}`);
    expect(await findConfig(folder)).toMatchObject({ defaults: { settings: { threads: [2] } } });
  });

  it('has paths from its own folder, wherever it is used from', async () => {
    write(
      'threads-vs-loop.config.json',
      JSON.stringify({
        scenarios: [{ name: 'mine', workload: './mine.mjs#work', args: './args.json' }],
        executors: ['./pool.mjs'],
      }),
    );
    write('mine.mjs', 'export const work = x => x;');
    write('args.json', '[1]');
    const capabilities = '{ workers: true, sharesMemory: true, sharesClock: true, sharesModules: true }';
    write(
      'pool.mjs',
      `export default { name: 'pool', summary: 'mine', capabilities: ${capabilities}, options: {}, start: async () => {} }`,
    );
    const baseDir = at('packages', 'api');
    const config = await findConfig(baseDir);
    const { scenarios } = await makePlan({}, { catalogue, baseDir, config });
    expect(scenarios).toMatchObject([{ name: 'mine', executors: [{ name: 'pool' }] }]);
    expect(scenarios[0]!.workload.moduleUrl).toContain('/mine.mjs?args=');
  });
});

/** Name of the file, its text; expected, got and remedy. */
const bad: [name: string, text: string, expected: string, got: string, remedy: string][] = [
  ['json', '{ threads', 'expected JSON', 'text that is none', 'Correct it'],
  ['mjs', 'throw new TypeError("oops")', 'a module that loads', 'TypeError: oops', 'Correct it'],
  [
    'mjs',
    'export const config = {}',
    'a config as default export',
    'got none',
    'export default defineConfig',
  ],
  ['mjs', 'export default () => ({})', 'a config as default export', 'got a function', 'defineConfig'],
  [
    'mjs',
    'export default Promise.resolve({})',
    'a config as default export',
    'got a promise',
    'defineConfig',
  ],
  [
    'mjs',
    'export default { default: {} }',
    'Expected one of',
    'key: got "default"',
    'Did you mean defaults?',
  ],
  [
    'mjs',
    'import "no-such-package"',
    'a module that loads',
    'Cannot find package',
    'npm install no-such-package',
  ],
  ['ts', 'export default {', 'TypeScript that compiles', 'threads-vs-loop.config.ts:1', 'Correct it'],
  ['mts', 'export default 1', 'expected a config', 'got 1', 'Write for example'],
];

it.each(bad)('.%s: %s is refused', async (extension, text, expected, got, remedy) => {
  const name = `threads-vs-loop.config.${extension}`;
  write(name, text);
  const error: unknown = await findConfig(at('packages')).catch(thrown => thrown);
  expect(error).toBeInstanceOf(UsageError);
  for (const part of [`../${name}: `, expected, got, remedy]) expect(String(error)).toContain(part);
});

it.each([
  ['none.json', '--config: expected a file, got none at none.json. Check the path'],
  ['config.yaml', '--config: expected a file .ts, .mts, .mjs, .js or .json, got config.yaml. '],
])('--config %s is refused', async (given, message) => {
  await expect(findConfig(folder, given)).rejects.toThrow(message);
});

it('a scenario that cannot be planned is named with its file', async () => {
  write('threads-vs-loop.config.json', '{ "scenarios": [{ "name": "mine", "workload": "cpv" }] }');
  const config = await findConfig(folder);
  await expect(makePlan({}, { catalogue, baseDir: folder, config })).rejects.toThrow(
    'threads-vs-loop.config.json: scenario mine: workload: got "cpv". Did you mean cpu? Expected one of http, cpu',
  );
});
