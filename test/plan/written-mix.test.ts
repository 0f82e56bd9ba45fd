import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtIns } from '../../src/plan/catalogue.js';
import { makePlan } from '../../src/plan/plan.js';
import { writtenMix } from '../../src/plan/written-mix.js';
import { moduleIdentity } from '../../src/workloads/module-identity.js';
import { loadWorkloadModule } from '../../src/workloads/registry.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { outside } from '../cli/outside.js';

const ENV = { originUrl: null, inFlight: 1, cpuIterationsPerMs: 0, seed: 3 };
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tvl-written-mix-')));
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(
    join(folder, 'words.mjs'),
    'export const count = text => text.length;\nexport const double = i => 2 * i;\n',
  );
  writeFileSync(
    join(folder, 'typed.ts'),
    'export const half = (text: string): string => text.slice(0, 1);\n',
  );
  writeFileSync(join(folder, 'texts.json'), '["one", "three"]');
});
afterAll(() => rmSync(folder, { recursive: true }));

const lookup = () => ({ subject: '--mix', catalogue: builtIns, baseDir: folder });
const written = (texts: readonly string[], args?: string) => writtenMix(texts, args, lookup());

async function resultsOf(texts: readonly string[], tasks: number, args?: string) {
  const { workload: file } = written(texts, args);
  const workload = await loadWorkloadModule(pathToFileURL(file).href, 'mix');
  const context = await workload.open({ 'timer.waitMs': 0, 'timer.stepMs': 0 }, ENV);
  const results: { kind: string; result: unknown }[] = [];
  for (let index = 0; index < tasks; index++)
    results.push((await workload.task(context, index, new TaskSignal())) as (typeof results)[number]);
  return results;
}

describe('a mix of a command line', () => {
  it('has each part in its share, called by its export or its name', async () => {
    const results = await resultsOf(['./words.mjs#double=70,timer=30'], 20);
    expect(results.filter(({ kind }) => kind === 'double')).toHaveLength(14);
    expect(results.filter(({ kind }) => kind === 'timer')).toHaveLength(6);
    for (const [index, { kind, result }] of results.entries())
      if (kind === 'double') expect(result).toBe(2 * index);
  });

  it('gives all functions in it the arguments, TypeScript too, and nothing else', async () => {
    const results = await resultsOf(['./words.mjs#count=1', './typed.ts#half=1,timer=1'], 30, 'texts.json');
    const of = (kind: string) =>
      new Set(results.filter(one => one.kind === kind).map(({ result }) => result));
    expect(of('count')).toEqual(new Set([3, 5]));
    expect(of('half')).toEqual(new Set(['o', 't']));
  });

  it('is a module in the project that is written once, and of another identity when a part changes', async () => {
    const { workload: file } = written(['./words.mjs#count=1']);
    expect(written(['./words.mjs#count=1']).workload).toBe(file);
    expect(file.startsWith(join(folder, 'node_modules', '.cache', 'threads-vs-loop'))).toBe(true);
    expect(readdirSync(join(file, '..')).filter(name => name.endsWith('.tmp'))).toEqual([]);
    const url = pathToFileURL(file).href;
    const { contents } = await moduleIdentity(url);
    const text = readFileSync(join(folder, 'words.mjs'), 'utf8');
    writeFileSync(join(folder, 'words.mjs'), `${text}// another version\n`);
    expect((await moduleIdentity(url)).contents).not.toBe(contents);
    writeFileSync(join(folder, 'words.mjs'), text);
  });

  it('is a scenario with the parameters of its parts', async () => {
    const mix = written(['./words.mjs#double=70,timer=30']);
    const { scenarios } = await makePlan({ scenarios: [mix], params: { 'timer.waitMs': 2 } });
    expect(scenarios).toHaveLength(1);
    expect(scenarios[0]).toMatchObject({ name: 'mix', title: 'MIX', params: { 'timer.waitMs': 2 } });
  });
});

describe('on the command line', () => {
  it.each([
    [['--mix', 'timer'], '--mix: expected TARGET=SHARE,…, got "timer". Write for example --mix ./render.mjs'],
    [['--mix', 'timer=x'], '--mix timer: expected a share above 0, got "x"'],
    [['--mix', 'timer=0'], '--mix timer: expected a share above 0, got "0"'],
    [['--mix', 'timr=1'], '--mix: got "timr". Did you mean timer? Expected one of noop,'],
    [['--mix', './none.mjs=1'], './none.mjs: expected a file, got none at this path'],
    [
      ['--mix', 'timer=1,timer=2'],
      '--mix: expected a different name for each part, got "timer" twice. Rename',
    ],
    [
      ['--mix', 'http=1,mixed=1'],
      '--mix: expected one part that calls the embedded server, got http and mixed',
    ],
    [
      ['--mix', 'timer=1', '--args', 'texts.json'],
      '--args: expected a function in the mix for them, got none',
    ],
    [
      ['--mix', 'timer=1', '--param', 'waitMs=3'],
      '--param: expected one of timer.waitMs, timer.stepMs, got "waitMs"',
    ],
    [['--mix', './words.mjs#cuont=1'], 'Did you mean count?'],
  ])('%j is refused', async (flags, message) => {
    const { run, written: said } = outside({ cwd: folder, catalogue: builtIns });
    expect(await run('run', ...flags, '--print-plan')).toBe(2);
    expect(said.stderr).toContain(message);
  });

  it.each(['run', 'tune'])('%s plans it with its parameters', async command => {
    const { run, written: said } = outside({ cwd: folder, catalogue: builtIns });
    const flags = [
      '--mix',
      './words.mjs#count=70,timer=30',
      '--args',
      'texts.json',
      '--param',
      'timer.waitMs=2',
    ];
    expect([await run(command, ...flags, '--print-plan'), said.stderr]).toEqual([0, '']);
    expect(said.stdout).toContain('scenario mix of workload mix');
    expect(said.stdout).toMatch(/params\.timer\.waitMs +2 +flag --param/);
  });

  it('tune refuses a target beside it', async () => {
    const { run, written: said } = outside({ cwd: folder, catalogue: builtIns });
    expect(await run('tune', 'noop', '--mix', 'timer=1', '--print-plan')).toBe(2);
    expect(said.stderr).toContain('expected one scenario, workload or function, got 2 scenarios');
  });
});
