import { describe, expect, it } from 'vitest';
import { checkLittle, littleFindings } from '../../src/analysis/littles-law.js';
import type { Evidence } from '../../src/analysis/validity/evidence.js';
import { judge } from '../../src/analysis/validity/judge.js';
import { overloadFindings } from '../../src/analysis/validity/pacing.js';
import { judgeVariants } from '../../src/analysis/validity/variants.js';
import { LOOP, PROCESSES, THREADS } from '../../src/executors/capabilities.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import type {
  ArrivalSummary,
  Distribution,
  MeasuredTrial,
  OriginCounters,
  Scenario,
} from '../../src/schema/index.js';
import {
  type ExecutorSpec,
  makeComparison,
  makeExecutor,
  makeMeasuredTrial,
  STEADY,
  waitingScenario,
  withVariant,
} from '../support/report-fixture.js';
import { reasonsOf } from '../support/sentences.js';

const planned = (more: Partial<Scenario> = {}): Scenario => ({
  ...waitingScenario().scenario,
  ...more,
});
const scenario = planned();
const withTrials = (trials: readonly MeasuredTrial[], more: ExecutorSpec = {}) =>
  makeExecutor({ id: 'limited', forks: 6, trials, ...more });
const trials = (of: (fork: number, round: number) => Partial<MeasuredTrial>) =>
  [0, 1, 2, 3, 4, 5].flatMap(fork =>
    [1, 2, 3, 4].map(round => makeMeasuredTrial({ fork, round, cold: false, ...of(fork, round) })),
  );
const plain = trials(() => ({}));
/** Slopes of so many per mille a round, one a fork, with noise of rounds that is alike. */
const drifting = (perMille: readonly number[]) =>
  trials((fork, round) => ({ tasksPerSecond: 1_000 * (1 + perMille[fork]! / 1e3) ** round }));
const steady = () =>
  trials((fork, round) => ({ tasksPerSecond: 1_000 + ((fork + round) % 2 === 0 ? 1 : -1) }));
const busyLoop = { loop: { utilization: 0.99, bystanderWaitMs: 1, p50Ms: 1, p99Ms: 2, maxMs: 3 } };

const clean: Evidence = {
  scenario,
  executors: [withTrials(plain)],
  mismatches: [],
  stoppedBy: 'precision',
  steadiness: STEADY,
  comparisons: [makeComparison('limited', 'sequential', 2)],
  machine: { cores: 2, uvThreads: 4, clockResolutionNs: 40, loadAverageAtStart: 0.3 },
  load: { outsideShare: 0.02, stealShare: 0 },
};
const UNISSUED = { code: 'not-issued', issued: 8, expected: 9 } as const;
const WALL_MS = 178.6;
/** Shares of the trial's own time. */
const origin = (busy: number, core = 0.01): OriginCounters => ({
  requests: 100,
  responses: 100,
  connections: 4,
  maxConcurrency: 10,
  meanConcurrency: 5,
  cpuMs: core * WALL_MS,
  // Readings before and after the trial: 30 ms more than the trial itself.
  elapsedMs: WALL_MS + 30,
  loopActiveMs: busy * WALL_MS,
});
const distribution = (p50: number, p99: number | null, count = 2_000): Distribution => ({
  count,
  min: p50,
  mean: p50,
  p50,
  p90: p50,
  p99,
  p999: null,
  max: (p99 ?? p50) * 2,
});
const arrivals = (pacerLateMs: Distribution, more: Partial<ArrivalSummary> = {}): ArrivalSummary => ({
  due: 2_000,
  unfinished: 0,
  pacerLateMs,
  backlogByQuarter: [10, 10, 10, 10],
  overloaded: false,
  ...more,
});
const known = { median: 20, low: 19, high: 21 };
const byRate = (more: ExecutorSpec) =>
  withTrials(plain, {
    arrivals: arrivals(distribution(0.1, 0.4)),
    latencyMs: distribution(20, 30),
    latency: { p50: known, p90: known, p99: known, p999: null },
    ...more,
  });
const rated = planned({
  tasks: 500,
  load: { kind: 'rate', perSecond: 500, arrivals: 'constant', maxBacklog: 10_000 },
  origin: null,
});

