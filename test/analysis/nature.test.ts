import { describe, expect, it } from 'vitest';
import { medianParts, partsOf, usesPool } from '../../src/analysis/nature.js';
import type { TaskParts, ThreadUse } from '../../src/schema/index.js';

/** 25 tasks of about 10 ms, recorded on a machine of two cores: most of them while others used up to 99 % of it. */
const use = (more: Partial<ThreadUse>): ThreadUse => ({
  wallMs: 280,
  busyMs: 280,
  threadCpuMs: 5,
  queuedMs: 0,
  processCpuMs: 5,
  v8CpuMs: 0,
  othersQueuedMs: 0,
  childrenCpuMs: 0,
  stolenMs: 0,
  outsideShare: 0,
  ...more,
});

const RECORDED = {
  'Atomics.wait': use({
    wallMs: 279.82,
    busyMs: 279.81,
    threadCpuMs: 4.59,
    queuedMs: 23.5,
    processCpuMs: 4.52,
  }),
  execSync: use({
    wallMs: 620.58,
    busyMs: 620.58,
    threadCpuMs: 34.05,
    queuedMs: 83.31,
    processCpuMs: 34.06,
    childrenCpuMs: 60,
    stolenMs: 10,
  }),
  'busy loop': use({
    wallMs: 418,
    busyMs: 418.01,
    threadCpuMs: 96.39,
    queuedMs: 310.33,
    processCpuMs: 115.03,
    v8CpuMs: 18.54,
  }),
  setTimeout: use({ wallMs: 270.86, busyMs: 5.86, threadCpuMs: 7.14, queuedMs: 23.75, processCpuMs: 7.2 }),
  scrypt: use({
    wallMs: 178.42,
    busyMs: 33.17,
    threadCpuMs: 6.9,
    queuedMs: 29.79,
    processCpuMs: 178.19,
    othersQueuedMs: 81.34,
  }),
  argon2: use({
    wallMs: 590.96,
    busyMs: 59.96,
    threadCpuMs: 12.31,
    queuedMs: 304.74,
    processCpuMs: 185.25,
    v8CpuMs: 8.85,
    othersQueuedMs: 659.93,
  }),
  garbage: use({
    wallMs: 208.94,
    busyMs: 208.95,
    threadCpuMs: 45.07,
    queuedMs: 168.38,
    processCpuMs: 75.33,
    v8CpuMs: 30.14,
  }),
  'objects on a machine with a core to spare, V8 collecting all the time': use({
    wallMs: 684,
    busyMs: 684,
    threadCpuMs: 208.7,
    queuedMs: 390.9,
    processCpuMs: 521.4,
    v8CpuMs: 312.7,
  }),
};

const at = (parts: TaskParts | null) => Object.entries(parts!).filter(([, ms]) => ms > 1.5);
const namesOf = (recorded: ThreadUse) => at(partsOf(recorded, 25)).map(([name]) => name);

describe('what a task does, by what was recorded', () => {
  it.each([
    ['Atomics.wait', ['blocksMs']],
    ['execSync', ['blocksMs', 'childrenMs']],
    ['busy loop', ['computesMs']],
    ['setTimeout', ['waitsMs']],
    ['scrypt', ['offThreadMs']],
    ['argon2', ['offThreadMs']],
    ['garbage', ['computesMs']],
    ['objects on a machine with a core to spare, V8 collecting all the time', ['computesMs']],
  ] as const)('%s', (name, parts) => {
    expect(namesOf(RECORDED[name])).toEqual(parts);
  });

  it('has the milliseconds of each task', () => {
    const parts = partsOf(RECORDED['Atomics.wait'], 25)!;
    expect(parts.blocksMs).toBeCloseTo(10.07, 1);
    expect(parts.computesMs).toBeCloseTo(0.18, 2);
    expect(partsOf(RECORDED.scrypt, 25)!.offThreadMs).toBeCloseTo(6.9, 1);
  });

  it.each([
    ['others had the core', { threadCpuMs: 100, processCpuMs: 100, queuedMs: 178 }],
    ['the hypervisor took it', { threadCpuMs: 100, processCpuMs: 100, stolenMs: 178 }],
    ["the thread waited for V8's", { threadCpuMs: 100, processCpuMs: 278, v8CpuMs: 178 }],
    ['a tenth of it is not clear', { threadCpuMs: 255, processCpuMs: 255 }],
    ['two milliseconds in all are nothing', { wallMs: 6, busyMs: 6, threadCpuMs: 4.5, processCpuMs: 4.5 }],
  ])('a busy loop did not block where %s', (_, more) => {
    expect(partsOf(use(more), 25)?.blocksMs).toBe(0);
  });

  it('a thread that is held while a native library computes on its own blocks', () => {
    const native = partsOf(use({ threadCpuMs: 5, processCpuMs: 555, v8CpuMs: 0 }), 25)!;
    expect([native.blocksMs, native.offThreadMs, native.waitsMs]).toEqual([11, 22, 0]);
    expect(usesPool('libuv', 11.2, native)).toBe(false);
  });

  it('says nothing of trials that are too short', () => {
    expect(partsOf(use({ wallMs: 4, busyMs: 4 }), 2_000)).toBeNull();
  });

  describe('where the system does not tell the times of a thread', () => {
    const unknown = { threadCpuMs: null, queuedMs: null, v8CpuMs: null, othersQueuedMs: null };

    it('the CPU time of the process tells as much', () => {
      expect(namesOf(use({ ...unknown, processCpuMs: 5 }))).toEqual(['blocksMs']);
      expect(namesOf(use({ ...unknown, processCpuMs: 275 }))).toEqual(['computesMs']);
      expect(namesOf(use({ ...unknown, busyMs: 5, processCpuMs: 5 }))).toEqual(['waitsMs']);
      expect(namesOf(use({ ...unknown, busyMs: 5, processCpuMs: 270 }))).toEqual(['offThreadMs']);
    });

    it('a quarter of the time may be anything, and so may all of it on a machine that is busy', () => {
      expect(namesOf(use({ ...unknown, processCpuMs: 210 }))).toEqual(['computesMs']);
      expect(partsOf(use({ ...unknown, processCpuMs: 5, outsideShare: 0.5 }), 25)).toBeNull();
    });
  });
});

describe('medianParts', () => {
  const one = { computesMs: 10, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs: 0 };

  it('forgets what happened once', () => {
    expect(medianParts([{ ...one, blocksMs: 40 }, one, one])).toEqual(one);
    expect(medianParts([null, one])).toEqual(one);
    expect(medianParts([null])).toBeNull();
  });
});

describe('usesPool', () => {
  const parts = { computesMs: 0.1, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs: 9.9 };

  it.each([
    ['its CPU time is off the loop, which idles', 'cpu', { ...parts, offThreadMs: 9.9, waitsMs: 0 }, true],
    ['more threads than one compute it', 'libuv', { ...parts, offThreadMs: 30, waitsMs: 0 }, false],
    ['its thread computes', 'libuv', { ...parts, computesMs: 9.9, waitsMs: 0.1 }, false],
    ['its thread is blocked', 'libuv', { ...parts, blocksMs: 9.9, waitsMs: 0 }, false],
    ['it waits, for a disk perhaps', 'libuv', parts, true],
    ['it waits', 'wait', parts, false],
    ['nobody knows', 'libuv', null, true],
    ['nobody knows, and it was not declared', 'cpu', null, false],
  ] as const)('%s: declared %s', (_, kind, known, expected) => {
    expect(usesPool(kind, 10, known)).toBe(expected);
  });
});
