import { failedLoss } from '../../src/errors.js';
import type { Finding, Report } from '../../src/schema/index.js';
import { alternativesScenario } from '../support/alternatives-fixture.js';
import { mapReport } from '../support/map-fixture.js';
import {
  capacityOf,
  computingScenario,
  machineBusy,
  makeComparison,
  makeDistribution,
  makeExecutor,
  makeLostTrial,
  makeReport,
  makeScenario,
  mixedSweep,
  NO_SAMPLES,
  RESULTS_DIFFER,
  rateScenario,
  STEADY,
  tooManyFailed,
  waitingScenario,
} from '../support/report-fixture.js';

const nothing = { median: null, low: null, high: null };

/** Text that a foreign module may have put anywhere: escapes, marks that reorder text, wide characters, markup, length. */
const EVIL =
  'e\u001b[31mv\u202eil\r\n\tname 漢字漢字 | <b>`*_[x](y) that goes on and on and never comes to an end ';
const EVIL_FINDING: Finding = {
  code: 'failed-tasks',
  severity: 'note',
  subjects: [EVIL],
  values: { kind: EVIL, example: EVIL },
};

const traceOf = (worker: number, inFlight: readonly number[], arrived: readonly number[]) => ({
  wallMs: 100,
  tasks: 4,
  tracks: [{ worker, tasks: 4, inFlight }],
  first: [],
  arrived,
  all: null,
});

/** Valid answers: one for the loop, with what the workers did, and one for threads by their number. */
const single = makeReport({
  scenarios: [
    waitingScenario({
      attachment: { kind: 'article', data: { timeScale: 0.1, article: null } },
      payloadBytes: 64_000,
      coldComparisons: [makeComparison('queue', 'limited', 0.92, 0.05)],
      executors: waitingScenario().executors.map(executor => {
        const { id } = executor.variant;
        if (id === 'sequential') return { ...executor, trace: traceOf(0, [1, 1, 1, 1], [0, 1, 2, 3]) };
        return id === 'limited' ? { ...executor, trace: traceOf(0, [8, 2, 0, 0], [3, 0, 2, 1]) } : executor;
      }),
    }),
    computingScenario({
      executors: [
        makeExecutor({ name: 'limited', perSecond: 195 }),
        ...[190, 372, 375, 350].map((perSecond, at) => {
          const threads = 2 ** at;
          const axis = { name: 'threads', value: threads };
          return makeExecutor({ name: 'queue', id: `queue threads=${threads}`, threads, perSecond, axis });
        }),
      ],
    }),
    waitingScenario({
      name: 'service',
      title: 'SERVICE',
      tasks: null,
      load: { kind: 'duration', durationMs: 10_000 },
    }),
  ],
});

const inFlight = (number: number, perSecond: number, share = 0) =>
  makeExecutor({
    id: `limited in-flight=${number}`,
    inFlight: number,
    perSecond,
    axis: { name: 'inFlight', value: number },
    validity: share > 0 ? 'INVALID' : 'VALID',
    findings: share > 0 ? [tooManyFailed(`limited in-flight=${number}`, share)] : [],
    outcomes: {
      issued: 6_000,
      completed: 6_000 * (1 - share),
      cancelled: 0,
      failed: share > 0 ? { 'http-429': 6_000 * share } : {},
    },
  });

/** Every kind of note, names that do harm, one variant that fails, and what was not measured precisely enough. */
const notes = makeReport({
  interrupted: true,
  environment: { ...makeReport().environment, cores: 8, cgroupCores: 1.5 },
  command: {
    program: 'npx threads-vs-loop',
    args: ['run', 'http', './my-workload.mjs', '--param', 'headers={"a":"b c"}', '--in-flight', '10,20,40'],
  },
  scenarios: [
    makeScenario({
      title: 'TROUBLED',
      stoppedBy: 'interrupted',
      validity: 'WEAK',
      expectedFailures: ['http-503'],
      findings: [
        machineBusy(0.31),
        {
          code: 'lost',
          severity: 'note',
          subjects: ['queue'],
          values: { trials: 30, during: 'trial', loss: failedLoss('said in a line of its own') },
        },
        {
          code: 'rounded-in-flight',
          severity: 'note',
          subjects: [],
          values: { rounded: [{ asked: 10, used: 12 }], threads: [4], multiple: 4 },
        },
      ],
      executors: [
        makeExecutor({
          name: 'sequential',
          perSecond: 20,
          coldOnly: true,
          rounds: 3,
          cpuFalling: true,
          serviceMs: { ...makeDistribution(51, 600), failed: 3 },
        }),
        makeExecutor({
          outcomes: {
            issued: 6_000,
            completed: 5_984,
            cancelled: 2,
            failed: { 'http-500': 4, timeout: 8, 'http-503': 2 },
          },
        }),
        makeExecutor({
          name: 'queue',
          rounds: 0,
          forks: 0,
          lostTrials: 30,
          tasksPerSecond: nothing,
          wallMs: nothing,
          coldSlowdown: null,
          serviceMs: NO_SAMPLES,
          coresUsed: null,
          trials: new Array(30).fill(makeLostTrial('worker 1 ran out of memory: Reached heap limit')),
        }),
      ],
    }),
    makeScenario({
      name: 'limits',
      title: 'LIMITS',
      executors: [inFlight(10, 180), inFlight(20, 350), inFlight(40, 232, 0.8)],
      validity: 'WEAK',
      findings: [tooManyFailed('limited in-flight=40', 0.8)],
    }),
    waitingScenario({ name: 'wide', title: 'WIDE', halfWidth: 0.6, stoppedBy: 'budget' }),
    makeScenario({
      name: EVIL,
      title: EVIL,
      workload: EVIL,
      params: { [EVIL]: EVIL },
      executors: [
        makeExecutor({ id: EVIL, name: EVIL, perSecond: 20 }),
        makeExecutor({
          name: '漢字',
          outcomes: { issued: 9, completed: 8, cancelled: 0, failed: { [EVIL]: 1 } },
        }),
        makeExecutor({ name: 'queue', id: `${EVIL}q`, perSecond: 1_109 }),
      ],
      validity: 'WEAK',
      findings: [tooManyFailed(EVIL, 0.8, EVIL), EVIL_FINDING],
    }),
  ],
});