describe('judge', () => {
  it('finds nothing in a clean run', () => {
    expect(judge(clean)).toEqual({ validity: 'VALID', findings: [] });
  });

  const mismatch = { executor: 'queue', other: 'limited', fork: 0, different: 1, compared: 9, firstIndex: 4 };
  it.each<[string, Partial<Evidence>, RegExp]>([
    [
      'results that differ',
      { mismatches: [mismatch] },
      /^results differ: `queue` and `limited` disagree on 1 of 9/,
    ],
    [
      'counts that disagree',
      { executors: [withTrials(trials(fork => ({ faults: fork === 0 ? [UNISSUED] : [] })))] },
      /^counts disagree: `limited`, 4 of 24 trials, e.g. 8 tasks issued of 9/,
    ],
    [
      'failed tasks',
      {
        executors: [
          withTrials(
            trials(() => ({})),
            { outcomes: { issued: 1_000, completed: 980, cancelled: 5, failed: { timeout: 15 } } },
          ),
        ],
      },
      /^too many failed tasks: `limited`, 2\.0 % of 1,000 \(15 timeout, 5 cancelled\), wanted is failed <= 1 %/,
    ],
    [
      'a saturated origin',
      { executors: [withTrials(trials(() => ({ origin: origin(0.97) })))] },
      /^origin saturated: its loop was busy 97 % of the time under `limited`/,
    ],
    [
      'an origin that uses a whole core',
      { executors: [withTrials(trials(() => ({ origin: origin(0.5, 0.95) })))] },
      /^origin saturated: it used a core 95 % of the time under `limited`/,
    ],
    [
      'a late pacer',
      { scenario: rated, executors: [byRate({ arrivals: arrivals(distribution(0.2, 3.5)) })] },
      /^pacer late: under `limited` tasks were released 3\.5 ms after they were due \(p99\), at most 3\.0 ms allowed/,
    ],
    [
      'a late pacer of few tasks',
      { scenario: rated, executors: [byRate({ arrivals: arrivals(distribution(3, null)) })] },
      /^pacer late: under `limited` tasks were released 3\.0 ms after they were due \(p90\), at most 2\.0 ms allowed/,
    ],
  ])('%s: INVALID', (_, evidence, reason) => {
    const judgement = judge({ ...clean, ...evidence });
    expect(judgement.validity).toBe('INVALID');
    expect(reasonsOf(judgement)[0]).toMatch(reason);
  });

  describe('one bad variant among good ones', () => {
    const failing = (inFlight: number, share: number) =>
      withTrials(plain, {
        id: `limited in-flight=${inFlight}`,
        inFlight,
        outcomes: {
          issued: 1_000,
          completed: 1_000 * (1 - share),
          cancelled: 0,
          failed: share > 0 ? { 'http-429': 1_000 * share } : {},
        },
      });
    const inFlight = [failing(10, 0), failing(20, 0), failing(40, 0.8)];

    it('is left out, and said to be; the others are as good as before', () => {
      const judgement = judge({ ...clean, executors: inFlight });
      expect(judgement.validity).toBe('WEAK');
      expect(judgement.findings.map(({ severity }) => severity)).toEqual(['invalid']);
      expect(reasonsOf(judgement)).toEqual([
        'too many failed tasks: `limited in-flight=40`, 80 % of 1,000 (800 http-429), wanted is failed <= 1 % (--max-failed; --expect-failures http-429 where they belong to it)',
      ]);
    });

    it('bears the state itself, with its reasons', () => {
      const states = judgeVariants({ ...clean, executors: inFlight }).map(({ validity }) => validity);
      expect(states).toEqual(['VALID', 'VALID', 'INVALID']);
    });

    it('of two: what is left is compared with nobody, but shows how many in flight are too many', () => {
      expect(judge({ ...clean, executors: inFlight.slice(1) }).validity).toBe('WEAK');
      const other = withVariant(failing(40, 0.8), { name: 'queue', id: 'queue' });
      expect(judge({ ...clean, executors: [failing(20, 0), other] }).validity).toBe('INVALID');
    });

    it('of two with an objective: the other can still meet it', () => {
      const late = byRate({ id: 'queue', name: 'queue', arrivals: arrivals(distribution(0.2, 3.5)) });
      const slo = [{ metric: 'p99', operator: '<', value: 50 }] as const;
      const executors = [byRate({}), late];
      expect(judge({ ...clean, scenario: rated, executors }).validity).toBe('INVALID');
      expect(judge({ ...clean, scenario: { ...rated, slo }, executors }).validity).toBe('WEAK');
    });

    it('results that differ void all: nobody knows whose are right', () => {
      const evidence = { ...clean, executors: inFlight.slice(0, 2), mismatches: [mismatch] };
      expect(judge(evidence).validity).toBe('INVALID');
    });
  });

  it.each([
    ['a loop has no threads', { capabilities: LOOP, threads: 1 }, /lower rate, or close other programs/],
    ['a core is left', { capabilities: THREADS, threads: 1 }, /lower rate, or close other programs/],
    [
      'threads on all cores',
      { capabilities: THREADS, threads: 2 },
      /lower rate, or for fewer threads than the 2/,
    ],
    [
      'processes',
      { capabilities: PROCESSES, threads: 4 },
      /lower rate, or for fewer processes than the 2 cores/,
    ],
  ] as const)('a late pacer is told what helps there: %s', (_, more, advice) => {
    const late = byRate({ arrivals: arrivals(distribution(0.2, 3.5)), ...more });
    expect(reasonsOf(judge({ ...clean, scenario: rated, executors: [late] }))[0]).toMatch(advice);
  });

  it('one busy trial of the origin is none', () => {
    const once = trials((fork, round) => ({ origin: origin(fork === 0 && round === 1 ? 0.97 : 0.5) }));
    expect(judge({ ...clean, executors: [withTrials(once)] }).validity).toBe('VALID');
  });

  it.each<[string, Partial<Evidence>, RegExp]>([
    [
      'one fork',
      { executors: [makeExecutor({ forks: 1 })], stoppedBy: 'budget' },
      /^too few forks: 1 before the budget ended/,
    ],
    ['four forks', { executors: [makeExecutor({ forks: 4 })], stoppedBy: 'fixed' }, /^few forks: 4/],
    ['cold trials only', { executors: [makeExecutor({ coldOnly: true })] }, /^once a fork: `limited`/],
    [
      'others at work',
      { load: { outsideShare: 0.3, stealShare: 0 } },
      /^machine busy: other programs took 30 %/,
    ],
    [
      'a hypervisor at work',
      { load: { outsideShare: 0, stealShare: 0.2 } },
      /^machine busy: the hypervisor took 20 %/,
    ],
    [
      'drift',
      {
        executors: [
          withTrials(trials((fork, round) => ({ tasksPerSecond: 1_000 * 1.05 ** round * (1 + fork / 1e4) }))),
        ],
      },
      /^drift: `limited` changes by 5\.0 % a round/,
    ],
    [
      'a load average above the cores, where nothing else is known',
      { load: null, machine: { ...clean.machine, loadAverageAtStart: 2.6 } },
      /^machine busy: the load average was 2\.6 on 2 cores before the start/,
    ],
    [
      'a program that is taken off its core',
      {
        scenario: planned({ origin: null }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 11 })),
            busyLoop,
          ),
        ],
      },
      /^machine busy: `limited` was taken off its core 220 times in a second of CPU time, at most 200/,
    ],
    [
      'few tasks',
      { executors: [withTrials(plain, { latencyMs: distribution(20, null, 19) })] },
      /^too few samples: 19 tasks in all \(`limited`\), a median needs 20/,
    ],
    [
      'a rate without the tasks for p99',
      {
        scenario: rated,
        executors: [byRate({ latency: { p50: known, p90: known, p99: null, p999: null } })],
      },
      /^too few samples: p99 needs 1,000 tasks in each fork \(`limited`\)/,
    ],
    [
      'tasks of a few steps of the clock',
      { executors: [withTrials(plain, { serviceMs: distribution(0.0003, 0.001) })] },
      /^clock too coarse: half of `limited`'s tasks take less than 10 steps of the clock \(40 ns\)/,
    ],
    [
      'a trial of a few steps of the clock',
      {
        machine: { ...clean.machine, clockResolutionNs: 15_600_000 },
        executors: [withTrials(plain, { wallMs: { median: 178, low: 170, high: 180 } })],
      },
      /^clock too coarse: a trial of `limited` is less than 100 steps of the clock \(15,600 µs\)/,
    ],
    [
      "libuv's pool as the limit",
      {
        executors: [
          withTrials(plain, { ideal: { perSecond: 80, limitedBy: 'libuv', uvThreads: 4, share: 0.97 } }),
        ],
      },
      /^libuv's pool is the limit: `limited` reached 97 % of what its 4 threads allow/,
    ],
  ])('%s: WEAK', (_, evidence, reason) => {
    const judgement = judge({ ...clean, ...evidence });
    expect(judgement.validity).toBe('WEAK');
    expect(reasonsOf(judgement)[0]).toMatch(reason);
  });

  describe('what several executors share is one line', () => {
    const both = (more: (at: number) => ExecutorSpec, of = plain) =>
      [0, 1, 2].map(at => withTrials(of, { id: ['limited', 'batched', 'queue'][at]!, ...more(at) }));
    const drifting = (share: number) =>
      trials((fork, round) => ({ tasksPerSecond: 1_000 * (1 + share) ** round * (1 + fork / 1e4) }));

    it.each<[string, Partial<Evidence>, string]>([
      [
        'drift',
        { executors: both(at => ({ trials: drifting(0.02 + at / 100) })) },
        'drift: `limited`, `batched` and `queue` change by up to 4.0 % a round within a fork',
      ],
      [
        'interruptions',
        {
          scenario: planned({ origin: null }),
          executors: both(
            () => busyLoop,
            trials(() => ({ cpuMs: 50, involuntarySwitches: 11 })),
          ),
        },
        'machine busy: `limited`, `batched` and `queue` were taken off their core up to 220 times in a second of CPU time, at most 200 are usual; close other programs and run again',
      ],
      [
        'a saturated origin',
        {
          executors: both(at => ({ trials: trials(() => ({ origin: origin(0.93 + at / 100) })) })),
        },
        'origin saturated: its loop was busy up to 95 % of the time under `limited`, `batched` and `queue`, at most 90 % allowed; give it longer waits or fewer in flight',
      ],
      [
        'a late pacer',
        {
          scenario: rated,
          executors: ['limited', 'queue'].map(id =>
            byRate({ id, arrivals: arrivals(distribution(0.2, id === 'queue' ? 5 : 3.5)) }),
          ),
        },
        'pacer late: under `limited` and `queue` tasks were released up to 5.0 ms after they were due (p99), at most 3.0 ms allowed, so that latency cannot be told from that; ask for a lower rate, or close other programs and run again',
      ],
      [
        'results that differ, in every fork',
        {
          mismatches: ['queue', 'piscina'].flatMap(executor =>
            [0, 1, 2].map(fork => ({ ...mismatch, executor, fork, different: 1 + fork })),
          ),
        },
        'results differ: `queue` and `piscina` disagree with `limited` on up to 3 of 9 tasks in fork 3, the first is task 4',
      ],
      [
        'failed tasks',
        {
          executors: both(at => ({
            outcomes: { issued: 1_000, completed: 900, cancelled: 0, failed: { timeout: 90 + at } },
          })),
        },
        'too many failed tasks: `limited`, `batched` and `queue`, up to 9.2 % of 1,000 (92 timeout), wanted is failed <= 1 % (--max-failed; --expect-failures timeout where they belong to it)',
      ],
    ])('%s', (_, evidence, reason) => {
      expect(reasonsOf(judge({ ...clean, ...evidence }))).toEqual([reason]);
    });

    it('overload', () => {
      const grown = (to: number) =>
        arrivals(distribution(0.1, 0.4), { overloaded: true, backlogByQuarter: [3, 12, 400, to] });
      const executors = [byRate({ arrivals: grown(900) }), byRate({ id: 'queue', arrivals: grown(960) })];
      expect(overloadFindings(executors).map(sentenceOf)).toEqual([
        'overloaded: the backlog of `limited` and `queue` grew (at most from 12 to 960 tasks), so that their latencies only tell how long the trial was',
      ]);
    });
  });

  it('is INVALID where nothing was measured, and says nothing of forks', () => {
    const gone = makeExecutor({ forks: 0, rounds: 0, lostTrials: 2, trials: [] });
    const judgement = judge({ ...clean, executors: [gone], stoppedBy: 'lost' });
    expect(judgement.validity).toBe('INVALID');
    expect(reasonsOf(judgement)).toEqual(['nothing measured: no executor has a trial that counts']);
    const stopped = judge({ ...clean, executors: [{ ...gone, lostTrials: 0 }], stoppedBy: 'interrupted' });
    expect(reasonsOf(stopped)).toEqual(['nothing measured: stopped before the first trial']);
  });

  it('keeps what would be weak apart from what is invalid', () => {
    const { findings } = judge({
      ...clean,
      mismatches: [mismatch],
      load: { outsideShare: 0.5, stealShare: 0 },
    });
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['results-differ', 'invalid'],
      ['machine-busy', 'weak'],
    ]);
  });

  it.each<[string, Partial<Evidence>]>([
    [
      'an origin just below its limit',
      { executors: [withTrials(trials(() => ({ origin: origin(0.89, 0.89) })))] },
    ],
    [
      'an origin that is saturated in half of the trials',
      { executors: [withTrials(trials((_, round) => ({ origin: origin(round <= 2 ? 0.97 : 0.5) })))] },
    ],
    [
      'as many failed tasks as are allowed',
      {
        executors: [
          withTrials(plain, {
            outcomes: { issued: 1_000, completed: 990, cancelled: 4, failed: { timeout: 6 } },
          }),
        ],
      },
    ],
    ['five forks', { executors: [withTrials(plain, { forks: 5 })] }],
    ['others at a tenth of the machine', { load: { outsideShare: 0.1, stealShare: 0.1 } }],
    [
      'a load average as high as there are cores, where nothing else is known',
      { load: null, machine: { ...clean.machine, loadAverageAtStart: 2 } },
    ],
    [
      'a program that is interrupted as often as is usual',
      {
        scenario: planned({ origin: null }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 10 })),
            busyLoop,
          ),
        ],
      },
    ],
    [
      "a program that V8's own threads take off its core: it has all the time of one",
      {
        scenario: planned({ origin: null }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 30 })),
            { ...busyLoop, coresUsed: 1.04 },
          ),
        ],
      },
    ],
    [
      'a program that is interrupted where nobody else is',
      {
        scenario: planned({ origin: null }),
        load: { outsideShare: 0.004, stealShare: 0 },
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 30 })),
            { ...busyLoop, coresUsed: 0.9 },
          ),
        ],
      },
    ],
    [
      "libuv's pool, with all cores at work",
      {
        executors: [
          withTrials(plain, {
            ideal: { perSecond: 80, limitedBy: 'libuv', uvThreads: 4, share: 0.97 },
            coresUsed: 1.9,
          }),
        ],
      },
    ],
    [
      "libuv's pool, whose sizes are compared",
      {
        executors: [4, 8].map(uvThreads =>
          withTrials(plain, {
            id: `limited uv=${uvThreads}`,
            uvThreads,
            ideal: { perSecond: 80, limitedBy: 'libuv', uvThreads, share: 0.97 },
          }),
        ),
      },
    ],
    [
      // p = 0.002 each: below 1 %, not below 1 % ÷ 6.
      'a slope of one executor among six, which chance makes',
      {
        executors: [
          withTrials(drifting([1, 2, 3, 0.5, 1.5, 2.5])),
          ...['b', 'c', 'd', 'e', 'f'].map(id => withTrials(steady(), { id })),
        ],
      },
    ],
    [
      'a trial of a hundred steps of the clock',
      {
        machine: { ...clean.machine, clockResolutionNs: 1_000_000 },
        executors: [withTrials(plain, { wallMs: { median: 100, low: 99, high: 101 } })],
      },
    ],
    [
      'a slope as small as rounding',
      { executors: [withTrials(trials((_, round) => ({ tasksPerSecond: 1_000 * 1.0009 ** round })))] },
    ],
    [
      'a pacer of few tasks within a tenth of the latency',
      { scenario: rated, executors: [byRate({ arrivals: arrivals(distribution(1.9, null)) })] },
    ],
    [
      'a pacer within a millisecond',
      {
        scenario: rated,
        executors: [byRate({ arrivals: arrivals(distribution(0.1, 0.99)), latencyMs: distribution(1, 2) })],
      },
    ],
    [
      'a pacer within a tenth of the latency',
      { scenario: rated, executors: [byRate({ arrivals: arrivals(distribution(0.1, 2.9)) })] },
    ],
    [
      'threads that take each other off the cores',
      {
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 90 })),
            { threads: 2, coresUsed: 1.9 },
          ),
        ],
      },
    ],
    [
      "a program that libuv's threads take off the cores",
      {
        scenario: planned({ origin: null, workload: { ...planned().workload, kind: 'libuv' } }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 90 })),
            busyLoop,
          ),
        ],
      },
    ],
    [
      'a program that waits most of the time',
      {
        scenario: planned({ origin: null }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 90 })),
            { loop: { ...busyLoop.loop, utilization: 0.3 } },
          ),
        ],
      },
    ],
    [
      'too little CPU time to tell',
      {
        scenario: planned({ origin: null }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 4, involuntarySwitches: 9 })),
            busyLoop,
          ),
        ],
      },
    ],
    [
      'a load average above the cores that was our own',
      { machine: { ...clean.machine, loadAverageAtStart: 5 } },
    ],
    ['twenty tasks', { executors: [withTrials(plain, { latencyMs: distribution(20, null, 20) })] }],
    [
      'tasks of ten steps of the clock',
      { executors: [withTrials(plain, { serviceMs: distribution(0.0004, 0.001) })] },
    ],
    [
      "libuv's pool, not reached",
      {
        executors: [
          withTrials(plain, { ideal: { perSecond: 80, limitedBy: 'libuv', uvThreads: 4, share: 0.69 } }),
        ],
      },
    ],
    [
      'other work reaching its ideal',
      {
        executors: [
          withTrials(plain, { ideal: { perSecond: 80, limitedBy: 'waiting', uvThreads: null, share: 0.99 } }),
        ],
      },
    ],
    [
      'a loop that its tasks block, and that is switched with the processes they start',
      {
        scenario: planned({ origin: null }),
        executors: [
          withTrials(
            trials(() => ({ cpuMs: 50, involuntarySwitches: 11 })),
            { ...busyLoop, ideal: { perSecond: 100, limitedBy: 'blocking', uvThreads: null, share: 0.9 } },
          ),
        ],
      },
    ],
    ['a rate with all it needs', { scenario: rated, executors: [byRate({})] }],
    [
      'what an overloaded executor did not get to',
      {
        scenario: rated,
        executors: [
          byRate({
            latency: null,
            arrivals: arrivals(distribution(0.1, 0.4), { overloaded: true }),
            outcomes: { issued: 1_000, completed: 900, cancelled: 100, failed: {} },
          }),
        ],
      },
    ],
  ])('%s: VALID', (_, evidence) => {
    expect(judge({ ...clean, ...evidence })).toEqual({ validity: 'VALID', findings: [] });
  });

  it('says how far the backlog of an overloaded executor grew', () => {
    const overloaded = arrivals(distribution(0.1, 0.4), {
      overloaded: true,
      backlogByQuarter: [3, 12, 400, 960.4],
    });
    expect(overloadFindings([byRate({ arrivals: overloaded }), byRate({})]).map(sentenceOf)).toEqual([
      'overloaded: the backlog of `limited` grew from 12 to 960 tasks, so that its latencies only tell how long the trial was',
    ]);
  });
});

