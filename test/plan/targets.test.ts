import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtIns } from '../../src/plan/catalogue.js';
import { makePlan } from '../../src/plan/plan.js';
import { splitExport } from '../../src/plan/user-module.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tvl-targets-'));
  const workload = `export default {
    name: 'mine', summary: 'my own', kind: 'wait', defaults: { tasks: 3 },
    params: { size: { kind: 'number', default: 1, min: 0, max: 9, summary: 'size' } },
    open: async () => null, task: async (_, index) => index, close: async () => {},
  };`;
  await writeFile(join(folder, 'mine.mjs'), workload);
  await writeFile(join(folder, 'typed.ts'), workload);
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(
    join(folder, 'suite.mjs'),
    `export default { name: 'ours', summary: '', scenarios: [
      { name: 'small', workload: './mine.mjs', params: { size: 2 } }, { name: 'built-in', workload: 'noop' },
    ] };`,
  );
  await writeFile(join(folder, 'broken.mjs'), 'throw new Error("oops")');
  await writeFile(join(folder, 'packageless.mjs'), "import 'no-such-package'");
  await writeFile(join(folder, 'clone.mjs'), "import 'threads-vs-loop'");
  await writeFile(join(folder, 'wordless.mjs'), 'throw Object.create(null)');
  await writeFile(join(folder, 'number.mjs'), 'export default 1');
  await writeFile(
    join(folder, 'functions.mjs'),
    'export function parse() {}\nexport const render = () => 1;',
  );
  await writeFile(join(folder, 'number.ts'), 'export default 1');
  const changed = {
    'kind.mjs': ["kind: 'wait'", "kind: 'io'"],
    'limits.mjs': ['min: 0, ', ''],
    'default.mjs': ['default: 1,', 'default: 10,'],
    'text.mjs': ['default: 1,', "default: '1',"],
    'spec.mjs': [/size: {.*?}/, 'size: 1'],
    'tasks.mjs': ['tasks: 3', ''],
    'misspelt.mjs': ['tasks: 3', 'task: 48'],
  } as const;
  for (const [file, [from, to]] of Object.entries(changed))
    await writeFile(join(folder, file), workload.replace(from, to));
  const executor = (more: string) => `export default {
    name: 'pool', summary: 'my own', capabilities: { workers: true, sharesMemory: true, sharesClock: true, sharesModules: true }, options: {}, start: async () => {}, ${more}
  };`;
  for (const version of ['old', 'new']) {
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, 'pool.mjs'), executor(''));
  }
  await writeFile(join(folder, 'process.mjs'), executor("capabilities: { workers: 'process' }"));
  await writeFile(join(folder, 'option.mjs'), executor("options: { size: { kind: 'size', default: 1 } }"));
  await writeFile(join(folder, 'limited.mjs'), executor("name: 'limited'"));
});

afterAll(() => rm(folder, { recursive: true }));

function plan(...targets: string[]) {
  return makePlan({ targets, executors: ['limited'] }, { baseDir: folder });
}

test('a path is a workload of the user', async () => {
  const { scenarios } = await plan('./mine.mjs');
  const moduleUrl = pathToFileURL(join(folder, 'mine.mjs')).href;
  expect(scenarios).toMatchObject([
    { id: 'mine', tasks: 3, params: { size: 1 }, workload: { name: 'mine', moduleUrl } },
  ]);
});

test('or a suite, whose paths are relative to itself', async () => {
  const { suite, scenarios } = await makePlan(
    { targets: [join(folder, 'suite.mjs')], executors: ['limited'] },
    { baseDir: '/' },
  );
  expect(suite).toBe('ours');
  expect(scenarios.map(({ id, workload }) => [id, workload.name])).toEqual([
    ['small', 'mine'],
    ['built-in', 'noop'],
  ]);
  expect(scenarios[0]!.params).toEqual({ size: 2 });
});

