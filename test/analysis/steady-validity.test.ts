import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/analysis/validity/evidence.js';
import { steadyFindings } from '../../src/analysis/validity/steady.js';
import { PROCESSES } from '../../src/executors/capabilities.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import { notWarm } from '../../src/report/words/steadiness.js';
import type { ExecutorResult, Steadiness } from '../../src/schema/index.js';
import {
  makeExecutor,
  makeMeasuredTrial,
  makeScenario,
  STEADY,
  waitingScenario,
} from '../support/report-fixture.js';

const steadyReasons = (evidence: Evidence) => steadyFindings(evidence).map(sentenceOf);

const evidenceOf = (
  executors: readonly ExecutorResult[],
  steadiness: Partial<Steadiness> = {},
): Evidence => ({
  scenario: waitingScenario().scenario,
  executors,
  mismatches: [],
  stoppedBy: 'precision',
  steadiness: { ...STEADY, ...steadiness },
  comparisons: [],
  machine: { cores: 2, uvThreads: 4, clockResolutionNs: 40, loadAverageAtStart: 0 },
  load: null,
});

/** Five rounds in each fork, whose tasks take this much CPU time, ms. */
const withForks = (cpuMsByFork: readonly number[], more: Partial<ExecutorResult> = {}) => ({
  ...makeExecutor({ name: 'limited' }),
  trials: cpuMsByFork.flatMap((cpuMsPerTask, fork) =>
    Array.from({ length: 5 }, (_, at) => makeMeasuredTrial({ fork, round: at + 1, cpuMsPerTask })),
  ),
  ...more,
});

/** In each of its five forks a task takes a fifth less CPU time at the end than at the beginning. */
const falling = (spec: Parameters<typeof makeExecutor>[0]): ExecutorResult => ({
  ...makeExecutor(spec),
  trials: [0, 1, 2, 3, 4].flatMap(fork =>
    [1, 0.95, 0.9, 0.85, 0.8].map((ms, at) =>
      makeMeasuredTrial({ fork, round: at + 1, cpuMsPerTask: ms + fork / 1_000 }),
    ),
  ),
});

const busyLoop = { utilization: 1, bystanderWaitMs: 1, p50Ms: 1, p99Ms: 1, maxMs: 1 };

describe('isolates that are not warm', () => {
  it('are told with what they needed and had', () => {
    const evidence = evidenceOf([], { state: 'not warm', by: 'pilot', neededTasks: 2_400, hadTasks: 100 });
    expect(steadyReasons(evidence)).toEqual([
      'not warm: an isolate needs about 2,400 tasks and had 100; --warmup none asks for the first tasks in fresh processes',
    ]);
  });

  it('are not told that they had less than they needed where a trial is longer than that', () => {
    const evidence = evidenceOf([], { state: 'not warm', by: 'pilot', neededTasks: 324, hadTasks: 2_000 });
    expect(steadyReasons(evidence)).toEqual([
      'not warm: an isolate needs about 324 tasks before its trials count, and the budget has no room for both; --warmup none asks for the first tasks in fresh processes',
    ]);
    const scenario = makeScenario({ steadiness: { ...evidence.steadiness, budgetMs: 90_000 } });
    expect(notWarm(scenario)).toBe(
      'Not warm: a thread needs about 324 tasks before its trials count, and the budget has no room for both; --budget 90s gives the answer',
    );
  });

  it('that never are have another finding', () => {
    expect(steadyReasons(evidenceOf([], { state: 'no steady state' }))[0]).toMatch(/^no steady state: /);
  });

  it('that nobody wanted warm have none', () => {
    for (const state of ['cold', 'as asked', 'steady'] as const)
      expect(steadyReasons(evidenceOf([], { state }))).toEqual([]);
    expect(steadyReasons(evidenceOf([falling({ loop: busyLoop })], { state: 'cold' }))).toEqual([]);
  });

  it('are told by their CPU time where the pilot that would have counted tasks was lost', () => {
    const evidence = evidenceOf([], { state: 'not warm', by: 'lost pilot', neededMs: 5_000, hadTasks: 100 });
    expect(steadyReasons(evidence)).toEqual([
      'not warm: an isolate needs about 5.0 s of CPU time before its trials count, and the budget has no room for both; --warmup none asks for the first tasks in fresh processes',
    ]);
    const scenario = makeScenario({ steadiness: { ...evidence.steadiness, budgetMs: 90_000 } });
    expect(notWarm(scenario)).toBe(
      'Not warm: a thread needs about 5.0 s of CPU time before its trials count, and the budget has no room for both; --budget 90s gives the answer',
    );
  });

  it('are not told where the run ended before it was known what they need', () => {
    const evidence = evidenceOf([], { state: 'not warm' });
    expect(steadyReasons(evidence)).toEqual([]);
    expect(notWarm(makeScenario({ steadiness: evidence.steadiness }))).toBe(
      'Not warm: the run ended before it was known what warming takes',
    );
  });
});

