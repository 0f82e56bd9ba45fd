import { describe, expect, it } from 'vitest';
import { precisionFindings, precisionOf } from '../../src/analysis/precision.js';
import { createRandom } from '../../src/random.js';
import { hintsOf } from '../../src/report/hints/hints.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import { noteSummary } from '../../src/report/words/sweep-notes.js';
import type { Comparison, StopReason } from '../../src/schema/index.js';
import { compareForks } from '../../src/stats/comparison.js';
import { budgetForPrecision, forksForPrecision } from '../../src/stats/precision.js';
import {
  makeComparison,
  makeExecutor,
  makeMeasurement,
  makeReport,
  makeScenario,
} from '../support/report-fixture.js';

const measurement = makeMeasurement({ mostBudgetMs: 20_000 });
const executors = [makeExecutor({ forks: 6, rounds: 30 }), makeExecutor({ name: 'queue' })];
const asked = {
  measurement,
  baseline: 'limited',
  leader: 'queue',
  without: new Set<string>(),
  executors,
  elapsedMs: 20_000,
  forkDurationsMs: [3_000, 3_000, 3_000, 3_000, 3_000, 3_000],
};
const of = (comparisons: readonly Comparison[], more: Partial<typeof asked> = {}) =>
  precisionOf({ ...asked, comparisons, ...more });
const wide = makeComparison('queue', 'limited', 1.9, 0.06);
const said = (comparisons: readonly Comparison[], stoppedBy: StopReason = 'budget') =>
  precisionFindings(of(comparisons), measurement, stoppedBy).map(sentenceOf);

