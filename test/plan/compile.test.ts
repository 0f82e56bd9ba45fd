import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { compileTypeScript } from '../../src/plan/compile.js';
import { makePlan } from '../../src/plan/plan.js';
import { moduleUrlOf } from '../../src/plan/user-module.js';

let folder: string;
let cache: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tvl-compile-')));
  cache = join(folder, 'node_modules/.cache/threads-vs-loop');
  await write('package.json', '{ "name": "users-project", "type": "module", "exports": "./own.js" }');
});

afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** What a worker thread, which has no transforms of the test runner's, gets as the module's default export. */
async function loaded(artifact: string): Promise<unknown> {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { default: found } = await import(workerData);
    parentPort.postMessage(await found);`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(url, { workerData: pathToFileURL(artifact).href, execArgv: [] });
  try {
    return await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  } finally {
    await worker.terminate();
  }
}

function refusal(file: string): Error {
  try {
    compileTypeScript(file, 'given.ts');
  } catch (error) {
    return error as Error;
  }
  throw new Error('It compiled.');
}

const WORKLOAD = `
  import { Size, twice } from './lib/sizes';
  import { unit } from 'units';
  interface Context { readonly size: Size }
  export default {
    name: 'typed', summary: unit, kind: 'wait', defaults: { tasks: twice(Size.Large) },
    params: { size: { kind: 'number', default: Size.Large as number, min: 0, max: 9, summary: 'size' } },
    open: async (): Promise<Context> => ({ size: Size.Large }),
    task: async ({ size }: Context, index: number) => index + size,
    close: async () => {},
  };`;

async function writeWorkload(): Promise<string> {
  await write(
    'node_modules/units/package.json',
    '{ "name": "units", "type": "module", "exports": "./u.js" }',
  );
  await write('node_modules/units/u.js', 'export const unit = "in metres";');
  await write(
    'src/lib/sizes.ts',
    'export enum Size { Small = 1, Large = 4 } export const twice = (n: number) => 2 * n;',
  );
  return write('src/typed.ts', WORKLOAD);
}

describe('a workload in TypeScript', () => {
  it('is planned: types, an enum, an import without extension, a package', async () => {
    await writeWorkload();
    const { scenarios } = await makePlan(
      { targets: ['./src/typed.ts'], executors: ['limited'] },
      { baseDir: folder },
    );
    expect(scenarios).toMatchObject([
      { id: 'typed', tasks: 8, params: { size: 4 }, workload: { name: 'typed' } },
    ]);
    expect(dirname(fileURLToPath(scenarios[0]!.workload.moduleUrl))).toBe(cache);
  });

  it.each(['mts', 'cts'])('may be .%s', async extension => {
    const file = await write(`one.${extension}`, 'const one: number = 1; export default { one };');
    expect(await loaded(fileURLToPath(moduleUrlOf(file, '/')))).toEqual({ one: 1 });
  });

  it('is given by a URL as well', async () => {
    const file = await write('one.ts', 'export default 1 as const;');
    const url = moduleUrlOf(pathToFileURL(file).href, '/');
    expect(url).toBe(moduleUrlOf('one.ts', folder));
    expect(basename(url)).toMatch(/^one-[0-9a-f]{16}\.mjs$/);
  });

  it('must be there', () => {
    expect(() => moduleUrlOf('none.ts', folder)).toThrow('none.ts: expected a file, got none at this path');
  });
});

describe('the artifact', () => {
  it('is the same for an unchanged file, and not written again', async () => {
    const file = await writeWorkload();
    const artifact = compileTypeScript(file);
    const before = await stat(artifact, { bigint: true });
    expect(compileTypeScript(file)).toBe(artifact);
    expect(await stat(artifact, { bigint: true })).toMatchObject({
      ino: before.ino,
      mtimeNs: before.mtimeNs,
    });
    expect(await readdir(cache)).toEqual([basename(artifact)]);
  });

  it('is another when the file, or one that it imports, was edited', async () => {
    const file = await writeWorkload();
    const first = compileTypeScript(file);
    await write(
      'src/lib/sizes.ts',
      'export enum Size { Large = 5 } export const twice = (n: number) => 2 * n;',
    );
    const second = compileTypeScript(file);
    await write('src/typed.ts', WORKLOAD.replace('index + size', 'index - size'));
    const third = compileTypeScript(file);
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await readdir(cache)).length).toBe(3);
  });

  it('is another for the same text elsewhere', async () => {
    const files = [
      await write('a/one.ts', 'export default 1;'),
      await write('b/one.ts', 'export default 1;'),
    ];
    expect(new Set(files.map(file => compileTypeScript(file))).size).toBe(2);
  });

  it('does not depend on the working directory', async () => {
    const file = await writeWorkload();
    const cwd = vi.spyOn(process, 'cwd');
    const artifacts = ['/', folder].map(elsewhere => {
      cwd.mockReturnValue(elsewhere);
      return compileTypeScript(file);
    });
    cwd.mockRestore();
    expect(artifacts[0]).toBe(artifacts[1]);
  });

  it('lies in the nearest project', async () => {
    await write('packages/inner/package.json', '{}');
    const file = await write('packages/inner/src/deep/one.ts', 'export default 1;');
    const inner = join(folder, 'packages/inner/node_modules/.cache/threads-vs-loop');
    expect(dirname(compileTypeScript(file))).toBe(inner);
  });

  it('lies beside the file where the project cannot be written', async () => {
    await write('node_modules', 'a file, so that nothing can be put into it');
    const file = await write('src/one.ts', 'export default 1;');
    const artifact = compileTypeScript(file);
    expect(dirname(artifact)).toBe(join(folder, 'src/.threads-vs-loop'));
    expect(await loaded(artifact)).toBe(1);
  });

  it('has nowhere to lie', async () => {
    await write('node_modules', '');
    await write('src/.threads-vs-loop', '');
    const error = refusal(await write('src/one.ts', 'export default 1;'));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^given\.ts: expected a folder .* none that can be written \(E.*Make /);
  });

  it('finds the package that it belongs to by name', async () => {
    await write('own.js', 'export const own = "found";');
    const file = await write(
      'examples/self.ts',
      'import { own } from "users-project"; export default own as string;',
    );
    expect(await loaded(compileTypeScript(file))).toBe('found');
  });
});

describe('import.meta and imports', () => {
  it('mean the source, in each file', async () => {
    const meta = '[import.meta.url, import.meta.dirname, import.meta.filename]';
    const helper = await write('src/lib/helper.ts', `export const helper: string[] = ${meta};`);
    const lazy = await write('src/lazy.ts', `export const lazy: string[] = ${meta};`);
    const file = await write(
      'src/entry "1" 100% #2?.ts',
      `import { helper } from './lib/helper.js';
       export default import('./lazy').then(({ lazy }) => ({ entry: ${meta}, helper, lazy }));`,
    );
    const of = (source: string) => [pathToFileURL(source).href, dirname(source), source];
    const found = await loaded(compileTypeScript(file));
    expect(found).toEqual({ entry: of(file), helper: of(helper), lazy: of(lazy) });
  });

  it("do not mean a file that a text's line only looks like", async () => {
    await write('src/other.ts', 'export const other = import.meta.filename;');
    const file = await write(
      'src/entry.ts',
      `import { other } from './other';
       const text = \`
// other.ts
\`;
       export default { text, other, own: import.meta.filename };`,
    );
    const found = await loaded(compileTypeScript(file));
    expect(found).toEqual({ text: '\n// other.ts\n', other: join(folder, 'src/other.ts'), own: file });
  });

  it('may be of CommonJS and JSON', async () => {
    await write('src/old.cjs', 'module.exports = { sep: require("node:path").posix.sep };');
    await write('src/data.json', '{ "a": 1 }');
    const file = await write(
      'src/entry.ts',
      `import { createRequire } from 'node:module';
       import old from './old.cjs';
       import data from './data.json' with { type: 'json' };
       const require = createRequire(import.meta.url);
       export default { old, data, again: require('./data.json') as unknown };`,
    );
    const found = await loaded(compileTypeScript(file));
    expect(found).toEqual({ old: { sep: '/' }, data: { a: 1 }, again: { a: 1 } });
  });
});

