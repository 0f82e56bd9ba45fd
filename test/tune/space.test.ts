import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/plan.js';
import type { AloneMeasured, MachineFacts } from '../../src/schema/index.js';
import { type TuneRanges, tuneSpace } from '../../src/tune/space.js';

const MACHINE: MachineFacts = { cores: 2, uvThreads: 4, cpuQuota: null } as unknown as MachineFacts;
const FREE: TuneRanges = { threads: null, inFlight: null, options: [] };

function alone(serviceMs: number, waitsMs: number): AloneMeasured {
  const computesMs = serviceMs - waitsMs;
  const parts = { computesMs, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs };
  return { tasks: 10, serviceMs, cpuMs: computesMs, parts } as unknown as AloneMeasured;
}

async function spaceOf(
  measured: AloneMeasured,
  executors: readonly string[],
  ranges = FREE,
  more: Partial<MachineFacts> = {},
) {
  const plan = await makePlan({
    targets: ['cpu'],
    executors: [...executors],
    threads: 1,
    inFlight: 2,
    durationMs: 300,
  });
  const scenario = plan.scenarios[0]!;
  return tuneSpace({ scenario, ranges, alone: measured, machine: { ...MACHINE, ...more }, mostThreads: 100 });
}

describe('the space of a tune', () => {
  it('tries other ways to hand out tasks where these are short and compute', async () => {
    const { points, variants } = await spaceOf(alone(0.1, 0), ['limited', 'piscina', 'tinypool']);
    expect(new Set(points.map(({ executor, setting }) => `${executor} ${setting}`.trim()))).toEqual(
      new Set([
        'limited',
        ...['piscina atomics=async', 'piscina atomics=sync'],
        ...['tinypool atomics=false', 'tinypool atomics=true'],
      ]),
    );
    const sync = points.filter(({ setting }) => setting === 'atomics=sync');
    for (const { id } of sync) expect(variants.get(id)!.options.atomics).toBe('sync');
    expect(variants.size).toBe(points.length);
  });

  it.each([
    ['long tasks', alone(5, 0), FREE],
    ['tasks that wait', alone(0.5, 0.4), FREE],
    ['an option that was set', alone(0.1, 0), { ...FREE, options: ['atomics'] }],
  ] as const)('but not for %s', async (_, measured, ranges) => {
    const { points } = await spaceOf(measured, ['limited', 'piscina'], ranges);
    expect(points.every(({ setting }) => setting === '')).toBe(true);
  });

  it('has no more in flight than files may be open, unless that was asked for', async () => {
    const executors = ['limited', 'piscina'];
    const most = (space: Awaited<ReturnType<typeof spaceOf>>) =>
      Math.max(...[...space.variants.values()].map(({ inFlight }) => inFlight));
    expect(most(await spaceOf(alone(50, 50), executors))).toBeGreaterThan(1_000);
    expect(most(await spaceOf(alone(50, 50), executors, FREE, { openFiles: 256 }))).toBe(128);
    const asked = { ...FREE, inFlight: [400] };
    expect(most(await spaceOf(alone(50, 50), executors, asked, { openFiles: 256 }))).toBeGreaterThan(128);
  });

  it('what is in flight of an executor that runs batches is the size of its batch', async () => {
    const { points, variants } = await spaceOf(alone(0.1, 0), ['batched']);
    expect(points.length).toBeGreaterThan(5);
    for (const { id, inFlightPerWorker, setting } of points) {
      expect(variants.get(id)!.options.batchSize).toBe(inFlightPerWorker);
      expect(setting).toBe('');
    }
  });
});
