import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { SystemLauncher } from '../../src/hosts/system-launcher.js';
import { ownModules, rehearseModule } from '../../src/measure/rehearsal.js';
import { makePlan } from '../../src/plan/plan.js';

let folder: string;
let launcher: SystemLauncher;
beforeAll(() => {
  launcher = new SystemLauncher();
});
afterAll(() => launcher[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tvl-rehearsal-')));
  await write('package.json', '{ "name": "users-project", "type": "module" }');
});
afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** What is said of a module; null: it may be measured. */
async function said(target: string, executors = ['limited', 'queue'], threads = 2): Promise<string | null> {
  const { scenarios } = await makePlan({ targets: [target], executors, threads });
  try {
    for (const own of ownModules(scenarios))
      await rehearseModule(own, { launcher, seed: 1, cpuIterationsPerMs: 0 });
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
}

const GUARD = "import { isMainThread } from 'node:worker_threads';\n";

describe('what needs the main thread', () => {
  it.each([
    [
      'in TypeScript',
      'chdir.ts',
      "interface A { a: number }\nexport async function task(index: number): Promise<A> {\n  process.chdir('/');\n  return { a: index };\n}",
      'process.chdir() is not supported in workers',
      3,
      'Start paths from the module',
    ],
    [
      'in CommonJS',
      'umask.cjs',
      'exports.task = async () => {\n  process.umask(0o22);\n};',
      'umask',
      2,
      'mode',
    ],
    [
      'as it loads',
      'load.mjs',
      `${GUARD}if (!isMainThread) throw new Error('no thread');\nexport const task = i => i;`,
      'Error: no thread',
      2,
      'threads as well',
    ],
    [
      'as it is opened',
      'open.mjs',
      `${GUARD}export const open = () => {\n  if (!isMainThread) throw new Error('no thread');\n};\nexport const task = i => i;`,
      'Error: no thread',
      3,
      'threads as well',
    ],
    [
      'in its tasks',
      'guard.mjs',
      `${GUARD}export const task = () => {\n  if (!isMainThread) throw new Error('no thread');\n};`,
      'Error: no thread',
      3,
      'threads as well',
    ],
    [
      'in a native addon',
      'addon.cjs',
      "const { isMainThread } = require('node:worker_threads');\nif (!isMainThread)\n  throw Object.assign(new Error('Module did not self-register'), { code: 'ERR_DLOPEN_FAILED' });\nexports.task = i => i;",
      'Module did not self-register',
      3,
      'context-aware',
    ],
  ])('%s', async (_, name, text, got, line, advice) => {
    const file = await write(name, text);
    const message = await said(file);
    expect(message).toContain(`${name}: expected a task that runs in a worker thread, got `);
    expect(message).toContain(got);
    expect(message).toContain(`${name}:${line}). `);
    expect(message).toContain(advice);
    expect(message).toContain('--executors processes gives each worker a main thread');
    expect(message).toContain('--executors promise-all,limited work without workers.');
    // Each of which is true.
    expect(await said(file, ['processes'])).toBeNull();
    expect(await said(file, ['promise-all', 'limited'])).toBeNull();
  });

  it('in all threads but the first', async () => {
    const file = await write(
      'once.cjs',
      `const { threadId } = require('node:worker_threads');
       if (threadId > 1) throw Object.assign(new Error('did not self-register'), { code: 'ERR_DLOPEN_FAILED' });
       exports.task = i => i;`,
    );
    expect(await said(file)).toMatch(/did not self-register \(.*once\.cjs:2\)\. Its native addon/);
    expect(await said(file, ['queue'], 1)).toBeNull();
  });

  it('in a package, by the line of its import', async () => {
    await write('node_modules/native/package.json', '{ "name": "native", "main": "./n.js" }');
    await write(
      'node_modules/native/n.js',
      `const { isMainThread } = require('node:worker_threads');\nif (!isMainThread) throw new Error('no thread');`,
    );
    const file = await write(
      'task.ts',
      'interface A {}\n\nimport "native";\nexport const task = (i: number) => i;',
    );
    expect(await said(file)).toMatch(
      /task\.ts: expected a task that runs in a worker thread, got Error: no thread \(.*task\.ts:3\)/,
    );
  });

  it('that of a parent process is no way out', async () => {
    const file = await write('send.mjs', 'export const task = i => process.send({ reply: i });');
    expect(await said(file)).toMatch(/process\.send is not a function \(.*send\.mjs:1\)\. Leave messages/);
  });
});

describe('a result that cannot be cloned', () => {
  it.each([
    [
      'fn.ts',
      'type A = () => number;\nexport async function task(i: number) {\n  return { a: { b: (() => i) as A } };\n}',
      'result.a.b, a function (() => i)',
      2,
    ],
    [
      'later.mjs',
      'export const other = 1;\nexport const task = i => ({ later: new Promise(() => {}) });',
      'result.later, a Promise',
      2,
    ],
    ['symbol.cjs', 'exports.task = () => [Symbol("here")];', 'result[0], a symbol (Symbol(here))', 1],
    [
      'weak.mjs',
      'export default { name: "w", kind: "cpu", open: async () => null,\n  async task() { return new Map([["a", new WeakMap()]]); } };',
      'result.get("a"), a WeakMap',
      2,
    ],
  ])('%s', async (name, text, what, line) => {
    const file = await write(name, text);
    const message = await said(file, ['limited', 'queue']);
    expect(message).toContain(
      `${name}: expected results that workers can send, got ${what}, cannot be sent to another thread (`,
    );
    expect(message).toMatch(
      new RegExp(`${name}:${line}\\)\\. Return plain data; .*--executors promise-all,limited\\.$`),
    );
    expect(await said(file, ['processes'])).toContain('cannot be sent to another process');
    expect(await said(file, ['limited'])).toBeNull();
  });
});

describe('a file that is missing', () => {
  it.each(['queue', 'limited'])('is named where tasks want it: %s', async executor => {
    const file = await write(
      'src/page.ts',
      "import { readFile } from 'node:fs/promises';\nconst of = (i: number): string => 'data/' + i + '.html';\nexport async function task(i: number) {\n  return (await readFile(of(i))).length;\n}",
    );
    const message = await said(file, [executor]);
    expect(message).toContain(
      "page.ts: expected files that its tasks find, got Error: ENOENT: no such file or directory, open 'data/0.html' (",
    );
    // Node 26 gives what its own promises are rejected with no stack: then it is the line of the function.
    const line = Number.parseInt(process.versions.node, 10) >= 26 ? 3 : 4;
    expect(message).toContain(`src/page.ts:${line})`);
    expect(message).toMatch(
      /src\/page\.ts:\d\)\. data\/0\.html is looked for in the working directory, and the module is in \S*src: write new URL\('\.\/data\/0\.html', import\.meta\.url\)/,
    );
  });

  it('is named without a stack, too, by the line of the function', async () => {
    const file = await write(
      'old.mjs',
      "import { readFile } from 'node:fs';\n\nexport const task = () => new Promise((done, failed) => readFile('/none.txt', error => failed(error)));",
    );
    expect(await said(file)).toMatch(/open '\/none\.txt' \(.*old\.mjs:3\)\. Put the file there/);
  });
});

