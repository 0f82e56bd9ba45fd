import { expect, it } from 'vitest';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';

const recordedOf = async (input: PlanInput, records = true) => {
  const plan = await makePlan({ seed: 1, ...input }, { records });
  return plan.scenarios.map(({ recorded }) => recorded);
};

it('chooses all executors of a scenario', async () => {
  expect(await recordedOf({ targets: ['timer'], executors: ['sequential', 'queue'] })).toEqual([
    ['sequential', 'queue'],
  ]);
});

it('chooses none where nobody asks for it, where timeline says so, or where no tasks are kept', async () => {
  const input = { targets: ['timer'], executors: ['sequential', 'queue'] };
  expect(await recordedOf(input, false)).toEqual([undefined]);
  expect(await recordedOf({ ...input, timeline: true })).toEqual([undefined]);
  expect(await recordedOf({ ...input, timeline: false })).toEqual([undefined]);
  expect(await recordedOf({ ...input, durationMs: 500 })).toEqual([[]]);
  expect(await recordedOf({ ...input, tasks: 50_001 })).toEqual([[]]);
});

it('chooses the two ends of a sweep', async () => {
  const executors = ['sequential', 'queue'];
  expect(await recordedOf({ targets: ['timer'], executors, tasks: [10, 20, 30, 40] })).toEqual([
    executors,
    undefined,
    undefined,
    executors,
  ]);
});

it('chooses eight of forty variants, the baseline and the ends among them', async () => {
  const inFlight = Array.from({ length: 40 }, (_, at) => at + 1);
  const [recorded] = await recordedOf({ targets: ['timer'], executors: ['sequential', 'limited'], inFlight });
  expect(recorded).toHaveLength(8);
  expect(recorded).toEqual(
    expect.arrayContaining(['sequential', 'limited in-flight=1', 'limited in-flight=40']),
  );
});

it('keeps a results file small: ten trials of 50,000 tasks are more than there is room for', async () => {
  const sent = (await recordedOf({
    targets: ['timer'],
    executors: ['sequential', 'limited', 'batched', 'queue', 'piscina', 'tinypool'],
    tasks: [49_000, 50_000],
  })) as string[][];
  const chosen = sent.flat();
  expect(chosen.length).toBeGreaterThan(5);
  expect(chosen.length).toBeLessThan(10);
});
