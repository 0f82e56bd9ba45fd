import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findWorkload, loadWorkloadModule, workloadNames } from '../../src/workloads/registry.js';

test('lists what there is, and finds nothing else', () => {
  expect(workloadNames).toEqual([
    'noop',
    'timer',
    'http',
    'cpu',
    'mixed',
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

describe('a module that is not a workload', () => {
  const moduleOf = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;

  test.each([
    ['export const a = 1', 'got none.'],
    ['export default 5', 'got number.'],
    ['export default null', 'got object.'],
    [
      'export default { name: "x", kind: "cpu", params: {}, defaults: null, open() {}, close() {} }',
      'got one without defaults (object), task (function).',
    ],
    [
      'export default { name: "x", kind: "io", params: {}, defaults: {}, open() {}, task: 5, taskSync: true, close() {} }',
      "got one with kind 'io' (expected one of wait, cpu, mixed, libuv, blocking), task 5 (expected a function), taskSync true (expected a function).",
    ],
    [
      'export default { name: "", kind: "cpu", params: {}, defaults: {}, open() {}, task: {} }',
      "got one without close (function) and with name '' (expected a text that is not empty), task that is an object (expected a function).",
    ],
  ])('%s', async (source, got) => {
    const loading = loadWorkloadModule(moduleOf(source));
    await expect(loading).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(got),
    });
  });
});
