import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findWorkload, loadWorkloadModule, workloadNames } from '../../src/workloads/registry.js';
import { defineWorkload } from '../../src/workloads/workload.js';

test('lists what there is, and finds nothing else', () => {
  expect(workloadNames).toEqual([
    'noop',
    'timer',
    'http',
    'cpu',
    'mixed',
    'wait-compute',
    'chain',
    'yield',
    'parse',
    'fs',
    'dns',
    'scrypt',
    'zlib',
    'sqlite',
  ]);
  for (const name of ['', 'Http', 'constructor', '__proto__']) expect(findWorkload(name)).toBeUndefined();
});

describe.each(workloadNames)('%s', name => {
  const found = findWorkload(name)!;

  test('is named as it is registered, and has defaults within its limits', async () => {
    const workload = await found.load();
    expect(workload.name).toBe(name);
    expect(workload.summary).not.toBe('');
    expect(workload.defaults.tasks).toBeGreaterThan(0);
    for (const spec of Object.values(workload.params)) {
      expect(spec.summary).not.toBe('');
      if (spec.kind === 'choice') expect(spec.choices).toContain(spec.default);
      if (spec.kind !== 'number') continue;
      expect(spec.default).toBeGreaterThanOrEqual(spec.min);
      expect(spec.default).toBeLessThanOrEqual(spec.max);
    }
    expect(structuredClone(workload.params)).toEqual(workload.params);
  });

  test('has a compiled module that a worker can load', async () => {
    expect(found.moduleUrl).toMatch(new RegExp(`^file:.*/dist/src/workloads/${name}\\.js$`));
    expect(existsSync(fileURLToPath(found.moduleUrl))).toBe(true);
    const workload = await loadWorkloadModule(found.moduleUrl);
    expect(workload).toMatchObject({ name, params: (await found.load()).params });
  });
});

const moduleOf = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;

describe('what a workload may leave out', () => {
  const least = 'name: "least", summary: "no more", kind: "cpu", open: async () => 2, task: async two => two';

  test.each([
    ['a plain object', `export default { ${least} }`],
    ['a frozen one', `export default Object.freeze({ ${least} })`],
    [
      'an instance',
      `class Least { #two = 2; name = "least"; summary = "no more"; kind = "cpu";
       async open() { return this.#two; } async task(two) { return two; } }
       export default new Least()`,
    ],
  ])('is filled in: %s', async (_, source) => {
    const workload = await loadWorkloadModule(moduleOf(source));
    expect(workload.params).toEqual({});
    expect(workload.defaults).toEqual({ tasks: 100 });
    const context = await workload.open({}, undefined as never);
    expect(await workload.task(context, 0, undefined as never)).toBe(2);
    expect(await workload.close(context)).toBeUndefined();
  });

  test('is filled in by defineWorkload, and what is there stays', () => {
    const given = {
      name: 'mine',
      summary: '',
      kind: 'cpu',
      open: async () => 1,
      task: async () => 2,
    } as const;
    expect(defineWorkload({ ...given })).toMatchObject({ params: {}, defaults: { tasks: 100 } });
    const whole = { ...given, params: {}, defaults: { tasks: 5 }, close: async () => {} };
    expect(defineWorkload(whole)).toBe(whole);
    expect(whole.defaults).toEqual({ tasks: 5 });
  });
});

describe('a module that is not a workload', () => {
  test.each([
    ['export const a = 1', 'got none.'],
    ['export default 5', 'got number.'],
    ['export default null', 'got object.'],
    [
      'export default { name: "x", kind: "cpu", params: {}, defaults: null, open() {}, close() {} }',
      'got one without task (function) and with defaults null (expected an object).',
    ],
    [
      'export default { name: "x", kind: "io", params: {}, defaults: {}, open() {}, task: 5, taskSync: true, close() {} }',
      "got one with kind 'io' (expected one of wait, cpu, mixed, libuv, blocking), task 5 (expected a function), taskSync true (expected a function).",
    ],
    [
      'export default { name: "", kind: "cpu", params: [], defaults: {}, task: {}, close: 1 }',
      "got one without open (function) and with name '' (expected a text that is not empty), task that is an object (expected a function), close 1 (expected a function).",
    ],
  ])('%s', async (source, got) => {
    const loading = loadWorkloadModule(moduleOf(source));
    await expect(loading).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(got),
    });
  });
});
