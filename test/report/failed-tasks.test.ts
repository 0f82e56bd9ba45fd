import { describe, expect, it } from 'vitest';
import { WITHOUT_COLOUR } from '../../src/report/terminal/paint.js';
import { renderTable } from '../../src/report/terminal/table.js';
import { executorTable } from '../../src/report/view/executor-table.js';
import { latencyTable } from '../../src/report/view/latency-table.js';
import type { TableView } from '../../src/report/view/types.js';
import type { ExecutorResult } from '../../src/schema/index.js';
import { makeDistribution, makeExecutor, waitingScenario } from '../support/report-fixture.js';

const textOf = (table: TableView) => renderTable(table, 120, WITHOUT_COLOUR).join('\n');
const WITHOUT = { ...makeDistribution(5, 6_000) };
const withFailed = (failed: number): Partial<ExecutorResult> => {
  const times = { ...makeDistribution(5, 6_000 - failed), failed };
  return { serviceMs: times, latencyMs: times };
};
const linesOf = (more: Partial<ExecutorResult>) => {
  const scenario = { ...waitingScenario(), executors: [makeExecutor({ name: 'limited', ...more })] };
  return textOf(executorTable({ ...scenario, baseline: 'limited', comparisons: [] }));
};

describe('the table of tasks of which some failed', () => {
  it('shows the times of the others, and the share that failed', () => {
    const table = linesOf(withFailed(30));
    expect(table).toMatch(/p99 service +failed/);
    expect(table).toMatch(/ms +0\.5 %/);
  });

  it('says that a percentile falls among them, instead of their time limit', () => {
    expect(linesOf(withFailed(600))).toMatch(/ failed +10 %/);
    expect(linesOf({ serviceMs: { ...makeDistribution(5, 0), count: 0, failed: 6_000 } })).toMatch(
      / failed +100 %/,
    );
  });

  it('has no such column where none failed', () => {
    expect(linesOf({ serviceMs: WITHOUT })).not.toContain('failed');
  });
});

it('so does the table of latencies, where a fork’s percentile is what counts', () => {
  const executor = makeExecutor({ name: 'limited', ...withFailed(600) });
  const latency = { p50: null, p90: null, p99: null, p999: null, amongFailed: ['p99'] as const };
  const scenario = { ...waitingScenario(), executors: [{ ...executor, latency }] };
  const table = textOf(latencyTable({ ...scenario, comparisons: [] }));
  expect(table).toMatch(/failed/);
  expect(table).toMatch(/10 %/);
});