describe('a task that throws the same slip each time', () => {
  const COUNT =
    'export interface Words { n: number }\n\nexport function count(text: string) {\n  return text.trim().length;\n}\n';
  const EACH = 'TypeError: text.trim is not a function (';

  it('is told with file and line and a word on --args where it is a function', async () => {
    const file = await write('words.ts', COUNT);
    const message = await said(`${file}#count`);
    expect(message).toContain(`words.ts#count: expected tasks that complete, got ${EACH}`);
    expect(message).toMatch(
      /words\.ts:4\) from each of the first 5\. It is called with the index: --args FILE /,
    );
    expect(await said(`${file}#count`, ['limited'])).toBe(message);
  });

  it('is told that its arguments may not fit, where it has some', async () => {
    const file = await write('words.ts', COUNT);
    const args = await write('numbers.json', '[1, 2]');
    const { scenarios } = await makePlan({ targets: [`${file}#count`], executors: ['limited'], args });
    const tried = rehearseModule(scenarios, { launcher, seed: 1, cpuIterationsPerMs: 0 });
    await expect(tried).rejects.toThrow(/Look whether its arguments are in the file of --args/);
    const fitting = await write('texts.json', '["a", "b"]');
    const right = await makePlan({ targets: [`${file}#count`], executors: ['limited'], args: fitting });
    await expect(
      rehearseModule(right.scenarios, { launcher, seed: 1, cpuIterationsPerMs: 0 }),
    ).resolves.toBeUndefined();
  });

  it('is told where it is a module of its own', async () => {
    const file = await write('own.mjs', 'export const task = () => nowhere;');
    expect(await said(file)).toMatch(
      /own\.mjs: expected tasks that complete, got ReferenceError: nowhere is not defined \(.*own\.mjs:1\) from each of the first 5\. Correct it and run again\.$/,
    );
  });
});

