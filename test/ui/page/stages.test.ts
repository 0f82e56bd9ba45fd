import { expect, it } from 'vitest';
import { FAILED } from '../../../src/tasks/recorder.js';
import { longestStage, stagesOf } from '../../../src/ui/page/explain/stages.js';
import { funnelsOf } from '../../../src/ui/page/measure/funnel.js';
import { raceGeometry } from '../../../src/ui/page/race/geometry.js';
import { tableOf } from '../../support/task-tables.js';

it('tells where the time of tasks went, without those that failed', () => {
  const table = tableOf([
    { queuedMs: 0, startedMs: 2, ranMs: 10, deliveryMs: 1 },
    { queuedMs: 0, startedMs: 4, ranMs: 20, deliveryMs: 3 },
    { queuedMs: 0, startedMs: 900, ranMs: 9_000, outcome: FAILED },
  ]);
  const stages = stagesOf(table, { waitsMs: 10, computesMs: 4, blocksMs: 1 })!;
  expect(stages).toEqual({ queue: 3, computing: 5, waiting: 10, delivery: 2 });
  expect(longestStage(stages)).toBe('waiting');
  expect(stagesOf(tableOf([]), null)).toBeNull();
});

it('draws intervals fork by fork, for each scenario that was told', () => {
  const told = (scenarioNumber: number, forks: number, low: number | null) => ({
    scenario: `S${scenarioNumber}`,
    scenarioNumber,
    ofScenarios: 2,
    forks,
    baseline: 'limited',
    standings: [
      { label: 'limited', name: 'limited', tasksPerSecond: 9, ratio: 1, low: 1, high: 1 },
      { label: 'queue ×2', name: 'queue', tasksPerSecond: 9, ratio: low === null ? null : 2, low, high: low },
    ],
  });
  const plots = funnelsOf([told(2, 1, 1.5), told(1, 2, 1.8), told(1, 1, null), told(1, 3, 1.9)]);
  expect(plots.map(({ scenario, forks }) => [scenario, forks])).toEqual([
    ['S1', 3],
    ['S2', 1],
  ]);
  const [limited, queue] = plots[0]!.funnels;
  expect(limited!.isBaseline).toBe(true);
  expect(queue!.intervals.map(({ low }) => low)).toEqual([1.8, 1.9]);
});

it('has room for the tracks of six executors on a projector, none above another', () => {
  const spec = { tracks: [{ firstRow: 0, rows: 499 }], hasWaiting: true, hasBusy: true };
  const geometry = raceGeometry(Array(6).fill(spec), { unit: 1, isNarrow: false });
  expect(geometry.height).toBeLessThan(1_000);
  const edges = geometry.blocks.flatMap(({ top, bottom }) => [top, bottom]);
  expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  expect(geometry.blocks[0]!.top).toBeGreaterThan(geometry.lanes.at(-1)!.top);
});
