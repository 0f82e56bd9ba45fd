import { expect, it } from 'vitest';
import { WITHOUT_COLOUR } from '../../src/report/terminal/paint.js';
import { renderTable } from '../../src/report/terminal/table.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { costTable } from '../../src/report/view/executor-table.js';
import { settlingNotes } from '../../src/report/words/marks.js';
import { rampText } from '../../src/report/words/ramp-and-tail.js';
import type { Ideal, ScenarioResult } from '../../src/schema/index.js';
import { makeExecutor, makeReport, waitingScenario } from '../support/report-fixture.js';

it('a CPU time that is not steady yet is marked, and the mark is explained once', () => {
  const executors = [makeExecutor({ cpuFalling: true }), makeExecutor({ id: 'b', name: 'queue' })];
  const scenario = { ...waitingScenario(), executors, baseline: 'limited', comparisons: [] };
  const table = renderTable(costTable(scenario)!, 120, WITHOUT_COLOUR).join('\n');
  expect(table).toMatch(/limited +240 µs↓/);
  expect(table).toMatch(/b ×2 +240 µs /);
  expect(settlingNotes([scenario])).toHaveLength(1);
  expect(settlingNotes([waitingScenario()])).toEqual([]);
});

it('a mark is explained where the terminal has room for what it marks', () => {
  const executors = [
    makeExecutor({ cpuFalling: true }),
    makeExecutor({ id: 'b', name: 'queue', coldOnly: true, perSecond: 1 }),
  ];
  const report = makeReport({
    scenarios: [{ ...waitingScenario(), executors, baseline: 'limited', comparisons: [] }],
  });
  const at = (width: number) => renderTerminal(report, { width, colour: false });
  for (const width of [40, 60, 80, 120, 200]) {
    const lines = at(width).split('\n');
    for (const mark of ['↓', '*']) {
      const [notes, figures] = [
        lines.filter(line => line.trim().startsWith(mark)),
        lines.filter(line => line.includes(mark)),
      ];
      expect({ width, mark, explained: notes.length > 0 }).toEqual({
        width,
        mark,
        explained: figures.length > notes.length,
      });
    }
  }
  expect(at(200)).toContain('still falling');
  expect(at(40)).not.toContain('cold trials');
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