describe('errors', () => {
  it('point at the source', async () => {
    const file = await write(
      'src/one.ts',
      '\n\ninterface A {}\n  export default new Error("here").stack as string;',
    );
    const artifact = compileTypeScript(file);
    const [, encoded] = (await readFile(artifact, 'utf8')).match(/sourceMappingURL=data:.*base64,(.*)/)!;
    const { sourceRoot, sources } = JSON.parse(Buffer.from(encoded!, 'base64').toString());
    expect(new URL(sourceRoot + sources[0]).href).toBe(pathToFileURL(file).href);
  });
});

describe('what does not compile', () => {
  it.each([
    ['export default {\n  a: 1 2 };', 'one.ts:2:8: Expected "}" but found "2"'],
    ['import { a } from "./none";\nexport default a;', 'one.ts:1:19: Could not resolve "./none"'],
    ['export { default } from "./lib/broken";', 'lib/broken.ts:1:14: Expected ";" but found "=="'],
  ])("%j is the user's to correct", async (text, got) => {
    await write('lib/broken.ts', 'const one    == 1;');
    const error = refusal(await write('one.ts', text));
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(
      `given.ts: expected TypeScript that compiles, got ${got}. Correct it and run again.`,
    );
    await expect(readdir(cache)).rejects.toThrow('ENOENT');
  });

  it('is named as it was given', async () => {
    await write('one.ts', 'export default {');
    expect(() => moduleUrlOf('./one.ts', folder)).toThrow(/^\.\/one\.ts: expected TypeScript that compiles/);
  });
});
