import { expect, it } from 'vitest';
import { WITHOUT_COLOUR } from '../../src/report/terminal/paint.js';
import { renderTable } from '../../src/report/terminal/table.js';
import { costTable } from '../../src/report/view/executor-table.js';
import { settlingNotes } from '../../src/report/words/marks.js';
import { rampText } from '../../src/report/words/ramp-and-tail.js';
import type { Ideal, ScenarioResult } from '../../src/schema/index.js';
import { makeExecutor, waitingScenario } from '../support/report-fixture.js';

it('a CPU time that is not steady yet is marked, and the mark is explained once', () => {
  const executors = [makeExecutor({ cpuFalling: true }), makeExecutor({ id: 'b', name: 'queue' })];
  const scenario = { ...waitingScenario(), executors, baseline: 'limited', comparisons: [] };
  const table = renderTable(costTable(scenario)!, 120, WITHOUT_COLOUR).join('\n');
  expect(table).toMatch(/limited +240 µs↓/);
  expect(table).toMatch(/b ×2 +240 µs /);
  expect(settlingNotes([scenario])).toHaveLength(1);
  expect(settlingNotes([waitingScenario()])).toEqual([]);
});

const inWaves = (tasks: number, waves: readonly number[]): ScenarioResult => {
  const serviceMs = 50;
  const idealOf = (number: number) => ({ perSecond: tasks / ((number * serviceMs) / 1_000) }) as Ideal;
  const executors = waves.map((number, at) => makeExecutor({ id: `e${at}`, ideal: idealOf(number) }));
  return waitingScenario({ tasks, alone: { tasks: 20, serviceMs, cpuMs: 0.1 }, executors });
};

it.each([
  ['two waves are nothing else', inWaves(64, [2, 64]), ['ramp and tail 100 %']],
  ['eight waves', inWaves(256, [8]), ['ramp and tail 25 %']],
  ['twenty waves: no word', inWaves(640, [20, 640]), []],
  [
    'who starts all at once has no say where others go in waves',
    inWaves(640, [1, 16]),
    ['ramp and tail 13 %'],
  ],
  ['all start at once', inWaves(64, [1]), ['ramp and tail 100 %']],
])('%s', (_, scenario, text) => {
  expect(rampText(scenario)).toEqual(text);
});
