import { describe, expect, it } from 'vitest';
import { requestFaults } from '../../src/analysis/conservation.js';
import { idealOf, leastCpuMs, withoutDisprovedPool } from '../../src/analysis/ideal.js';
import { LOOP, PROCESSES, THREADS } from '../../src/executors/capabilities.js';
import { machineLoadBetween } from '../../src/hosts/machine-load.js';
import type { OriginCounters, Scenario, TrialFigures } from '../../src/schema/index.js';
import { waitingScenario } from '../support/report-fixture.js';

const planned = (more: Partial<Scenario> = {}): Scenario => ({
  ...waitingScenario().scenario,
  ...more,
});
const scenario = planned();
const origin = (busyShare: number): OriginCounters => ({
  requests: 100,
  responses: 100,
  connections: 4,
  maxConcurrency: 10,
  meanConcurrency: 5,
  cpuMs: 1,
  elapsedMs: 100,
  loopActiveMs: busyShare * 100,
});

describe('requestFaults', () => {
  const http = planned({ workload: { ...scenario.workload, requestsPerTask: 1 } });
  const silent = planned({ workload: { ...scenario.workload, requestsPerTask: 0 } });
  const outcomes = (completed: number, failed: Record<string, number> = {}, cancelled = 0) => {
    const issued = completed + cancelled + Object.values(failed).reduce((a, b) => a + b, 0);
    return { outcomes: { issued, completed, cancelled, failed } } as TrialFigures;
  };
  const seen = (requests: number) => ({ ...origin(0), requests });

  it.each([
    ['all completed', outcomes(10), 10, []],
    ['one request too few', outcomes(10), 9, [{ code: 'requests', requests: 9, least: 10, most: 10 }]],
    ['one request too many', outcomes(10), 11, [{ code: 'requests', requests: 11, least: 10, most: 10 }]],
    [
      'answered failures count',
      outcomes(8, { 'http-500': 2 }),
      8,
      [{ code: 'requests', requests: 8, least: 10, most: 10 }],
    ],
    ['a refused request may not have arrived', outcomes(8, { refused: 2 }), 8, []],
    ['a timed-out request may have arrived', outcomes(8, { timeout: 2 }), 10, []],
    [
      'more than issued never',
      outcomes(8, { timeout: 2 }, 1),
      12,
      [{ code: 'requests', requests: 12, least: 8, most: 11 }],
    ],
  ])('%s', (_, figures, requests, expected) => {
    expect(requestFaults(http, figures, seen(requests))).toEqual(expected);
  });

  it('says nothing without an origin or without requests', () => {
    expect(requestFaults(http, outcomes(10), null)).toEqual([]);
    expect(requestFaults(silent, outcomes(10), seen(3))).toEqual([]);
  });
});

