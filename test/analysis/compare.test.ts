import { describe, expect, it } from 'vitest';
import { type ComparisonRequest, type Comparisons, compareExecutors } from '../../src/analysis/compare.js';
import type { ExecutorHistory } from '../../src/analysis/history.js';
import { reasonToStop } from '../../src/measure/stopping.js';
import { createRandom } from '../../src/random.js';
import type { ExecutorForkResult, HistogramData, TrialFault, TrialResult } from '../../src/schema/index.js';
import { compareForks, type ForkComparison } from '../../src/stats/comparison.js';
import { LogHistogram } from '../../src/stats/histogram.js';
import { verdictOf } from '../../src/stats/verdict.js';
import {
  makeLostTrial,
  makeMeasuredTrial,
  makeMeasurement,
  waitingScenario,
} from '../support/report-fixture.js';

const UNISSUED = { code: 'not-issued', issued: 9, expected: 10 } as const;

const variant = waitingScenario().scenario.executors[0]!;

interface TrialSpec {
  readonly perSecond?: number;
  /** Value and number of tasks that had it. */
  readonly latencies?: readonly (readonly [number, number])[];
  readonly faults?: readonly TrialFault[];
  readonly cold?: boolean;
}

const LOST = 'lost';

function histogramOf(latencies: TrialSpec['latencies'] = []): HistogramData {
  const histogram = new LogHistogram();
  for (const [latencyMs, tasks] of latencies)
    for (let task = 0; task < tasks; task++) histogram.add(latencyMs);
  return histogram.toData();
}

/** Warm rounds count from 1; the cold one is round 0. A lost trial has no histograms. */
function forkOf(id: string, specs: readonly (TrialSpec | typeof LOST)[]): ExecutorForkResult {
  const empty = histogramOf();
  const others = { waitMs: empty, serviceMs: empty, pacerLateMs: null, loopWaitMs: empty };
  const measured = specs.filter(spec => spec !== LOST);
  const trials = specs.map((spec, at): TrialResult => {
    if (spec === LOST) return makeLostTrial('gone', { round: at + 1 });
    const { perSecond: tasksPerSecond = 1_000, faults = [], cold = false } = spec;
    return makeMeasuredTrial({ round: cold ? 0 : at + 1, cold, tasksPerSecond, faults });
  });
  const histograms = measured.map(spec => ({ latencyMs: histogramOf(spec.latencies), ...others }));
  return {
    id,
    startupMs: null,
    trials,
    histograms,
    digests: null,
    examples: [],
    trace: null,
    warmedUp: null,
  };
}

function executor(id: string, forks: readonly (readonly (TrialSpec | typeof LOST)[])[]): ExecutorHistory {
  return {
    variant: { ...variant, id },
    coldOnly: false,
    forks: forks.map(specs => forkOf(id, specs)),
  };
}

/** Four forks of one trial. */
const NOISE = [0.999, 1.001, 1.002, 0.998];
const throughput = (id: string, perSecond: number) =>
  executor(
    id,
    NOISE.map(noise => [{ perSecond: perSecond * noise }]),
  );
const steady = (id: string, perSecond: number) =>
  executor(
    id,
    NOISE.map(() => [{ perSecond }]),
  );
const latency = (id: string, latencyMs: number, tasks = 1_000) =>
  executor(
    id,
    NOISE.map(noise => [{ latencies: [[latencyMs * noise, tasks]] }]),
  );

const compare = (executors: readonly ExecutorHistory[], asked: Partial<ComparisonRequest> = {}) =>
  compareExecutors(executors, {
    baseline: executors[0]!.variant.id,
    confidence: 'fixed',
    of: 'throughput',
    equivalence: null,
    overloaded: new Set(),
    ...asked,
  });
const P99 = { of: 'p99 latency' } as const;

