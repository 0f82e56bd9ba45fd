import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle, warmCpuMsPerTask } from '../../src/analysis/steady.js';
import { createRandom } from '../../src/random.js';
import type { WarmUpBlock } from '../../src/schema/index.js';

/** Blocks of so much CPU time, at these speeds in tasks per second. */
function blocksOf(perSecond: readonly number[], cpuMs = 100): WarmUpBlock[] {
  return perSecond.map(speed => ({
    tasks: Math.round((speed * cpuMs) / 1_000),
    cpuMs,
    wallMs: cpuMs,
    loopBusyMs: cpuMs,
  }));
}

/** Half-second figures as five blocks each. */
const inTenths = (perSecond: readonly number[]) => blocksOf(perSecond.flatMap(speed => Array(5).fill(speed)));

describe('when code has come to its speed', () => {
  it('a formula renderer in a thread: 2008 4166 7915 8615 9147, then level', () => {
    const { settled, need } = settle(
      inTenths([2008, 4166, 7915, 8615, 9147, 9150, 9140, 9155, 9150, 9145, 9150]),
    );
    expect(settled).toBe(true);
    // Through the 8615, which is 6 % below the level.
    // Blocks have whole tasks.
    expect(Math.abs(need.settledTasks - (2008 + 4166 + 7915 + 8615) / 2)).toBeLessThan(20);
    expect(need.tasks).toBe(Math.ceil(1.5 * need.settledTasks));
    expect(need.cpuMs).toBe(3_000);
  });

  it('is not fooled by a flat stretch before a jump', () => {
    const flatThenJump = [1054, 1161, 1121, 1097, 1361, 1549, 1580, 1575, 1580, 1585];
    const early = settle(inTenths(flatThenJump.slice(0, 4)));
    const { need } = settle(inTenths([...flatThenJump, ...Array(4).fill(1580)]));
    expect(need.settledTasks).toBeGreaterThan((1054 + 1161 + 1121 + 1097 + 1361) / 2 - 20);
    // Four seconds of CPU are what a pilot has at least: the jump is in them, and two are not enough.
    expect(early.settled).toBe(false);
    expect(early.need.settledTasks).toBeLessThan(need.settledTasks);
  });

  it('says no while it still changes', () => {
    const growing = Array.from({ length: 40 }, (_, at) => 1_000 / (1 + at / 10));
    expect(settle(blocksOf(growing)).settled).toBe(false);
  });

  it('of too few blocks says no', () => {
    expect(settle(blocksOf([1_000, 1_000, 1_000, 1_000, 1_000])).settled).toBe(false);
    expect(settle([]).settled).toBe(false);
  });

  it('code that needs nothing needs its first block', () => {
    const { settled, need } = settle(blocksOf(Array(40).fill(1_000)));
    expect({ settled, ...need }).toEqual({ settled: true, settledTasks: 0, tasks: 150, cpuMs: 150 });
  });

  it('forgives one block in five that something else disturbed', () => {
    const random = createRandom(5);
    let settledRuns = 0;
    for (let run = 0; run < 200; run++) {
      const speeds = Array.from({ length: 40 }, (_, at) => {
        const level = at < 8 ? 500 + 60 * at : 1_000;
        const disturbed = at % 5 === 4 ? 0.8 : 1;
        return level * disturbed * (1 + 0.04 * (random.next() - 0.5));
      });
      if (settle(blocksOf(speeds)).settled) settledRuns++;
    }
    expect(settledRuns).toBeGreaterThanOrEqual(190);
  });

  it('forgives a burst of somebody else in which all is slower, once it was fast', () => {
    const disturbed = [
      ...Array(6).fill(500),
      ...Array(14).fill(1_000),
      ...Array(6).fill(800),
      ...Array(14).fill(1_000),
    ];
    expect(settle(blocksOf(disturbed))).toMatchObject({ settled: true, need: { settledTasks: 6 * 50 } });
  });

  it('and one in which all is faster, and then as it was', () => {
    const disturbed = [
      ...Array(6).fill(500),
      ...Array(14).fill(1_000),
      ...Array(8).fill(1_800),
      ...Array(14).fill(1_000),
    ];
    expect(settle(blocksOf(disturbed))).toMatchObject({ settled: true, need: { settledTasks: 6 * 50 } });
  });

  it('does not forgive code that was faster before', () => {
    const deoptimised = [...Array(20).fill(1_000), ...Array(20).fill(800)];
    expect(settle(blocksOf(deoptimised)).settled).toBe(false);
    const early = [...Array(8).fill(1_000), ...Array(32).fill(800)];
    expect(settle(blocksOf(early))).toMatchObject({ settled: true, need: { settledTasks: 800 } });
  });

  it('joins the scraps that the parts of a pilot end with', () => {
    const scrap = { tasks: 1, cpuMs: 3, wallMs: 3, loopBusyMs: 3 };
    const blocks = blocksOf(Array(40).fill(1_000));
    expect(settle([...blocks.slice(0, 20), scrap, ...blocks.slice(20), scrap]).settled).toBe(true);
  });

  it('needs no more than 1.5 times of what was run, and never less than it found', () => {
    const speeds = fc.array(fc.double({ min: 50, max: 5_000, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(speeds, perSecond => {
        const blocks = blocksOf(perSecond);
        const total = blocks.reduce((sum, { tasks }) => sum + tasks, 0);
        const { need, settled } = settle(blocks);
        expect(need.tasks).toBeGreaterThanOrEqual(need.settledTasks);
        expect(need.tasks).toBeLessThanOrEqual(Math.ceil(1.5 * total));
        if (settled) expect(need.settledTasks).toBeLessThanOrEqual(total / 2);
      }),
    );
  });
});

it('the warm cost of a task is the median of the final third', () => {
  expect(warmCpuMsPerTask(blocksOf([100, 200, 500, 1_000, 1_000, 1_000]))).toBeCloseTo(1, 9);
});
