import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { renderNdjson } from '../../../src/report/exports/ndjson.js';
import { renderTrace } from '../../../src/report/exports/trace.js';
import { harmless } from '../../../src/report/text.js';
import type { Report } from '../../../src/schema/index.js';
import { packTasks } from '../../../src/stats/packed-tasks.js';
import { makeReport } from '../../support/report-fixture.js';
import { called, HOSTILE, recorded } from './recorded.js';

const read = (report: Report) =>
  renderNdjson(report)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('lines', () => {
  it('are the tasks that were recorded', () => {
    const tasks = recorded.scenarios.flatMap(({ scenario, executors }) =>
      executors.flatMap(({ variant, trace }) =>
        (trace?.first ?? []).map(({ index, outcome }) => [scenario.id, variant.id, index, outcome]),
      ),
    );
    expect(tasks).toHaveLength(8);
    expect(
      read(recorded).map(({ scenario, variant, index, outcome }) => [scenario, variant, index, outcome]),
    ).toEqual(tasks);
  });

  it('have times from the start of the trial, and what lies between them', () => {
    expect(read(recorded)[6]).toEqual({
      scenario: 'waiting',
      executor: 'queue',
      variant: 'queue',
      worker: 'thread 2',
      index: 1,
      outcome: 'timeout',
      queuedMs: 0,
      startedMs: 1,
      finishedMs: 3,
      deliveredMs: 3.5,
      waitMs: 1,
      serviceMs: 2,
      deliveryMs: 0.5,
      latencyMs: 3.5,
      says: 'too late',
    });
  });

  it('are all tasks where the times of all were kept, with what the first of them said', () => {
    const [result] = recorded.scenarios;
    const times = (from: number) => Float64Array.from({ length: 40 }, (_, index) => index + from);
    const table = {
      queuedMs: times(0),
      startedMs: times(1),
      finishedMs: times(2),
      deliveredMs: times(3),
      worker: new Uint16Array(40).fill(1),
      outcome: new Uint8Array(40).fill(2).fill(3, 38).fill(0, 39),
    };
    const data = gzipSync(packTasks(table, 0.001)).toString('base64');
    const [loop] = result!.executors;
    const trace = { ...loop!.trace!, tasks: 40, all: { tasks: 40, unitMs: 0.001, data } };
    const lines = read({ ...recorded, scenarios: [{ ...result!, executors: [{ ...loop!, trace }] }] });
    // The last one was never started.
    expect(lines.map(({ index }) => index)).toEqual(Array.from({ length: 39 }, (_, index) => index));
    expect(lines[0]).toMatchObject({ says: 'result 0', finishedMs: 10.000_001 });
    expect(lines[20]).toMatchObject({
      ...{ queuedMs: 20, startedMs: 21, finishedMs: 22, deliveredMs: 23 },
      ...{ outcome: 'completed', says: null },
    });
    expect(lines[38]).toMatchObject({ outcome: 'failed' });
  });

  it('have null where a file of an earlier version tells nothing', () => {
    const [result] = recorded.scenarios;
    const executors = result!.executors.map(executor => ({
      ...executor,
      trace: {
        ...executor.trace!,
        first: executor.trace!.first.map(({ queuedMs: _, deliveredMs: __, ...task }) => task),
      },
    }));
    expect(read({ ...recorded, scenarios: [{ ...result!, executors }] })[0]).toMatchObject({
      queuedMs: null,
      deliveredMs: null,
      waitMs: null,
      latencyMs: null,
      serviceMs: 10.000_001,
    });
  });
});

test.each(HOSTILE)('a name such as %j stays within its line', name => {
  const lines = read(called(name));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ scenario: harmless(name), variant: harmless(name), says: harmless(name) });
});

test.each([
  ['ndjson', renderNdjson],
  ['trace', renderTrace],
])('%s of results without recorded tasks says how to record them', (format, render) => {
  expect(() => render(makeReport())).toThrow(UsageError);
  expect(() => render(makeReport())).toThrow(new RegExp(`^${format}: expected .* --timeline`));
});
