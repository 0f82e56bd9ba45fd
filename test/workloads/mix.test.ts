import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type MixPart, mix } from '../../src/workloads/mix.js';
import { loadWorkloadModule } from '../../src/workloads/registry.js';
import { defineWorkload, type Workload, type WorkloadDefinition } from '../../src/workloads/workload.js';

const folder = mkdtempSync(join(tmpdir(), 'tvl-mix-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ENV = { originUrl: null, inFlight: 1, cpuIterationsPerMs: 0, seed: 3 };
const shared = globalThis as { mixes?: unknown[] };
let written = 0;

/** As a module of a user's has it. */
function load(parts: Readonly<Record<string, MixPart>>, more: object = {}): Promise<Workload> {
  shared.mixes ??= [];
  const place = join(folder, String(written++));
  mkdirSync(place);
  const at = shared.mixes.push(mix(parts, more)) - 1;
  writeFileSync(join(place, 'mine.mjs'), `export default globalThis.mixes[${at}];`);
  writeFileSync(join(place, 'words.mjs'), 'export const count = index => index + " words";');
  return loadWorkloadModule(pathToFileURL(join(place, 'mine.mjs')).href, 'mine.mjs');
}

const part = (share: number, more: Partial<WorkloadDefinition> = {}): MixPart => ({
  share,
  task: defineWorkload({
    name: 'part',
    summary: '',
    kind: 'wait',
    open: async (_, env) => env.setup,
    task: async context => context,
    ...more,
  } as WorkloadDefinition),
});

async function resultsOf(workload: Workload, tasks: number, params = {}, env = {}): Promise<unknown[]> {
  const context = await workload.open(params, { ...ENV, ...env });
  const results = [];
  for (let index = 0; index < tasks; index++)
    results.push(await workload.task(context, index, undefined as never));
  await workload.close(context);
  return results;
}

describe('a mix', () => {
  it('gives each task to one of its parts, and tags what comes back', async () => {
    const workload = await load({
      words: { module: './words.mjs#count', share: 0.7 },
      square: { task: index => index ** 2, share: 0.3 },
    });
    const results = (await resultsOf(workload, 20)) as { kind: string; result: unknown }[];
    expect(results.filter(({ kind }) => kind === 'words')).toHaveLength(14);
    for (const [index, { kind, result }] of results.entries())
      expect(result).toBe(kind === 'words' ? `${index} words` : index ** 2);
  });

  it('has the parameters of its parts by their names, and hands each its own', async () => {
    const workload = await load({
      fast: { module: 'timer', share: 1, params: { waitMs: 2 } },
      slow: { module: 'timer', share: 1 },
    });
    expect(workload.params['fast.waitMs']).toMatchObject({ kind: 'number', default: 2 });
    const own = await load({
      a: part(1, {
        params: { size: { kind: 'number', default: 1, min: 0, max: 9, summary: '' } },
        open: async params => params,
      }),
    });
    expect(await resultsOf(own, 1, { 'a.size': 4 })).toEqual([{ kind: 'a', result: { size: 4 } }]);
  });

  it('compares what each part says of its results', async () => {
    const workload = await load({
      timed: part(1, { digest: result => (result as { text: string }).text }),
      near: part(1, { sameResult: (a, b) => Math.abs(Number(a) - Number(b)) < 1 }),
      salted: part(1, { results: 'may differ' }),
    });
    expect(workload.digest!({ kind: 'timed', result: { text: 'x', ms: 3 } })).toEqual({
      kind: 'timed',
      result: 'x',
    });
    expect(workload.digest!({ kind: 'salted', result: 'abc' })).toEqual({ kind: 'salted', result: null });
    const same = (a: unknown, b: unknown, kinds = ['near', 'near']) =>
      workload.sameResult!({ kind: kinds[0], result: a }, { kind: kinds[1], result: b });
    expect([same(1, 1.5), same(1, 3), same(1, 1, ['near', 'timed'])]).toEqual([true, false, false]);
    expect([same('x', 'x', ['timed', 'timed']), same('x', 'y', ['timed', 'timed'])]).toEqual([true, false]);
    expect((await load({ salted: part(1, { results: 'may differ' }) })).results).toBe('may differ');
  });

  it('sets its parts up, hands each what it has made, and tears down in reverse', async () => {
    const calls: string[] = [];
    const noting = (name: string, fails = false) =>
      part(1, {
        setup: async () => {
          calls.push(`setup ${name}`);
          if (fails) throw new Error('no database');
          return name;
        },
        teardown: async data => void calls.push(`teardown ${data}`),
      });
    const workload = await load({ a: noting('a'), plain: part(1), b: noting('b') });
    const data = await workload.setup!({ seed: 1 });
    expect(data).toEqual({ a: 'a', b: 'b' });
    const results = (await resultsOf(workload, 20, {}, { setup: data })) as {
      kind: string;
      result: unknown;
    }[];
    for (const { kind, result } of results) expect(result).toBe(kind === 'plain' ? undefined : kind);
    await workload.teardown!(data);
    const failing = await load({ c: noting('c'), d: noting('d', true) });
    await expect(failing.setup!({ seed: 1 })).rejects.toThrow('no database');
    const [first, ...rest] = [calls.slice(0, 4), calls.slice(4)];
    expect(first).toEqual(['setup a', 'setup b', 'teardown b', 'teardown a']);
    expect(rest).toEqual([['setup c', 'setup d', 'teardown c']]);
    expect((await load({ plain: part(1) })).setup).toBeUndefined();
  });

  it('closes what was opened when another part cannot be', async () => {
    const closed: string[] = [];
    const workload = await load({
      a: part(1, { close: async () => void closed.push('a') }),
      b: part(1, { open: () => Promise.reject(new Error('refused')) }),
    });
    await expect(workload.open({}, ENV)).rejects.toThrow('refused');
    expect(closed).toEqual(['a']);
  });

  it('is synchronous where all parts are', async () => {
    const sync = part(1, { taskSync: (_, index) => index });
    const both = await load({ a: sync, b: sync });
    expect(both.taskSync!(await both.open({}, ENV), 4)).toMatchObject({ result: 4 });
    expect((await load({ a: sync, b: part(1) })).taskSync).toBeUndefined();
  });

  it.each<[string, object, RegExp]>([
    ['no part', {}, /^mine\.mjs: expected at least one part of its mix, got none\. Write for example mix\(/],
    ['no share', { a: { module: 'cpu' } }, /part a: expected a share above 0, got /],
    ['a share of nothing', { a: { module: 'cpu', share: 0 } }, /expected a share above 0, got 0/],
    ['neither', { a: { share: 1 } }, /expected either a module or a task, got neither/],
    ['both', { a: { share: 1, module: 'cpu', task: () => 1 } }, /got both/],
    ['an odd name', { 'a b': { share: 1, module: 'cpu' } }, /expected names of parts/],
    ['an unknown key', { a: { share: 1, modul: 'cpu' } }, /Did you mean/],
    ['an unknown parameter', { a: { share: 1, module: 'timer', params: { waitM: 1 } } }, /Did you mean/],
    ['TypeScript', { a: { share: 1, module: './x.ts' } }, /write task: renderPage/],
    ['no module', { a: { share: 1, module: './none.mjs' } }, /part a: expected a module that loads/],
    [
      'two that want the server',
      { a: { share: 1, module: 'http' }, b: { share: 1, module: 'http' } },
      /expected one part that calls the embedded server, got a and b/,
    ],
  ])('with %s is refused', async (_, parts, message) => {
    await expect(load(parts as Readonly<Record<string, MixPart>>)).rejects.toThrow(message);
  });
});