describe('the fork that was warmed twice as long', () => {
  it('raises a reason where it needs less CPU time than the others let expect', () => {
    const [reason] = steadyReasons(evidenceOf([withForks([1, 0.7, 1.02, 0.98, 1])], { by: 'pilot' }));
    expect(reason).toMatch(/^still warming: the fork of `limited`/);
  });

  it('raises none where waiting decides: no fork is warmed longer there, and no ratio would change', () => {
    expect(steadyReasons(evidenceOf([withForks([1, 0.7, 1.02, 0.98, 1])], { by: 'waiting' }))).toEqual([]);
  });

  it.each([
    ['within a tenth', [1, 0.92, 1.01, 0.99, 1]],
    ['as far off as others are from each other', [1, 0.8, 1.3, 0.85, 1.1]],
    ['dearer', [1, 1.4, 1, 1, 1]],
    ['one of few', [1, 0.5, 1]],
  ])('raises none where it is %s', (_, cpuMsByFork) => {
    expect(steadyReasons(evidenceOf([withForks(cpuMsByFork)], { by: 'pilot' }))).toEqual([]);
  });
});

describe('CPU time that falls from the first rounds of a fork to the last', () => {
  const queue = falling({ name: 'queue' });

  it('raises a reason where computing decides', () => {
    expect(steadyReasons(evidenceOf([queue], { by: 'pilot' }))).toEqual([
      expect.stringMatching(/^still warming: the CPU time of a task in `queue` falls/),
    ]);
  });

  it('is a mark in the table where waiting does', () => {
    expect(steadyReasons(evidenceOf([queue], { by: 'waiting' }))).toEqual([]);
  });
});

describe('how rarely a rule may be wrong', () => {
  // The fork that was warmed longer takes a seventh less, where the others differ by 2 %.
  const once = [1, 0.86, 1.02, 0.98, 1];

  it('is shared by the executors of a scenario: each of many has to show more', () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, at) => withForks(at === 0 ? once : [1, 1, 1.02, 0.98, 1]));
    expect(steadyReasons(evidenceOf(named(1), { by: 'pilot' }))).toHaveLength(1);
    expect(steadyReasons(evidenceOf(named(6), { by: 'pilot' }))).toEqual([]);
  });
});

