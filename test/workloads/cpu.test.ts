import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { iterationsPerMs } from '../../src/workloads/calibration.js';
import cpu from '../../src/workloads/cpu.js';
import { iterationsFor, mix } from '../../src/workloads/kernel.js';
import { findWorkload } from '../../src/workloads/registry.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { ENV, paramsOf } from './support.js';

const INDEXES = Array.from({ length: 50 }, (_, index) => index);

test('a task is so many iterations, alike each time, and unlike from task to task', async () => {
  expect(cpu.needsCalibration).toBe(true);
  const context = await cpu.open(paramsOf(cpu, { cpuMs: 2 }), ENV);
  const results = await Promise.all(INDEXES.map(index => cpu.task(context, index, new TaskSignal())));
  expect(results[3]).toEqual({ index: 3, digest: mix(2000, 3) });
  expect(INDEXES.map(index => cpu.taskSync!(context, index))).toEqual(results);
  expect(new Set(results.map(result => (result as { digest: number }).digest)).size).toBe(50);
});

test('the digest is the same on a thread', async () => {
  const { moduleUrl } = findWorkload('cpu')!;
  const params = paramsOf(cpu);
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const { moduleUrl, params, env, indexes } = workerData;
     import(moduleUrl).then(async ({ default: cpu }) => {
       const context = await cpu.open(params, env);
       parentPort.postMessage(indexes.map(index => cpu.taskSync(context, index)));
     });`,
    { eval: true, workerData: { moduleUrl, params, env: ENV, indexes: INDEXES } },
  );
  const there = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
  const context = await cpu.open(params, ENV);
  expect(there).toEqual(INDEXES.map(index => cpu.taskSync!(context, index)));
});

describe('kernel', () => {
  test('has known digests, in 32 bits', () => {
    expect([mix(0, 0), mix(1, 0), mix(1000, 1), mix(1000, 2 ** 32 - 1)]).toEqual([
      0x9e3779b9,
      naive(1, 0),
      naive(1000, 1),
      naive(1000, 2 ** 32 - 1),
    ]);
  });

  test('iterations are rounded, and at least one', () => {
    expect(iterationsFor(2.5, 101)).toBe(253);
    expect(iterationsFor(0.001, 10)).toBe(1);
  });
});

/** The same in exact integers. */
function naive(iterations: number, seed: number): number {
  const bits = 2n ** 32n;
  let word = (BigInt(seed) ^ 0x9e3779b9n) % bits;
  for (let i = 0n; i < iterations; i++) {
    word ^= (word << 13n) % bits;
    word ^= word >> 17n;
    word ^= (word << 5n) % bits;
    word = (word * 0x2c1b3c6dn + i) % bits;
  }
  return Number(word);
}

test('calibration is the median rate, whatever a first slow call and some outliers say', () => {
  let nowMs = 0;
  let calls = 0;
  const kernel = (iterations: number) => {
    calls++;
    const slowness = calls < 5 ? 3 : calls % 5 === 0 ? 2 : 1;
    nowMs += (iterations / 40_000) * slowness;
    return 0;
  };
  expect(iterationsPerMs(() => nowMs, kernel)).toBeCloseTo(40_000, 3);
  expect(nowMs).toBeLessThan(600);
});