it('an open that throws everywhere is told as such', async () => {
  const file = await write(
    'db.ts',
    'export async function open(): Promise<void> {\n  throw new Error("no database");\n}\nexport const task = (i: number) => i;',
  );
  expect(await said(file)).toMatch(
    /db\.ts: expected an open that succeeds, got Error: no database \(.*db\.ts:2\)/,
  );
  expect(await said(file, ['limited'])).toMatch(/expected an open that succeeds/);
});

it.each([
  ['works', 'export const task = i => i;'],
  ['throws sometimes', 'export const task = i => { if (i > 0) throw new Error("odd"); return i; };'],
  ['throws a slip sometimes', 'export const task = i => (i > 0 ? i.none() : i);'],
  ['finds no server', 'export const task = () => fetch("http://127.0.0.1:1/");'],
  ['throws always', 'export const task = i => { throw new Error("always"); };'],
  [
    'misses one file of several',
    'import { readFileSync } from "node:fs";\nexport const task = i => i === 2 ? i : readFileSync("/none/" + i).length;',
  ],
  ['cannot be cloned once', 'export const task = i => i === 1 ? () => i : i;'],
  ['ends its thread', 'export const task = i => process.exit(3);'],
  [
    'throws beside a task',
    'export const task = i => new Promise(() => setImmediate(() => { throw new Error("beside"); }));',
  ],
  ['has spoken and printed', 'export const task = i => { console.log("text"); return i; };'],
])('what %s is measured', async (_, text) => {
  expect(await said(await write('task.mjs', text))).toBeNull();
});

it.each([
  'import { readFileSync } from "node:fs";\nexport const task = () => readFileSync("/none");',
  'export const task = i => i.none();',
])('failures that are expected are measured, whatever they are: %s', async text => {
  const file = await write('gone.mjs', text);
  const { scenarios } = await makePlan({
    targets: [file],
    executors: ['queue'],
    expectedFailures: ['error'],
  });
  await expect(
    rehearseModule(scenarios, { launcher, seed: 1, cpuIterationsPerMs: 0 }),
  ).resolves.toBeUndefined();
});

it('what is part of this program is not tried', async () => {
  const { scenarios } = await makePlan({ targets: ['noop', 'waiting'] });
  expect(ownModules(scenarios)).toEqual([]);
});

it('a module of several scenarios is tried once', async () => {
  const file = await write('task.mjs', 'export const task = i => i;');
  const { scenarios } = await makePlan({ targets: [file], tasks: [10, 20] });
  expect(scenarios).toHaveLength(2);
  expect(ownModules(scenarios)).toEqual([scenarios]);
});

describe('a mix', () => {
  const mixOf = (share: number) =>
    `export default { name: 'mix', [Symbol.for('threads-vs-loop.mix')]: {
  usual: { task: async index => index, share: ${1 - share} },
  rare: { task: async () => () => 1, share: ${share} },
} };`;

  it('is refused where one part of it has results that cannot be sent, however rare', async () => {
    expect(await said(await write('mix.mjs', mixOf(0.01)))).toMatch(
      /mix\.mjs: expected results that workers can send, got .* by its part rare \(\S*mix\.mjs:3\)\. Return plain data/,
    );
  });

  it('names file and line of a part that is a module', async () => {
    await write('rare.mjs', '// Not to be sent.\nexport const task = () => () => 1;');
    const mix =
      "export default { name: 'mix', [Symbol.for('threads-vs-loop.mix')]: { rare: { module: './rare.mjs', share: 1 } } };";
    expect(await said(await write('mix.mjs', mix))).toMatch(/ by its part rare \(\S*rare\.mjs:2\)\. /);
  });

  it('may have such results where nothing is sent', async () => {
    expect(await said(await write('mix.mjs', mixOf(0.01)), ['limited'])).toBeNull();
  });
});