describe('ratios of throughputs', () => {
  it('pair trials of the same round, and count those that do not count', () => {
    const bad = { perSecond: 9_999, faults: [UNISSUED] };
    const base = executor('base', [[{ perSecond: 100 }, { perSecond: 400 }, { perSecond: 1 }, LOST]]);
    const rival = executor('rival', [[{ perSecond: 200 }, { perSecond: 800 }, bad, { perSecond: 7 }]]);
    const { comparisons, droppedTrials } = compare([base, rival]);
    expect(comparisons[0]!.ratio).toBeCloseTo(2, 12);
    expect(comparisons[0]).toMatchObject({ of: 'throughput', forks: 1, verdict: 'too few forks to say' });
    expect(droppedTrials).toBe(2);
  });

  it('take the cold trials of both where one has no others, whichever that is', () => {
    const warm = executor('warm', [
      [
        { perSecond: 100, latencies: [[60, 1_000]], cold: true },
        { perSecond: 500, latencies: [[1, 1_000]] },
      ],
    ]);
    const cold = {
      ...executor('cold', [[{ perSecond: 300, latencies: [[20, 1_000]], cold: true }]]),
      coldOnly: true,
    };
    for (const of of ['throughput', 'p99 latency'] as const) {
      expect(compare([warm, cold], { of }).comparisons[0]!.ratio).toBeCloseTo(3, 12);
      expect(compare([cold, warm], { of }).comparisons[0]!.ratio).toBeCloseTo(1 / 3, 12);
    }
  });

  it('are there of overloaded executors too', () => {
    const found = compare([steady('base', 100), throughput('rival', 200)], {
      overloaded: new Set(['rival']),
    });
    expect(found.comparisons[0]).toMatchObject({ forks: 4, verdict: 'faster' });
  });

  it('set everybody else beside the leader, once', () => {
    const { comparisons, winner } = compare([
      steady('base', 100),
      throughput('slow', 90),
      throughput('fast', 200),
    ]);
    expect(comparisons.map(c => [c.executor, c.baseline, c.verdict])).toEqual([
      ['slow', 'base', 'slower'],
      ['fast', 'base', 'faster'],
      ['slow', 'fast', 'slower'],
    ]);
    expect(winner).toBe('fast');
  });
});

describe('every pair', () => {
  const listed = ({ comparisons }: Comparisons) => comparisons.map(c => [c.executor, c.baseline]);

  it('is there once: the baseline’s, the leader’s, and the rest in the order of the plan', () => {
    const executors = [steady('a', 100), throughput('b', 110), throughput('c', 200), throughput('d', 120)];
    expect(listed(compare(executors))).toEqual([
      ['b', 'a'],
      ['c', 'a'],
      ['d', 'a'],
      ['b', 'c'],
      ['d', 'c'],
      ['d', 'b'],
    ]);
  });

  it('has the interval of its own rounds, where the baseline has none', () => {
    const lost = executor(
      'base',
      NOISE.map(() => [LOST]),
    );
    const { comparisons, winner } = compare([lost, throughput('slow', 100), throughput('fast', 200)]);
    expect(comparisons.find(c => c.baseline === 'base')).toMatchObject({ ratio: null, significant: false });
    expect(comparisons.find(c => c.baseline === 'fast' && c.executor === 'slow')?.low).toBeCloseTo(0.5, 1);
    expect(winner).toBe('fast');
  });

  it('is corrected for with all others', () => {
    // p of the third against the others is 0.0144: it holds among two tests (0.03 ÷ 2), not among three.
    const third = executor(
      'c',
      [1.06, 1.03, 1.05, 1.01, 1.03].map(perSecond => [{ perSecond }]),
    );
    const flat = (id: string) =>
      executor(
        id,
        [1, 1, 1, 1, 1].map((perSecond, at) => [{ perSecond: perSecond + (id === 'b' ? at * 1e-9 : 0) }]),
      );
    const found = (ids: readonly string[]) =>
      compare([...ids.map(flat), third], { confidence: 'stopping' }).comparisons.map(
        ({ significant }) => significant,
      );
    expect(found(['a'])).toEqual([true]);
    expect(found(['a', 'b']).some(Boolean)).toBe(false);
  });

  it('of forty variants is computed from what each has, once', () => {
    let reads = 0;
    const counting = (id: string, perSecond: number): ExecutorHistory => {
      const one = throughput(id, perSecond);
      return {
        ...one,
        get forks() {
          reads++;
          return one.forks;
        },
      };
    };
    const forty = Array.from({ length: 40 }, (_, at) => counting(`v${at}`, 100 + at));
    expect(compare(forty).comparisons).toHaveLength(780);
    expect(reads).toBeLessThanOrEqual(40 * 4);
  });
});

