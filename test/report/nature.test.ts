import { describe, expect, it, test } from 'vitest';
import { workText } from '../../src/report/view/scenario.js';
import { view } from '../../src/report/view/view.js';
import { natureText } from '../../src/report/words/task-nature.js';
import type { ExecutorResult, Ideal, ScenarioResult, TaskParts } from '../../src/schema/index.js';
import { makeExecutor, makeReport, makeScenario, mixedSweep } from '../support/report-fixture.js';
import { whyText } from '../support/why-text.js';

const NOTHING: TaskParts = { computesMs: 0, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs: 0 };

function scenarioOf(parts: Partial<TaskParts>, more: Partial<ScenarioResult> = {}): ScenarioResult {
  const all = { ...NOTHING, ...parts };
  const cpuMs = all.computesMs + all.offThreadMs;
  const serviceMs = cpuMs + all.blocksMs + all.waitsMs;
  return makeScenario({ alone: { tasks: 25, serviceMs, cpuMs, parts: all }, ...more });
}

describe('what a task does, in words', () => {
  it.each([
    [{ computesMs: 0.083, blocksMs: 10 }, 'blocks its thread for 10 ms and computes 83 µs of it'],
    [
      { computesMs: 2, blocksMs: 8, waitsMs: 5 },
      'blocks its thread for 10 ms and computes 2.0 ms of it, waits 5.0 ms besides',
    ],
    [
      { computesMs: 1, blocksMs: 11, childrenMs: 2 },
      'blocks its thread for 12 ms and computes 1.0 ms of it, has 2.0 ms computed by processes that it starts',
    ],
    [
      { computesMs: 0.1, blocksMs: 5, offThreadMs: 7 },
      'blocks its thread for 5.1 ms and computes 100 µs of it, has 7.0 ms computed on threads of libuv or of a native library',
    ],
    [{ computesMs: 9.9, waitsMs: 0.1 }, 'is 99 % computing'],
    [{ computesMs: 0.1, waitsMs: 9.9 }, 'is 99 % waiting'],
    [
      { computesMs: 0.1, waitsMs: 9.9, childrenMs: 8 },
      'is 99 % waiting, has 8.0 ms computed by processes that it starts',
    ],
    [{ computesMs: 4, waitsMs: 6 }, 'is 60 % waiting and 40 % computing'],
    [
      { computesMs: 0.1, offThreadMs: 9.9 },
      'is 100 % computing, on threads of libuv or of a native library and not on its own',
    ],
    [
      { computesMs: 2, offThreadMs: 6, waitsMs: 2 },
      'is 20 % waiting and 80 % computing, 75 % of that on threads of libuv or of a native library',
    ],
  ])('%o', (parts, text) => {
    expect(natureText(scenarioOf(parts))).toBe(text);
  });

  it('is by CPU time and service time where its parts are not known', () => {
    const scenario = makeScenario({ alone: { tasks: 20, serviceMs: 10, cpuMs: 4 } });
    expect(natureText(scenario)).toBe('is 60 % waiting and 40 % computing');
    expect(natureText(makeScenario({ alone: null }))).toBeNull();
  });
});

const BLOCKS = { computesMs: 0.1, blocksMs: 9.9 };

function bounded(name: string, limitedBy: Ideal['limitedBy'], perSecond: number): ExecutorResult {
  const ideal = { perSecond, limitedBy, uvThreads: null, share: 0.98 };
  return { ...makeExecutor({ name, perSecond: perSecond * 0.98 }), ideal };
}

test('what blocks is told what a further thread is worth', () => {
  const executors = [bounded('limited', 'blocking', 100), bounded('queue', 'blocking', 6_400)];
  const scenario = scenarioOf(BLOCKS, { executors });
  expect(whyText(scenario, executors)).toMatch(
    /^A task blocks its thread for 10 ms and computes 100 µs of it; each further thread adds one task at a time; blocking allows `limited` 100\/s \(98 % reached\) and `queue` 6,400\/s \(98 %\)/,
  );
  expect(workText(scenario)).toContain('tasks of 10 ms');
});

test('once cores are the limit a further thread adds nothing', () => {
  const executors = [bounded('limited', 'blocking', 100), bounded('queue', 'cpu', 1_000)];
  const text = whyText(scenarioOf(BLOCKS, { executors }), executors);
  expect(text).not.toContain('further thread');
  expect(text).toContain('blocking allows `limited` 100/s (98 % reached), computing allows `queue` 1,000/s');
});

test('cores that are busy beside a loop are said to be libuv’s only if somebody saw them', () => {
  const idle = { utilization: 0.03, bystanderWaitMs: 0.1, p50Ms: 1, p99Ms: 1, maxMs: 1 };
  const loop: ExecutorResult = {
    ...bounded('limited', 'libuv', 73),
    coresUsed: 3.9,
    loop: idle,
  };
  const off = scenarioOf({ computesMs: 0.1, offThreadMs: 9.9 }, { executors: [loop] });
  expect(whyText(off, [loop])).toContain(
    'on threads of libuv or of a native library and not on its own: `limited` kept 3.9 cores busy, its loop 3.0 %',
  );
  const own = scenarioOf({ computesMs: 8, waitsMs: 2 }, { executors: [loop] });
  expect(whyText(own, [loop])).toMatch(/^A task is 20 % waiting and 80 % computing;/);
});

test('a sweep tells what a task does at its two ends', () => {
  const parts = [
    { ...NOTHING, computesMs: 0.1, waitsMs: 9.9 },
    { ...NOTHING, computesMs: 0.1, blocksMs: 9.9 },
  ];
  const [first, ...others] = mixedSweep();
  const last = others.at(-1)!;
  const ends = [first!, last].map((scenario, end) => ({
    ...scenario,
    alone: { tasks: 20, serviceMs: 10, cpuMs: 0.1, parts: parts[end]! },
  }));
  const [group] = view(makeReport({ scenarios: ends })).groups;
  expect(group!.why).toMatch(
    /A task is 99 % waiting at \S+ \S+, blocks its thread for 10 ms and computes 100 µs of it at/,
  );
  const waitsLast = ends.map((scenario, end) => ({ ...scenario, alone: ends[1 - end]!.alone }));
  expect(view(makeReport({ scenarios: waitsLast })).groups[0]!.why).toMatch(
    /A task blocks its thread for 10 ms and computes 100 µs of it at \S+ \S+, is 99 % waiting at/,
  );
});