describe('CPU time in workers', () => {
  const loop = withForks([1, 1, 1], {
    cpuMsPerTask: 1,
    loop: busyLoop,
  });
  /** 100 tasks in 60 ms on two cores, of which the main thread took a tenth of its time. */
  const threads = (cpuMs: number, more: Partial<ExecutorResult> = {}): ExecutorResult => ({
    ...makeExecutor({ name: 'queue', kind: 'threads', threads: 2 }),
    coresUsed: 2,
    trials: [
      makeMeasuredTrial({
        wallMs: 60,
        cpuMs,
        loop: { utilization: 0.1, bystanderWaitMs: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 },
        outcomes: { issued: 100, completed: 100, cancelled: 0, failed: {} },
      }),
    ],
    ...more,
  });

  it('above 1.15 times that of the loop is told', () => {
    expect(steadyReasons(evidenceOf([loop, threads(126)]))[0]).toMatch(
      /^dear workers: .*up to 20 % more.*`queue`/,
    );
  });

  it('below it is not, nor what the main thread does', () => {
    expect(steadyReasons(evidenceOf([loop, threads(120)]))).toEqual([]);
  });

  /** Workers that need so many times the loop's CPU time in each fork. */
  const inForks = (...shares: number[]) => {
    const [trial] = threads(0).trials;
    const trials = shares.flatMap((share, fork) => [{ ...trial!, fork, cpuMs: 6 + 100 * share }]);
    return [
      withForks(
        shares.map(() => 1),
        { cpuMsPerTask: 1, loop: busyLoop },
      ),
      { ...threads(0), trials },
    ];
  };

  it('is told where several forks show it', () => {
    expect(steadyReasons(evidenceOf(inForks(1.25, 1.22, 1.24, 1.26, 1.23)))[0]).toMatch(
      /^dear workers: .*up to 24 % more/,
    );
  });

  // What acorn and marked did in one run each, by default settings.
  it.each([
    [1.152, 1.157, 0.815, 1.178, 1.224, 0.843, 0.941],
    [0.757, 1.271, 0.968, 0.989, 0.908],
    [1.4, 1.0, 1.3, 1.1, 1.25],
  ])('is not told of forks that differ by more from each other: %f, %f, %f, …', (...shares) => {
    expect(steadyReasons(evidenceOf(inForks(...shares)))).toEqual([]);
  });

  it('is told where the warm-up was set by hand too', () => {
    expect(steadyReasons(evidenceOf([loop, threads(126)], { state: 'as asked', by: null }))).toEqual([
      expect.stringMatching(/^dear workers/),
    ]);
  });

  it('is that of processes too', () => {
    const processes = { ...threads(126), variant: { ...threads(0).variant, capabilities: PROCESSES } };
    expect(steadyReasons(evidenceOf([loop, processes]))[0]).toMatch(/^dear workers/);
  });

  it('is not held against executors with a broker: what it takes itself is in the figure', () => {
    const through = (hasBroker: boolean) => ({
      ...threads(500),
      variant: { ...threads(0).variant, capabilities: { ...PROCESSES, hasBroker } },
    });
    expect(steadyReasons(evidenceOf([loop, through(true)]))).toEqual([]);
    expect(steadyReasons(evidenceOf([loop, through(false)]))).toHaveLength(1);
  });

  it('is set against that of a loop which runs the same version', () => {
    const running = (executor: ExecutorResult, label: string): ExecutorResult => {
      const peer = { id: executor.variant.name, label: executor.variant.name, series: executor.variant.name };
      const alternative = { name: label, label, of: 'version', sameResults: '', peer, params: {} };
      return { ...executor, variant: { ...executor.variant, alternative } };
    };
    const dearer = running(threads(126), 'new');
    expect(steadyReasons(evidenceOf([running(loop, 'old'), dearer]))).toEqual([]);
    expect(steadyReasons(evidenceOf([running(loop, 'new'), dearer]))).toHaveLength(1);
  });

  it('is not looked at where workers or the loop idle', () => {
    expect(steadyReasons(evidenceOf([loop, threads(180, { coresUsed: 1 })]))).toEqual([]);
    const idle = { ...loop, loop: { ...loop.loop!, utilization: 0.5 } };
    expect(steadyReasons(evidenceOf([idle, threads(180)]))).toEqual([]);
  });
});

describe('a warm-up that was set by hand', () => {
  const asked = { state: 'as asked', by: null } as const;
  const busy = { loop: busyLoop };

  it('is not taken at its word where the loop computes: later rounds, and the fork that was warmed twice as long', () => {
    expect(steadyReasons(evidenceOf([falling(busy)], asked))).toEqual([
      expect.stringMatching(/^still warming: the CPU time of a task in `limited` falls/),
    ]);
    expect(steadyReasons(evidenceOf([withForks([1, 0.7, 1.02, 0.98, 1], busy)], asked))).toEqual([
      expect.stringMatching(/^still warming: the fork of `limited`/),
    ]);
  });

  it('nor where workers do', () => {
    const queue = (coresUsed: number) => falling({ name: 'queue', kind: 'threads', threads: 2, coresUsed });
    expect(steadyReasons(evidenceOf([queue(1.8)], asked))).toHaveLength(1);
    expect(steadyReasons(evidenceOf([queue(1)], asked))).toEqual([]);
  });

  it('is enough where the loop idles: code that becomes faster changes no ratio', () => {
    const idle = { loop: { ...busyLoop, utilization: 0.5 } };
    expect(steadyReasons(evidenceOf([falling(idle)], asked))).toEqual([]);
    expect(steadyReasons(evidenceOf([withForks([1, 0.7, 1.02, 0.98, 1], idle)], asked))).toEqual([]);
  });
});