describe('equivalence', () => {
  // 1 % faster with a noise of 0.2 %: significant, and within 2 %.
  const pair = [steady('base', 1_000), throughput('rival', 1_010)];

  it('is equal, with no winner, even where a smaller difference is shown', () => {
    const { comparisons, winner } = compare(pair, { equivalence: 0.02 });
    expect(comparisons[0]).toMatchObject({ significant: true, equivalence: 0.02, verdict: 'equal' });
    expect(winner).toBeNull();
  });

  it('is not claimed unasked, nor of less than the interval reaches', () => {
    for (const equivalence of [null, 0.011]) {
      const { comparisons, winner } = compare(pair, { equivalence });
      expect(comparisons[0]).toMatchObject({ equivalence, verdict: 'faster' });
      expect(winner).toBe('rival');
    }
  });

  it('uses the t(0.975) interval under stopping too, where the shown one is wider', () => {
    // sd of ln(NOISE) 0.001826, four forks: 3.182 · se makes 1.29 %, 3.896 · se (t(0.985, 3)) 1.36 %.
    const { comparisons } = compare(pair, { equivalence: 0.0131, confidence: 'stopping' });
    expect(comparisons[0]!.high).toBeGreaterThan(1.0131);
    expect(comparisons[0]!.verdict).toBe('equal');
  });

  it('holds for latencies as well', () => {
    const pairByRate = [latency('base', 10), latency('rival', 10)];
    const { comparisons, winner } = compare(pairByRate, { ...P99, equivalence: 0.02 });
    expect(comparisons[0]!.verdict).toBe('equal');
    expect(winner).toBeNull();
  });
});

describe('ratios of latencies', () => {
  it('are the baseline’s ÷ the executor’s, one a fork, above 1 where the executor is better', () => {
    const base = executor(
      'base',
      NOISE.map(() => [{ latencies: [[30, 1_000]] }]),
    );
    const { comparisons, winner } = compare([base, latency('rival', 10)], P99);
    const [comparison] = comparisons;
    NOISE.forEach((noise, fork) => {
      expect(comparison!.forkLogRatios[fork]).toBeCloseTo(Math.log(30 / (10 * noise)), 12);
    });
    expect(comparison).toMatchObject({ of: 'p99 latency', forks: 4, verdict: 'faster' });
    expect(winner).toBe('rival');
  });

  it('merge the trials of a fork before the percentile is taken', () => {
    // The pooled p99 is 50 ms (2 % of the tasks); a mean of the trials' p99s would be 30 ms.
    const uneven = [
      { latencies: [[10, 500]] as const },
      { latencies: [[10, 480] as const, [50, 20] as const] },
    ];
    const base = latency('base', 10);
    const rival = executor(
      'rival',
      NOISE.map(() => uneven),
    );
    const ratioOf = (of: ComparisonRequest['of']) => compare([base, rival], { of }).comparisons[0]!.ratio!;
    expect(ratioOf('p99 latency') / (10 / 50)).toBeCloseTo(1, 2);
    expect(ratioOf('p50 latency')).toBeCloseTo(1, 2);
  });

  it('leave out trials that do not count, and find the others’ histograms past lost ones', () => {
    const good = { latencies: [[20, 1_000]] as const };
    const faulty = { latencies: [[900, 5_000]] as const, faults: [UNISSUED] };
    const rival = executor(
      'rival',
      NOISE.map(() => [LOST, faulty, { ...faulty, faults: [], cold: true }, good]),
    );
    const { comparisons, droppedTrials } = compare([latency('base', 20), rival], P99);
    expect(comparisons[0]!.ratio).toBeCloseTo(1, 5);
    expect(droppedTrials).toBe(8);
  });

  it('need a counted trial of both in a fork', () => {
    const base = executor('base', [...NOISE.map(() => [{ latencies: [[30, 1_000]] as const }]), [LOST]]);
    const rival = executor('rival', [[LOST], ...NOISE.map(() => [{ latencies: [[10, 1_000]] as const }])]);
    expect(compare([base, rival], P99).comparisons[0]).toMatchObject({ forks: 3, verdict: 'faster' });
  });

  it('claims nothing of percentiles that differ by a step of their histograms, in every fork alike', () => {
    // 10.06 and 10.07 lie on both sides of 10.0625: the middles of their buckets differ by 0.6 %.
    const equalForks = (id: string, latencyMs: number) =>
      executor(
        id,
        NOISE.map(() => [
          {
            latencies: [
              [1, 10],
              [latencyMs, 1_500],
              [100, 10],
            ],
          },
        ]),
      );
    for (const of of ['p50 latency', 'p99 latency'] as const) {
      const [comparison] = compare([equalForks('base', 10.07), equalForks('rival', 10.06)], {
        of,
      }).comparisons;
      expect(comparison!.verdict).toBe('no difference shown');
      expect(comparison!.low!).toBeLessThanOrEqual(10.06 / 10.07);
      expect(comparison!.high!).toBeGreaterThanOrEqual(10.07 / 10.06);
    }
  });

  it.each([
    ['p99 latency', 999, 0],
    ['p99 latency', 1_000, 4],
    ['p50 latency', 999, 4],
  ] as const)('%s of %d tasks a fork: %d forks', (of, tasks, forks) => {
    const { comparisons } = compare([latency('base', 10), latency('rival', 10, tasks)], { of });
    expect(comparisons[0]!.forks).toBe(forks);
  });

  it('say nothing of an overloaded executor, and let the others compete', () => {
    const executors = [latency('base', 30), latency('drowned', 5), latency('rival', 10)];
    const { comparisons, winner } = compare(executors, { ...P99, overloaded: new Set(['drowned']) });
    const silent = { ratio: null, low: null, high: null, p: null, verdict: 'too few forks to say' };
    expect(comparisons.find(c => c.executor === 'drowned' && c.baseline === 'base')).toMatchObject(silent);
    expect(comparisons.find(c => c.executor === 'drowned' && c.baseline === 'rival')).toMatchObject(silent);
    expect(comparisons.find(c => c.executor === 'rival')).toMatchObject({ verdict: 'faster' });
    expect(winner).toBe('rival');
  });

  it('have no winner where nobody is left to win against', () => {
    const executors = [latency('base', 30), latency('rival', 10)];
    expect(compare(executors, { ...P99, overloaded: new Set(['base']) }).winner).toBeNull();
  });
});