describe('idealOf', () => {
  const hundred = planned({ tasks: 100 });
  const variant = (more: object) => ({
    ...hundred.executors[0]!,
    capabilities: LOOP,
    concurrency: 10,
    ...more,
  });
  const alone = { tasks: 10, serviceMs: 20, cpuMs: 0.5 };
  const seen = (tasksPerSecond: number) => ({ tasksPerSecond, coresUsed: null, loop: null });

  it.each([
    ['waiting: ten waves of 20 ms', variant({}), alone, 2, 500, 'waiting'],
    ['a half-empty last wave takes as long', variant({ concurrency: 64 }), alone, 2, 2_000, 'cpu'],
    ['two waves of 64', variant({ concurrency: 64 }), { ...alone, cpuMs: 0.1 }, 2, 2_500, 'waiting'],
    [
      'one after the other, computing',
      variant({ concurrency: 1 }),
      { tasks: 9, serviceMs: 4, cpuMs: 4 },
      2,
      250,
      'cpu',
    ],
    [
      'two threads that compute',
      variant({ capabilities: THREADS, threads: 2 }),
      { tasks: 9, serviceMs: 4, cpuMs: 4 },
      2,
      500,
      'cpu',
    ],
    [
      'the origin takes half a core',
      variant({ capabilities: THREADS, threads: 2 }),
      { tasks: 9, serviceMs: 4, cpuMs: 4 },
      1.5,
      375,
      'cpu',
    ],
  ])('%s', (_, executor, task, cores, perSecond, limitedBy) => {
    const ideal = idealOf(hundred, executor, task, { cores, uvThreads: 4 }, seen(perSecond / 2));
    expect(ideal?.perSecond).toBeCloseTo(perSecond, 9);
    expect(ideal).toMatchObject({ limitedBy, share: 0.5 });
  });

  it.each([
    // Two cores of 4 ms tasks are 500/s; the pool of one thread 250/s, that of four 1,000/s.
    ['one thread of libuv', 1, 250, 'libuv'],
    ['more threads of libuv than cores', 4, 500, 'cpu'],
  ])('%s', (_, uvThreads, perSecond, limitedBy) => {
    const pooled = planned({ tasks: 640, workload: { ...scenario.workload, kind: 'libuv' } });
    const task = { tasks: 9, serviceMs: 4, cpuMs: 4 };
    const ideal = idealOf(pooled, variant({ concurrency: 64 }), task, { cores: 2, uvThreads }, null);
    expect(ideal).toMatchObject({ perSecond, limitedBy, uvThreads, share: null });
  });

  it.each([
    ['those it was asked for', { uvThreads: 1 }, 1],
    ['one pool for all threads', { capabilities: THREADS, threads: 4 }, 2],
    ['a pool for each process', { capabilities: PROCESSES, threads: 4, uvThreads: 3 }, 12],
  ] as const)('of libuv’s threads it has %s', (_, more, uvThreads) => {
    const pooled = planned({ tasks: 640, workload: { ...scenario.workload, kind: 'libuv' } });
    const task = { tasks: 9, serviceMs: 4, cpuMs: 4 };
    const ideal = idealOf(pooled, variant(more), task, { cores: 2, uvThreads: 2 }, null);
    expect(ideal?.uvThreads).toBe(uvThreads);
  });

  it.each([
    ["V8's own threads kept half a core busy beside the loop", 1.2, 0.8, 4, 3_000],
    ['no more than there are cores', 1.2, 0.8, 1.25, 2_500],
    ['a loop that had little to do', 0.1, 0.1, 4, 2_000],
    ['a loop that nobody asked anything of', 0, 0, 4, 2_000],
  ])('by computing, on a loop: %s', (_, coresUsed, utilization, cores, perSecond) => {
    const loop = { utilization, bystanderWaitMs: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 };
    const used = { ...seen(1_000), coresUsed, loop };
    const ideal = idealOf(hundred, variant({ concurrency: 100 }), alone, { cores, uvThreads: 4 }, used);
    expect(ideal?.perSecond).toBeCloseTo(perSecond, 9);
  });

  it.each([
    ['as many as the pool allows, and what it differs by', 4, 1_240, false, 4],
    ['more than it allows: it is no limit', 4, 1_260, false, null],
    ['more, in twice as many threads', 8, 1_260, false, 4],
    ['more, but not of these tasks', 4, 1_260, true, 4],
    ['nothing', 4, null, false, 4],
  ])('libuv’s threads where somebody was seen to do %s', (_, uvThreads, tasksPerSecond, sync, expected) => {
    const some = { variant: variant({ uvThreads, sync }), tasksPerSecond };
    const none = { variant: variant({}), tasksPerSecond: null };
    // Four threads and 4 ms a task: 1,000/s.
    expect(withoutDisprovedPool({ cores: 2, uvThreads: 4 }, 4, [none, some])).toEqual({
      cores: 2,
      uvThreads: expected,
    });
  });

  it('is without libuv’s threads where they are no limit', () => {
    const pooled = planned({ tasks: 640, workload: { ...scenario.workload, kind: 'libuv' } });
    const task = { tasks: 9, serviceMs: 4, cpuMs: 0.1 };
    const ideal = idealOf(pooled, variant({ concurrency: 64 }), task, { cores: 2, uvThreads: null }, null);
    expect(ideal).toMatchObject({ perSecond: 16_000, limitedBy: 'waiting', uvThreads: null });
  });

  it.each([
    // 1 s and 2 s at once take 2 s; one after the other 3.
    ['two of different length at once', 2, 2, { meanMs: 150, maxMs: 200 }, 10],
    ['one after the other', 2, 1, { meanMs: 150, maxMs: 200 }, 2 / 0.3],
    ['many, in waves of ten', 100, 10, { meanMs: 150, maxMs: 200 }, 100 / 1.5],
    ['as many as there is time for', null, 10, { meanMs: 150, maxMs: 200 }, 10 / 0.15],
  ])('tasks that differ in length: %s', (_, tasks, concurrency, lengths, perSecond) => {
    const task = { tasks: 2, serviceMs: 100, cpuMs: 0.1, lengths };
    const varied = { ...hundred, tasks };
    const ideal = idealOf(varied, variant({ concurrency }), task, { cores: 2, uvThreads: 4 }, null);
    expect(ideal?.perSecond).toBeCloseTo(perSecond, 9);
    expect(ideal?.limitedBy).toBe('waiting');
  });

  it('is not made for taskSync, of which a task alone tells nothing', () => {
    expect(
      idealOf(hundred, variant({ sync: true }), alone, { cores: 2, uvThreads: 4 }, seen(100)),
    ).toBeNull();
  });

  it('is not made without a task alone', () => {
    expect(idealOf(hundred, variant({}), null, { cores: 2, uvThreads: 4 }, seen(100))).toBeNull();
  });

  it('takes the least CPU time that a task was seen to need', () => {
    expect(leastCpuMs(3, [2, null, 0.5])).toBe(0.5);
    expect(leastCpuMs(3, [])).toBe(3);
  });
});

describe('machine load', () => {
  it('is what others used, as a share', () => {
    const before = { total: 1_000, busy: 100, stolen: 0, ours: 50 };
    const after = { total: 2_000, busy: 700, stolen: 100, ours: 350 };
    expect(machineLoadBetween(before, after)).toEqual({ outsideShare: 0.3, stealShare: 0.1 });
    expect(machineLoadBetween(null, after)).toBeNull();
    expect(machineLoadBetween(before, before)).toBeNull();
  });
});