/** Along a number; along sizes, by variants that are told apart by long options; along a number at one rate. */
const sweep = makeReport({
  scenarios: [
    ...mixedSweep({ findings: [EVIL_FINDING] }),
    ...(
      [
        [0, 390, 390, 370],
        [64_000, 360, 380, 330],
        [1_000_000, 210, 240, 170],
      ] as const
    ).map(([bytes, clone, transfer, processes]) =>
      makeScenario({
        name: 'payload',
        id: `payload ${bytes}`,
        title: 'PAYLOAD',
        payloadBytes: bytes,
        axis: { name: 'payload', value: bytes },
        executors: [
          makeExecutor({ name: 'limited', perSecond: 198 }),
          makeExecutor({ name: 'queue', id: 'queue payloadBy=clone', perSecond: clone }),
          makeExecutor({ name: 'queue', id: 'queue payloadBy=transfer', perSecond: transfer }),
          makeExecutor({ name: 'processes', kind: 'processes', perSecond: processes }),
        ],
      }),
    ),
    ...(
      [
        [0.1, { limited: 24, queue: 26 }],
        [4, { limited: null, queue: 88 }],
      ] as const
    ).map(([cpuMs, p99Ms]) =>
      rateScenario(400, p99Ms, {
        id: `service cpuMs=${cpuMs}`,
        params: { waitMs: 20, cpuMs },
        axis: { name: 'param.cpuMs', value: cpuMs },
        slo: [],
      }),
    ),
  ],
});

/** A search for the highest rate, and single rates. */
const rates = makeReport({
  scenarios: [
    rateScenario(100, { limited: 23, queue: 22, batched: 40 }),
    rateScenario(300, { limited: 26, queue: 23, batched: 120 }),
    rateScenario(1_000, { limited: 30, queue: 24, batched: null }),
    rateScenario(3_000, { limited: null, queue: 610, batched: null }),
    rateScenario(
      1_000,
      { limited: 31, queue: 25 },
      { purpose: 'confirmation', id: 'service rate=1000 confirmation' },
    ),
    rateScenario(100, { batched: 41 }, { purpose: 'confirmation', id: 'service rate=100 confirmation' }),
    rateScenario(500, { limited: 30, queue: 24 }, { axis: null, name: 'one', id: 'one', title: 'ONE RATE' }),
    rateScenario(900, { limited: 46, queue: null }, { axis: null, name: 'late', id: 'late', title: 'LATE' }),
  ],
  capacities: [capacityOf('limited', 1_000), capacityOf('queue', 1_000), capacityOf('batched', 100)],
});

/** Figures that must not be believed, and an executor alone. */
const invalid = makeReport({
  scenarios: [
    waitingScenario({
      validity: 'INVALID',
      findings: [
        RESULTS_DIFFER,
        {
          code: 'origin-saturated',
          severity: 'invalid',
          subjects: ['promise-all'],
          values: { by: 'loop', busyShare: 0.97, allowedShare: 0.9 },
        },
      ],
    }),
    rateScenario(500, { limited: 30 }, { axis: null, title: 'ALONE' }),
  ],
});

/** Isolates that had no time to become warm: not asked for, and asked for. */
const cold = makeReport({
  scenarios: [
    waitingScenario({
      title: 'NOT WARM',
      validity: 'WEAK',
      findings: [
        {
          code: 'not-warm',
          severity: 'weak',
          subjects: [],
          values: { neededTasks: 2_400, neededMs: 1_700, hadTasks: 200 },
        },
      ],
      steadiness: {
        ...STEADY,
        state: 'not warm',
        neededTasks: 2_400,
        neededMs: 1_700,
        hadTasks: 200,
        budgetMs: 90_000,
      },
    }),
    makeScenario({
      title: 'COLD',
      name: 'cold',
      steadiness: { ...STEADY, state: 'cold' },
      executors: [
        makeExecutor({ perSecond: 900, coldOnly: true, warmUp: { tasks: 2_400, cpuMs: 1_700 } }),
        makeExecutor({ name: 'queue', perSecond: 1_200, coldOnly: true }),
      ],
    }),
  ],
});

/** Values of a parameter, and versions of a task, beside each other. */
const alternatives = makeReport({
  scenarios: [
    alternativesScenario('lib', {
      limited: { marked: 200, 'markdown-it': 100 },
      queue: { marked: 390, 'markdown-it': 180 },
    }),
    alternativesScenario(
      'version',
      { limited: { [EVIL]: 100, new: 140 }, queue: { [EVIL]: 190, new: 264 } },
      { title: 'VERSIONS', name: 'new' },
    ),
  ],
});

/** Where threads pay, with the task of a tune marked. */
const map = mapReport({ threads: EVIL, task: { name: EVIL, waitMs: 6, cpuMs: 2.5 } });

/** One report of each shape. */
export const reports: Readonly<Record<string, Report>> = {
  single,
  notes,
  sweep,
  rates,
  invalid,
  cold,
  alternatives,
  map,
};