/** The stopping loop as `--equivalence 2%` sets it: precision is half of that. */
describe('equality claimed under stopping', () => {
  const EQUIVALENCE = 0.02;
  const EXPERIMENTS = 2_000;
  const measurement = makeMeasurement({
    precision: EQUIVALENCE / 2,
    budgetMs: 1e9,
    mostBudgetMs: 1e9,
    equivalence: EQUIVALENCE,
  });

  function experiment(fork: () => number[]): ForkComparison {
    const forks: number[][] = [];
    for (;;) {
      const comparison = compareForks(forks, 'stopping');
      const reason = reasonToStop({
        measurement,
        forksDone: forks.length,
        halfWidthsLog: forks.length === 0 ? [] : [comparison.halfWidthLog],
        elapsedMs: forks.length,
        forkDurationsMs: forks.map(() => 1),
      });
      if (reason !== null) return comparison;
      forks.push(fork());
    }
  }

  function equalShare(trueRatio: number, forkSd: number, roundSd: number): number {
    const random = createRandom(31);
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    let claims = 0;
    for (let run = 0; run < EXPERIMENTS; run++) {
      const found = experiment(() => {
        const ofFork = Math.log(trueRatio) + forkSd * gauss();
        return Array.from({ length: measurement.rounds }, () => ofFork + roundSd * gauss());
      });
      if (verdictOf(found, false, EQUIVALENCE) === 'equal') claims++;
    }
    return claims / EXPERIMENTS;
  }

  const worlds = [
    { forkSd: 0.003, roundSd: 0.01 },
    { forkSd: 0.01, roundSd: 0.01 },
    { forkSd: 0.01, roundSd: 0.03 },
  ];

  it.each(worlds)(
    'is wrong of a pair that differs by the whole share in ≤ 5 %: %o',
    ({ forkSd, roundSd }) => {
      for (const trueRatio of [1 + EQUIVALENCE, 1 / (1 + EQUIVALENCE)])
        expect(equalShare(trueRatio, forkSd, roundSd)).toBeLessThanOrEqual(0.05);
    },
  );

  it('is made of most pairs that are equal where the precision can be had', () => {
    expect(equalShare(1, 0.003, 0.01)).toBeGreaterThanOrEqual(0.9);
  });
});