describe("Little's law", () => {
  const long = (fromStamps: number, sampled: number | null, more: Partial<MeasuredTrial> = {}) =>
    makeMeasuredTrial({
      wallMs: 1_000,
      inFlight: { fromStamps, sampled, samples: 300, standardError: 0.1 },
      origin: null,
      ...more,
    });
  const check = (...all: MeasuredTrial[]) => checkLittle(withTrials(all), scenario);

  it.each([
    ['within 2 % and three standard errors', long(50, 51.29), 0],
    ['beyond', long(50, 51.31), 1],
    ['below', long(50, 48.69), 1],
    ['short trials are not checked', long(50, 20, { wallMs: 999 }), 0],
    ['nor trials that nobody counted in', long(50, null), 0],
    ['nor tasks as short as a stamp', long(50, 20, { serviceMs: distribution(0.0003, 0.001) }), 0],
    // 100 ms of its own with 520 at a time are 52 over the second.
    [
      'no more in the origin than in flight',
      long(50, 50, { origin: { ...origin(0.5), elapsedMs: 100, meanConcurrency: 505 } }),
      0,
    ],
    [
      'more in the origin than in flight',
      long(50, 50, { origin: { ...origin(0.5), elapsedMs: 100, meanConcurrency: 520 } }),
      1,
    ],
  ])('%s', (_, trial, off) => {
    expect(check(trial).off).toBe(off);
  });

  it('is said with the trials that were checked and the worst of them', () => {
    expect(check(long(50, 50), long(50, 40), long(50, 45))).toMatchObject({ checked: 3, off: 2 });
    expect(littleFindings([withTrials([long(50, 40), long(50, 50)])], scenario).map(sentenceOf)).toEqual([
      "Little's law is off in 1 of 2 trials of `limited`, at worst 50 in flight by the stamps, 40 counted (20 % apart)",
    ]);
    expect(littleFindings([withTrials([long(50, 50)])], scenario)).toEqual([]);
  });
});