describe('the precision that was wanted', () => {
  it('is missed by what is wider, with the widest and what would do', () => {
    const precision = of([makeComparison('piscina', 'limited', 2, 0.02), wide]);
    expect(precision).toMatchObject({
      wanted: 0.03,
      missed: 1,
      of: 2,
      widest: { executor: 'queue', baseline: 'limited' },
      // 6 × (ln 1.06 ÷ ln 1.03)² = 23.3
      forksNeeded: 24,
    });
    expect(precision!.widest!.halfWidth).toBeCloseTo(0.06, 10);
    // 2 s before the first fork, and 24 of 3 s with a tenth in reserve.
    expect(precision!.budgetMsNeeded).toBeCloseTo(2_000 + 24 * 3_000 * 1.1, 6);
  });

  it('was had: nothing is needed, nothing said', () => {
    const precise = makeComparison('queue', 'limited', 1.9, 0.03);
    expect(of([precise])).toMatchObject({ missed: 0, of: 1, forksNeeded: null, budgetMsNeeded: null });
    expect(said([precise])).toEqual([]);
  });

  it('that would take an hour is no advice', () => {
    const precision = { ...of([wide])!, budgetMsNeeded: 5_400_000 };
    expect(precisionFindings(precision, measurement, 'budget').map(sentenceOf)).toEqual([
      'the wanted precision of ±3 % was missed in 1 of 1 comparison, the widest has ±6.0 % (`queue` ÷ `limited`); it cannot be had within an hour here',
    ]);
  });

  it('is asked of the comparisons that are shown: the baseline’s and the leader’s', () => {
    const pairs = [
      makeComparison('queue', 'limited', 1.9, 0.02),
      makeComparison('batched', 'queue', 0.5, 0.05),
      makeComparison('piscina', 'batched', 0.5, 0.5),
    ];
    expect(of(pairs)).toMatchObject({ missed: 1, of: 2, widest: { executor: 'batched', baseline: 'queue' } });
  });

  it('is not asked of those that no fork makes more precise, and is nothing where nothing was compared', () => {
    expect(of([wide], { without: new Set(['queue']) })).toBeNull();
    expect(of([])).toBeNull();
  });

  it('of two forks is not known: the fewest forks of an interval are needed', () => {
    expect(of([makeComparison('queue', 'limited', 1.9, null)])).toMatchObject({
      missed: 0,
      of: 0,
      widest: null,
      forksNeeded: 5,
    });
  });

  it('counts the rounds that a larger budget gives back', () => {
    const cut = [makeExecutor({ forks: 6, rounds: 12, wallMs: { median: 400, low: null, high: null } })];
    expect(of([wide], { executors: cut })!.budgetMsNeeded).toBeCloseTo(2_000 + 24 * 4_200 * 1.1, 6);
  });

  it.each<[StopReason, number, string]>([
    // 8.2 forks: they fit the twelve that are run at most.
    ['budget', 0.035, '--budget 35s'],
    ['budget', 0.06, '--forks 24 --budget 85s'],
    ['max-forks', 0.035, '--forks 9 --budget 35s'],
    ['fixed', 0.035, '--forks 9 --budget 35s'],
    ['precision', 0.035, '--forks 9 --budget 35s'],
  ])(
    'is said wherever it was missed, and a command for it: by %s, ± %d: %s',
    (stoppedBy, halfWidth, flags) => {
      const comparisons = [makeComparison('queue', 'limited', 1.9, halfWidth)];
      const [message] = said(comparisons, stoppedBy);
      const findings = precisionFindings(of(comparisons), measurement, stoppedBy);
      const scenario = makeScenario({ comparisons, findings, stoppedBy });
      const command = { program: 'threads-vs-loop', args: ['run', 'waiting'] };
      const hints = hintsOf(makeReport({ scenarios: [scenario], command }));
      expect(hints([scenario]).map(({ text }) => text)).toEqual([`threads-vs-loop run waiting ${flags}`]);
      const widest = (100 * halfWidth).toFixed(1);
      expect(message).toBe(
        `the wanted precision of ±3 % was missed in 1 of 1 comparison, the widest has ±${widest} % (\`queue\` ÷ \`limited\`)`,
      );
    },
  );

  it('is one line of a sweep', () => {
    const places = [1, 2, 3].map(value => {
      const comparisons = [makeComparison('queue', 'limited', 1.9, value / 50)];
      const precision = of(comparisons);
      const findings = precisionFindings(precision, measurement, 'budget');
      return makeScenario({ axis: { name: 'param.cpuMs', value }, precision, findings });
    });
    expect(noteSummary(places).map(({ text }) => text)).toEqual([
      'the wanted precision of ±3 % was missed at 2 of 3 places, the widest has ±6.0 % (`queue` ÷ `limited` at 3 ms)',
    ]);
    const report = makeReport({ scenarios: places, command: { program: 'threads-vs-loop', args: ['cpu'] } });
    expect(hintsOf(report)(places).map(({ text }) => text)).toEqual([
      'threads-vs-loop cpu --forks 24 --budget 85s',
    ]);
  });
});

describe('the forks that would do', () => {
  it('do, in ≥ 90 % of experiments', () => {
    const random = createRandom(5);
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const wantedLog = Math.log1p(0.03);
    const widthOf = (forks: number) =>
      compareForks(
        Array.from({ length: forks }, () => {
          const ofFork = 0.05 * gauss();
          return Array.from({ length: 5 }, () => ofFork + 0.05 * gauss());
        }),
        'stopping',
      ).halfWidthLog!;
    let did = 0;
    let tried = 0;
    for (let run = 0; run < 2_000; run++) {
      // The widest of five comparisons, as it is the one that the number is made of.
      const halfWidthLog = Math.max(...Array.from({ length: 5 }, () => widthOf(6)));
      const forks = forksForPrecision({ forks: 6, halfWidthLog, wantedLog });
      if (forks === 6) continue;
      tried++;
      if (Math.max(...Array.from({ length: 5 }, () => widthOf(forks))) <= wantedLog) did++;
    }
    expect(tried).toBeGreaterThan(1_000);
    expect(did / tried).toBeGreaterThanOrEqual(0.9);
  });

  it('have no budget before the first fork', () => {
    const asked = { elapsedMs: 10, forkDurationsMs: [], cutMsPerFork: 0, forksNeeded: 5 };
    expect(budgetForPrecision(asked)).toBeNull();
  });
});
