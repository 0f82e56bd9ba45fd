import { failedLoss } from '../../src/errors.js';
import type { ExecutorResult, Finding, Report } from '../../src/schema/index.js';
import { LogHistogram } from '../../src/stats/histogram.js';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import {
  makeExecutor,
  makeLostTrial,
  makeMeasuredTrial,
  makeReport,
  makeScenario,
  NO_SAMPLES,
} from '../support/report-fixture.js';
import { recordedTrace } from '../support/task-tables.js';
import { tuneReport } from '../support/tune-fixture.js';
import { reports } from './sample-reports.js';

/** What would do something in a page that takes names for markup: it must be text, and nothing else. */
export const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  `" onmouseover="alert(3)" x='`,
  '</style><style>*{display:none}',
  '</title></svg><a href="javascript:alert(4)">&lt;b&gt;</a>',
  '<!-- {{7*7}} --> <![CDATA[',
  'right \u202eot left\u2066 שלום عالم',
  'https://example.com/x.png',
  `url(https://example.com/y) ${'long '.repeat(2_000)}end`,
] as const;

const hostile = makeReport({
  command: { program: 'npx threads-vs-loop', args: ['run', ...HOSTILE] },
  scenarios: HOSTILE.map((name, at) =>
    makeScenario({
      name,
      title: name,
      workload: name,
      params: { [name]: name },
      validity: 'WEAK',
      findings: [
        { code: 'failed-tasks', severity: 'weak', subjects: [name], values: { kind: name, example: name } },
        { code: 'stopped', severity: 'note', subjects: [], values: { loss: failedLoss(name) } },
      ] satisfies Finding[],
      executors: [
        makeExecutor({ id: name, name, perSecond: 20 + at, trials: [makeMeasuredTrial()] }),
        makeExecutor({ name: 'queue', id: `queue ${name}`, label: `queue ${name}`, perSecond: 1_109 }),
      ],
    }),
  ),
});

const lost = makeExecutor({
  rounds: 0,
  forks: 0,
  lostTrials: 1,
  tasksPerSecond: { median: null, low: null, high: null },
  wallMs: { median: null, low: null, high: null },
  coldSlowdown: null,
  cpuMsPerTask: null,
  serviceMs: NO_SAMPLES,
  latencyMs: NO_SAMPLES,
  waitMs: NO_SAMPLES,
  coresUsed: null,
  trials: [makeLostTrial('the process ended: out of memory')],
});

const nothingMeasured: Finding = {
  code: 'nothing-measured',
  severity: 'invalid',
  subjects: [],
  values: { why: 'no-trial-counts' },
};

/** Everything was lost; nothing but one executor, in one fork of a few tasks. */
const little = makeReport({
  interrupted: true,
  scenarios: [
    makeScenario({
      name: 'lost',
      title: 'ALL LOST',
      validity: 'INVALID',
      findings: [nothingMeasured],
      alone: null,
      executors: [lost],
    }),
    makeScenario({
      name: 'alone',
      title: 'ALONE',
      halfWidth: null,
      alone: null,
      executors: [
        makeExecutor({
          forks: 1,
          rounds: 1,
          tasksPerSecond: { median: 3, low: null, high: null },
          serviceMs: { ...NO_SAMPLES, count: 4, min: 300, mean: 330, max: 390 },
          trials: [makeMeasuredTrial()],
        }),
      ],
    }),
  ],
});

/** More variants than have room for a name each, and executors enough for all colours. */
const many = makeReport({
  scenarios: [
    makeScenario({
      name: 'many',
      title: 'FORTY',
      executors: Array.from({ length: 40 }, (_, at) => {
        const value = 2 ** (at % 4);
        return makeExecutor({
          name: `pool-${Math.floor(at / 4)}`,
          id: `pool-${Math.floor(at / 4)} in-flight=${value}`,
          kind: 'threads',
          inFlight: value,
          perSecond: 100 + 13 * at,
          axis: { name: 'inFlight', value },
        });
      }),
    }),
  ],
});

const SIZES = [1, 2, 3, 4, 6, 8];

