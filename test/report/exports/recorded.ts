import type { ExecutorResult, Report, Trace, TracedTask } from '../../../src/schema/index.js';
import {
  makeComparison,
  makeExecutor,
  makeLostTrial,
  makeMeasuredTrial,
  makeReport,
  makeScenario,
} from '../../support/report-fixture.js';

/** Text that a foreign module may have put anywhere: formulas, markup, quotes, controls, marks that reorder text. */
export const HOSTILE: readonly string[] = [
  '=HYPERLINK("http://example.com","x")',
  '+1',
  '-1+1',
  '@SUM(A1)',
  ' \t=1',
  "'=1",
  '＝1',
  'a,b;c "d"\r\n=e',
  '</testcase>]]><script>&amp;\uffff',
  'v\u202eil\u001b[31m\u0000',
  'back\\slash"\n# EOF',
  '漢字 ÷ 2',
  `${'long '.repeat(2_000)}end`,
];

function task(index: number, worker: number, from: number, to: number, more: Partial<TracedTask> = {}) {
  return {
    index,
    worker,
    queuedMs: 0,
    startedMs: from,
    finishedMs: to,
    deliveredMs: to + 0.5,
    outcome: 'completed',
    says: `result ${index}`,
    ...more,
  };
}

function traceOf(first: readonly TracedTask[], tasks = first.length): Trace {
  const workers = [...new Set(first.map(({ worker }) => worker))];
  return {
    wallMs: 20,
    tasks,
    tracks: workers.map(worker => ({ worker, tasks: 1, inFlight: [1] })),
    first,
    arrived: first.map(({ index }) => index),
    all: null,
  };
}

/** A loop with three in flight, and two threads with a task that failed. */
const [loop, threads]: readonly ExecutorResult[] = [
  makeExecutor({
    trials: [
      makeMeasuredTrial({ cold: true, round: 0, wallMs: 201.25 }),
      makeMeasuredTrial({ wallMs: 0.1 + 0.2, cpuMsPerTask: null }),
    ],
    trace: traceOf([
      task(0, 0, 0, 10.000_001),
      task(1, 0, 0.25, 5),
      task(2, 0, 0.5, 6),
      task(3, 0, 5, 9),
      task(4, 0, 10.000_001, 12),
    ]),
  }),
  makeExecutor({
    name: 'queue',
    histogram: { of: 'service', upToMs: [50, 51.5, 54, 71.4], counts: [1_000, 3_000, 1_900, 100] },
    trials: [
      makeMeasuredTrial({
        position: 1,
        outcomes: { issued: 200, completed: 190, cancelled: 1, failed: { timeout: 8, 'http-500': 1 } },
        faults: [{ code: 'not-issued', issued: 199, expected: 200 }],
      }),
      makeLostTrial('worker 1 ran out of memory'),
    ],
    lostTrials: 1,
    trace: traceOf(
      [task(0, 0, 1, 9), task(1, 1, 1, 3, { outcome: 'timeout', says: 'too late' }), task(2, 1, 3, 8)],
      200,
    ),
  }),
];

/** Tasks of two executors, trials of every kind. */
export const recorded: Report = makeReport({
  scenarios: [makeScenario({ executors: [loop!, threads!] }), makeScenario({ name: 'other', id: 'other' })],
});

/** The same, everything that has a name being called so. */
export function called(name: string): Report {
  const hostileTask = task(0, 0, 0, 1, { outcome: name, says: name });
  const executors = [
    makeExecutor({
      id: name,
      name,
      trials: [makeMeasuredTrial(), makeLostTrial(name)],
      trace: traceOf([hostileTask]),
    }),
    makeExecutor({
      name: 'queue',
      outcomes: { issued: 9, completed: 8, cancelled: 0, failed: { [name]: 1 } },
      trials: [
        makeMeasuredTrial({ outcomes: { issued: 9, completed: 8, cancelled: 0, failed: { [name]: 1 } } }),
      ],
    }),
  ];
  return makeReport({
    generator: name,
    scenarios: [
      makeScenario({
        name,
        id: name,
        title: name,
        params: { [name]: name },
        axis: { name: 'param.x', value: name },
        executors,
        comparisons: [makeComparison('queue', name, 0.5)],
      }),
    ],
  });
}
