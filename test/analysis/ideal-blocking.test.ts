import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../src/analysis/bounds.js';
import { tooLong } from '../../src/analysis/expected.js';
import type { ExecutorHistory } from '../../src/analysis/history.js';
import { idealOf, type TaskProfile } from '../../src/analysis/ideal.js';
import { LOOP, PROCESSES, THREADS } from '../../src/executors/capabilities.js';
import type { AloneMeasured, TaskParts } from '../../src/schema/index.js';
import { makeMeasuredTrial, waitingScenario } from '../support/report-fixture.js';

const BLOCKS: TaskParts = { computesMs: 0.1, blocksMs: 9.9, offThreadMs: 0, childrenMs: 0, waitsMs: 0 };
const RESOURCES = { cores: 2, uvThreads: 4 };
const planned = waitingScenario().scenario;
const scenario = { ...planned, tasks: 6_400, workload: { ...planned.workload, kind: 'cpu' as const } };
const variant = { ...scenario.executors[0]!, sync: false };
const loop = { ...variant, capabilities: LOOP, concurrency: 64 };
const threads = (count: number) => ({
  ...variant,
  capabilities: THREADS,
  threads: count,
  concurrency: 64,
});

const task = (parts: TaskParts): TaskProfile => {
  const { computesMs, blocksMs, offThreadMs, waitsMs } = parts;
  return {
    tasks: 25,
    serviceMs: computesMs + blocksMs + offThreadMs + waitsMs,
    cpuMs: computesMs + offThreadMs,
    parts,
  };
};

describe('the ideal of tasks that block', () => {
  it.each([
    ['a loop, whatever is in flight', loop, BLOCKS, 100, 'blocking'],
    ['one after the other', { ...loop, concurrency: 1 }, BLOCKS, 100, 'blocking'],
    ['threads ÷ service', threads(2), BLOCKS, 200, 'blocking'],
    ['64 threads on two cores', threads(64), BLOCKS, 6_400, 'blocking'],
    [
      'fewer in flight than there are threads',
      { ...threads(64), concurrency: 16 },
      BLOCKS,
      1_600,
      'blocking',
    ],
    ['processes likewise', { ...threads(8), capabilities: PROCESSES }, BLOCKS, 800, 'blocking'],
    [
      'until cores compute all the time',
      threads(64),
      { ...BLOCKS, computesMs: 2, blocksMs: 8 },
      1_000,
      'cpu',
    ],
    ['a loop that computes as well', loop, { ...BLOCKS, computesMs: 4, blocksMs: 6 }, 100, 'blocking'],
    ['a loop that mostly computes', loop, { ...BLOCKS, computesMs: 7, blocksMs: 3 }, 100, 'cpu'],
    // Waits overlap, what is held does not.
    ['a loop that also waits', loop, { ...BLOCKS, blocksMs: 4.9, waitsMs: 5 }, 200, 'blocking'],
    [
      'one at a time that mostly waits',
      { ...loop, concurrency: 1 },
      { ...BLOCKS, blocksMs: 2.9, waitsMs: 7 },
      100,
      'waiting',
    ],
    ['cores that its processes take', threads(64), { ...BLOCKS, childrenMs: 1.9 }, 1_000, 'cpu'],
  ] as const)('%s', (_, executor, parts, perSecond, limitedBy) => {
    const ideal = idealOf(scenario, executor, task(parts), RESOURCES, null);
    expect(ideal?.perSecond).toBeCloseTo(perSecond, 6);
    expect(ideal?.limitedBy).toBe(limitedBy);
  });

  it('64 threads may be 64 times a loop', () => {
    const perSecond = (executor: typeof variant) =>
      idealOf(scenario, executor, task(BLOCKS), RESOURCES, null)!.perSecond;
    expect(perSecond(threads(64)) / perSecond(loop)).toBeCloseTo(64);
  });

  it('in whole waves, and of tasks that differ in length by their mean and the longest', () => {
    const few = { ...scenario, tasks: 3 };
    expect(idealOf(few, threads(2), task(BLOCKS), RESOURCES, null)?.perSecond).toBeCloseTo(150);
    const differing = { ...task(BLOCKS), lengths: { meanMs: 20, maxMs: 45 } };
    expect(idealOf(few, threads(2), differing, RESOURCES, null)?.perSecond).toBeCloseTo(3 / 0.045);
    expect(idealOf(scenario, threads(2), differing, RESOURCES, null)?.perSecond).toBeCloseTo(100);
  });
});

describe('the ideal of tasks that others compute', () => {
  const OFF: TaskParts = { computesMs: 0.1, blocksMs: 0, offThreadMs: 10, childrenMs: 0, waitsMs: 0 };

  it('is that of libuv’s pool, whatever was declared', () => {
    const ideal = idealOf(scenario, loop, task(OFF), { cores: 8, uvThreads: 4 }, null);
    expect(ideal).toMatchObject({ limitedBy: 'libuv', uvThreads: 4 });
    expect(ideal?.perSecond).toBeCloseTo(400);
  });

  it('counts the time that a task has a thread of the pool, not what it waits besides', () => {
    const waits = { ...OFF, waitsMs: 10 };
    const ideal = idealOf(scenario, loop, task(waits), { cores: 8, uvThreads: 4 }, null);
    expect(ideal?.perSecond).toBeCloseTo(400);
  });

  it('is not that of the pool where its thread computes though libuv was declared', () => {
    const declared = { ...scenario, workload: { ...scenario.workload, kind: 'libuv' as const } };
    const computes = { ...OFF, computesMs: 10, offThreadMs: 0 };
    const ideal = idealOf(declared, loop, task(computes), { cores: 8, uvThreads: 4 }, null);
    expect(ideal).toMatchObject({ limitedBy: 'cpu', uvThreads: null });
    expect(ideal?.perSecond).toBeCloseTo(100);
  });
});

describe('bounds of tasks that block', () => {
  const alone: AloneMeasured = {
    tasks: 25,
    serviceMs: 10.2,
    cpuMs: 0.2,
    computes: true,
    lengths: null,
    parts: { ...BLOCKS, computesMs: 0.2, blocksMs: 10 },
  };
  const executor = (cpuMsPerTask: number): ExecutorHistory => {
    const fork = { id: 'x', startupMs: 1, trials: [makeMeasuredTrial({ cpuMsPerTask })] };
    const nothing = { histograms: [], digests: null, examples: [], trace: null, warmedUp: null };
    return { variant, coldOnly: false, forks: [{ ...fork, ...nothing }] };
  };

  it('a busy loop that blocks is not shortened to its CPU time', () => {
    const bounds = boundsOf(alone, RESOURCES, [executor(0.083)]);
    expect(bounds.alone?.serviceMs).toBeCloseTo(10.083);
    expect(bounds.alone?.parts?.computesMs).toBeCloseTo(0.083);
    expect(bounds.alone?.parts?.blocksMs).toBe(10);
  });

  it('a trial of a loop takes one after the other, however many are in flight', () => {
    const two = { ...scenario, tasks: 100_000, executors: [loop, { ...threads(64), id: 'queue' }] };
    expect([...tooLong(two, task(BLOCKS)).values()]).toEqual([1_000_000]);
  });
});