/** Throughput over numbers of threads, and the law that it follows. */
const scaling = makeReport({
  scenarios: [
    makeScenario({
      name: 'scaling',
      title: 'SCALING',
      kind: 'cpu',
      executors: SIZES.map((threads): ExecutorResult => {
        const perSecond = (100 * threads) / (1 + 0.04 * (threads - 1) + 0.002 * threads * (threads - 1));
        return makeExecutor({
          name: 'queue',
          id: `queue threads=${threads}`,
          threads,
          perSecond,
          cpuMsPerTask: 9 + threads / 4,
          axis: { name: 'threads', value: threads },
          ideal: { perSecond: 110 * threads, limitedBy: 'cpu', uvThreads: null, share: 0.8 },
          trials: [makeMeasuredTrial()],
        });
      }),
      alone: { tasks: 20, serviceMs: 9, cpuMs: 8.8 },
      scaling: [
        {
          series: 'queue',
          sizes: SIZES,
          law: {
            gamma: 100,
            alpha: { value: 0.04, low: 0.02, high: 0.06 },
            beta: { value: 0.002, low: 0, high: 0.004 },
            peak: null,
            efficiency: 0.7,
            misfit: null,
          },
          leftOut: [],
          why: null,
        },
      ],
    }),
  ],
});

/** All tasks of a trial of each: some fail, names are hostile, one has more workers than labels. */
const recorded = makeReport({
  scenarios: [
    makeScenario({
      name: 'recorded',
      title: 'RECORDED',
      executors: [
        makeExecutor({
          name: 'sequential',
          trace: recordedTrace(
            Array.from({ length: 20 }, (_, at) => ({ startedMs: 10 * at, ranMs: 9.5 })),
            {
              loopBusy: [
                [0, 3],
                [50, 53.5],
              ],
            },
          ),
        }),
        makeExecutor({
          name: HOSTILE[0],
          id: HOSTILE[0],
          kind: 'threads',
          trace: recordedTrace(
            Array.from({ length: 60 }, (_, at) => ({
              startedMs: 3 * (at % 20),
              ranMs: 10 + (at % 7),
              deliveryMs: 2,
              worker: at % 12,
              outcome: at % 9 === 8 ? FAILED : COMPLETED,
            })),
          ),
        }),
      ],
    }),
  ],
});

/** As many tasks as have percentiles of every kind: a tail, and none. */
const quantiles = makeReport({
  scenarios: [
    makeScenario({
      name: 'quantiles',
      title: 'QUANTILES',
      executors: [0.7, 0.1].map((tail, at) => {
        const histogram = new LogHistogram();
        for (let task = 0; task < 120_000; task++)
          histogram.add(20 + at + (1 - (task + 0.5) / 120_000) ** -tail);
        return makeExecutor({
          name: ['limited', 'queue'][at]!,
          serviceMs: histogram.distribution(),
          histogram: { of: 'service', ...histogram.ends() },
        });
      }),
    }),
  ],
});

const allFailed: Finding = {
  code: 'failed-tasks',
  severity: 'invalid',
  subjects: ['limited', 'queue'],
  values: { kind: 'error', example: HOSTILE[0] },
};

/** Nothing was completed, and so nothing has a time. */
const failed = makeReport({
  scenarios: [
    makeScenario({
      name: 'failed',
      title: 'ALL FAILED',
      validity: 'INVALID',
      findings: [allFailed],
      alone: null,
      halfWidth: null,
      comparisons: [],
      executors: ['limited', 'queue'].map(name =>
        makeExecutor({
          name,
          tasksPerSecond: { median: 0, low: null, high: null },
          cpuMsPerTask: null,
          serviceMs: { ...NO_SAMPLES, failed: 100 },
          latencyMs: { ...NO_SAMPLES, failed: 100 },
          waitMs: { ...NO_SAMPLES, failed: 100 },
          outcomes: { issued: 100, completed: 0, cancelled: 0, failed: { error: 100 } },
          trials: [makeMeasuredTrial()],
        }),
      ),
    }),
  ],
});

/** Forty variants at each of twelve places, the longest page that is asked for by hand. */
const wide = makeReport({
  scenarios: Array.from({ length: 12 }, (_, place) => {
    const axis = { name: 'tasks', value: 10 * (place + 1) };
    return makeScenario({
      name: 'wide',
      title: 'WIDE',
      axis,
      executors: Array.from({ length: 40 }, (_, at) =>
        makeExecutor({
          name: `pool-${at}`,
          id: `pool-${at}`,
          label: at === 39 ? HOSTILE[8] : `pool-${at}`,
          kind: 'threads',
          perSecond: 100 + at * (place + 1),
        }),
      ),
    });
  }),
});

/** What a page has to stand, besides the reports of all formats. */
export const pageReports: Readonly<Record<string, Report>> = {
  ...reports,
  hostile,
  little,
  failed,
  many,
  wide,
  scaling,
  recorded,
  quantiles,
  tune: tuneReport(),
  'tune without an answer': tuneReport({ answer: null }, { interrupted: true, scenarios: [] }),
  nothing: makeReport({ scenarios: [], interrupted: true }),
};