test.each([
  ['./none.mjs', /expected a file, got none at this path/],
  ['./', /expected a file/],
  ['./broken.mjs', /broken\.mjs: expected a module that loads, got Error: oops/],
  [
    './packageless.mjs',
    /^\.\/packageless\.mjs: .* Install it where the module is: npm install no-such-package\.$/,
  ],
  [
    './clone.mjs',
    // Whoever has a clone alone finds it in no registry.
    /^\.\/clone\.mjs: .* Install it where the module is: npm install \/.*[^/]\.$/,
  ],
  [
    'list',
    /got the command list\. Write threads-vs-loop list; in a clone npm run threads-vs-loop -- list\.$/,
  ],
  ['./wordless.mjs', /expected a module that loads, got something that cannot be turned into text\. /],
  [
    './functions.mjs',
    /^\.\/functions\.mjs: expected a workload as default export, got none\. Name one of its functions as the task \(\.\/functions\.mjs#parse, \.\/functions\.mjs#render\), or: /,
  ],
  ['./number.mjs', /^\.\/number\.mjs: expected a workload as default export, got number/],
  ['./number.ts', /^\.\/number\.ts: expected a workload as default export, got number/],
  [
    './kind.mjs',
    /^\.\/kind\.mjs: .* got one with kind '\w+' \(expected one of wait, cpu, mixed, libuv, blocking\)/,
  ],
  [
    './limits.mjs',
    /parameter size: expected { kind, default, summary }.*, got {"kind":"number","default":1,/,
  ],
  ['./default.mjs', /parameter size: expected .* with a default that it allows, got .*"default":10/],
  ['./text.mjs', /parameter size: expected .* with a default that it allows, got .*"default":"1"/],
  ['./spec.mjs', /parameter size: expected .*, got 1\. Write for example/],
  ['./tasks.mjs', /^\.\/tasks\.mjs: defaults: tasks: expected a whole number from 1/],
  [
    './misspelt.mjs',
    /^\.\/misspelt\.mjs: defaults: got "task"\. Did you mean tasks\? Expected one of tasks, executors/,
  ],
])('%s is refused', async (target, message) => {
  await expect(plan(target)).rejects.toThrow(message);
});

test.each([
  ['./broken.mjs', /^\.\/broken\.mjs: expected a module that loads, got Error: oops/],
  ['./number.ts', /^\.\/number\.ts: expected an executor as default export, got number/],
  [
    './process.mjs',
    /^\.\/process\.mjs: .* got one with capabilities .* \(expected an object with workers, sharesMemory, sharesClock, sharesModules, each true or false\)/,
  ],
  ['./option.mjs', /^\.\/option\.mjs: option size: expected { kind, default, summary }/],
])('%s is refused as an executor', async (executor, message) => {
  const planned = makePlan({ targets: ['noop'], executors: [executor] }, { baseDir: folder });
  await expect(planned).rejects.toThrow(message);
});

test('executors of one name are called by their paths, but for one that is built in', async () => {
  const executors = ['./old/pool.mjs', './new/pool.mjs', './limited.mjs', 'limited', 'queue'];
  const { scenarios } = await makePlan({ targets: ['noop'], executors }, { baseDir: folder });
  expect(scenarios[0]!.executors.map(({ id }) => id)).toEqual(executors);
});

test('TypeScript is compiled, on any Node', async () => {
  const { scenarios } = await plan('./typed.ts');
  expect(scenarios).toMatchObject([{ id: 'typed', tasks: 3, workload: { name: 'mine' } }]);
  expect(scenarios[0]!.workload.moduleUrl).toMatch(/typed-\w+\.mjs$/);
});

test('every file of bench/suites is a suite that can be asked for', async () => {
  const files = readdirSync(new URL('../../bench/suites/', import.meta.url));
  const names = (await builtIns.suites()).map(({ name }) => name);
  expect(names).toEqual(files.map(file => file.replace(/\.ts$/, '')).sort());
});

test('the default suite tells its story with what is built in', async () => {
  const { suite, scenarios } = await makePlan({}, { defaultThreads: 2 });
  expect(suite).toBe('default');
  expect([...new Set(scenarios.map(({ title }) => title))]).toEqual(['WAITING', 'COMPUTING', 'MIXED']);
  expect(scenarios.flatMap(({ findings }) => findings)).toEqual([]);
  const [waiting, computing] = scenarios;
  for (const { executors } of [waiting!, computing!])
    expect(executors.map(({ name }) => name)).toEqual(builtIns.usualExecutorNames);
  // About a minute, as its summary says.
  const budgetMs = scenarios.reduce((sum, { measurement }) => sum + measurement.budgetMs, 0);
  expect(budgetMs).toBeLessThanOrEqual(90_000);
});

test.each(builtIns.workloadNames)('%s can be run by its name', async name => {
  const planned = makePlan({ targets: [name] });
  if (name === 'sqlite' && !isBuiltin('node:sqlite')) {
    await expect(planned).rejects.toThrow('expected a Node with node:sqlite (22.13 or later), got Node');
    return;
  }
  const { scenarios } = await planned;
  expect(scenarios.length).toBeGreaterThan(0);
  expect(scenarios[0]!.workload.name).toBe(name);
});

test('an export of a module is a scenario, with the arguments that its tasks take', async () => {
  await writeFile(
    join(folder, 'render.ts'),
    'export const page = (n: number): number => n;\nexport default page;',
  );
  await writeFile(join(folder, 'pages.json'), '[1, 2]');
  const render = join(folder, 'render.ts');
  const args = join(folder, 'pages.json');
  const [named] = (await makePlan({ targets: [`${render}#page`], args })).scenarios;
  expect(named).toMatchObject({ name: 'page', workload: { name: 'page' }, tasks: 100 });
  expect(named!.workload.moduleUrl).toMatch(/^file:.*render-[\da-f]{16}\.mjs\?args=file.*pages\.json#page$/);
  expect((await makePlan({ targets: [`${render}#default`] })).scenarios[0]).toMatchObject({ name: 'render' });
});

test('a file that is called as if it named an export comes first', async () => {
  await writeFile(join(folder, 'a#b.mjs'), '');
  expect(splitExport('a#b.mjs', folder)).toEqual({ path: 'a#b.mjs', exportName: null });
  expect(splitExport('a.mjs#b', folder)).toEqual({ path: 'a.mjs', exportName: 'b' });
  const url = pathToFileURL(join(folder, 'mine.mjs')).href;
  expect(splitExport(`${url}#b`, folder)).toEqual({ path: url, exportName: 'b' });
});

test("arguments are for a function of one's own, and have to be there", async () => {
  const args = join(folder, 'pages.json');
  await expect(makePlan({ targets: ['noop'], args })).rejects.toThrow(
    'expected a function of your own for the arguments, such as ./render.ts#renderPage, got the built-in noop.',
  );
  const render = join(folder, 'render.ts');
  await expect(makePlan({ targets: [`${render}#page`], args: `${args}x` })).rejects.toThrow(
    'pages.jsonx: expected a file, got none at this path.',
  );
  await expect(makePlan({ targets: [`${render}#pag`] })).rejects.toThrow('Did you mean page?');
  await expect(makePlan({ targets: [join(folder, 'mine.mjs')], args })).rejects.toThrow(
    'mine.mjs: expected a function for the arguments, got a workload. Let its open read them.',
  );
});

test.each([
  ['orders.ndjson', 'Arguments of a function are given by --args.'],
  ['./orders.json', 'Arguments of a function are given by --args.'],
  ['http://localhost:3000/a', 'A URL is given by --url.'],
])('the target %s is told where it belongs', async (target, remedy) => {
  await expect(makePlan({ targets: [target] }, { baseDir: folder })).rejects.toThrow(remedy);
});
