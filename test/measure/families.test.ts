import { describe, expect, it } from 'vitest';
import { compareExecutors } from '../../src/analysis/compare.js';
import type { ExecutorHistory } from '../../src/analysis/history.js';
import { reasonToStop } from '../../src/measure/stopping.js';
import { createRandom } from '../../src/random.js';
import { type ConclusionKind, conclude } from '../../src/report/words/conclusion.js';
import { sweepHeadline } from '../../src/report/words/sweep-conclusion.js';
import type { MeasuredTrial, ScenarioResult } from '../../src/schema/index.js';
import { compareForks } from '../../src/stats/comparison.js';
import {
  makeExecutor,
  makeMeasuredTrial,
  makeMeasurement,
  makeScenario,
  waitingScenario,
} from '../support/report-fixture.js';

/**
 * Equal executors, through all that ships: the stopping rule, every pair within rounds, Holm, the headline. What a report
 * makes its headline of is chosen from the data, so any false word anywhere counts.
 */
const EXPERIMENTS = 2_000;
const ROUNDS = 5;
const FORK_SD = 0.01;
const ROUND_SD = 0.03;
const BASELINE = 'e0';

const measurement = makeMeasurement({ rounds: ROUNDS, budgetMs: 1e9, mostBudgetMs: 1e9 });
const variant = waitingScenario().scenario.executors[0]!;
const trial = makeMeasuredTrial();
const random = createRandom(20_261_121);
const gauss = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Every second one is a pool. */
const kindOf = (at: number): 'loop' | 'threads' => (at % 2 === 0 ? 'loop' : 'threads');

/** ln(throughput) by executor, fork and round, until the stopping rule has seen enough of the baseline's rivals. */
function measure(logSpeeds: readonly number[]): number[][][] {
  const logs: number[][][] = logSpeeds.map(() => []);
  for (let forksDone = 0; ; forksDone++) {
    const rivals = forksDone === 0 ? [] : logs.slice(1);
    const reason = reasonToStop({
      measurement,
      forksDone,
      halfWidthsLog: rivals.map(
        rival =>
          compareForks(
            rival.map((fork, f) => fork.map((value, r) => value - logs[0]![f]![r]!)),
            'stopping',
          ).halfWidthLog,
      ),
      elapsedMs: forksDone,
      forkDurationsMs: new Array<number>(forksDone).fill(1),
    });
    if (reason !== null) return logs;
    logSpeeds.forEach((logSpeed, at) => {
      const ofFork = logSpeed + (FORK_SD / Math.SQRT2) * gauss();
      logs[at]!.push(Array.from({ length: ROUNDS }, () => ofFork + (ROUND_SD / Math.SQRT2) * gauss()));
    });
  }
}

function forksOf(logs: readonly (readonly number[])[], id: string): ExecutorHistory {
  const trialOf = (log: number, at: number): MeasuredTrial => ({
    ...trial,
    round: at + 1,
    tasksPerSecond: Math.exp(log),
  });
  return {
    variant: { ...variant, id },
    coldOnly: false,
    forks: logs.map(fork => ({
      id,
      startupMs: null,
      trials: fork.map(trialOf),
      histograms: [],
      digests: null,
      examples: [],
      trace: null,
      warmedUp: null,
    })),
  };
}

function experiment(logSpeeds: readonly number[], place: number, kinds = kindOf): ScenarioResult {
  const logs = measure(logSpeeds);
  const { comparisons, winner } = compareExecutors(
    logs.map((forks, at) => forksOf(forks, `e${at}`)),
    {
      baseline: BASELINE,
      confidence: 'stopping',
      of: 'throughput',
      equivalence: null,
      overloaded: new Set(),
    },
  );
  return makeScenario({
    executors: logSpeeds.map((_, at) => makeExecutor({ name: `e${at}`, id: `e${at}`, kind: kinds(at) })),
    baseline: BASELINE,
    comparisons,
    winner,
    axis: { name: 'param.cpuMs', value: place },
    stoppedBy: 'precision',
  });
}

const equal = (executors: number) => new Array<number>(executors).fill(0);
/** "Use the loop: threads add nothing" is no false claim of equal ones; that they are slower would be in a verdict. */
const CLAIMS: readonly ConclusionKind[] = ['use threads', 'little in it', 'fastest', 'equal'];

function claimsSomething(scenario: ScenarioResult): boolean {
  return (
    scenario.winner !== null ||
    scenario.comparisons.some(({ verdict }) => verdict !== 'no difference shown') ||
    CLAIMS.includes(conclude(scenario).kind)
  );
}

function shareOf(holds: () => boolean, experiments = EXPERIMENTS): number {
  let count = 0;
  for (let i = 0; i < experiments; i++) if (holds()) count++;
  return count / experiments;
}

describe('any false claim of equal executors, whoever is in front', () => {
  it.each([6, 12])('%d executors: ≤ 5 %', executors => {
    const claims = shareOf(() => claimsSomething(experiment(equal(executors), 1)));
    expect(claims).toBeLessThanOrEqual(0.05);
  });

  it('loops only, so that the first of all is chosen: ≤ 5 %', () => {
    const claims = shareOf(() => claimsSomething(experiment(equal(6), 1, () => 'loop')));
    expect(claims).toBeLessThanOrEqual(0.05);
  });

  it.each([
    ['a loop and a pool', 2, kindOf],
    ['six executors', 6, kindOf],
    ['three loops', 3, () => 'loop'],
  ] satisfies [string, number, typeof kindOf][])('a sweep of 6 places, %s: ≤ 5 %', (_, executors, kinds) => {
    const said = new Set([
      'Undecided from 1 to 6 ms of computing per task: the intervals leave room for a gain',
      'No executor is shown to be fastest from 1 to 6 ms of computing per task',
    ]);
    const claims = shareOf(() => {
      const places = [1, 2, 3, 4, 5, 6].map(place => experiment(equal(executors), place, kinds));
      const headline = sweepHeadline(places);
      return !said.has(headline) && !/^(Use the loop: )?no gain from threads shown/i.test(headline);
    });
    expect(claims).toBeLessThanOrEqual(0.05);
  });
});

describe('what correcting over all pairs leaves to be found', () => {
  it('one of six executors that is 5 % slower, in ≥ 80 %', () => {
    const found = shareOf(
      () =>
        experiment([...equal(5), Math.log(0.95)], 1).comparisons.find(
          ({ executor, baseline }) => executor === 'e5' && baseline === BASELINE,
        )?.verdict === 'slower',
    );
    expect(found).toBeGreaterThanOrEqual(0.8);
  });
});
