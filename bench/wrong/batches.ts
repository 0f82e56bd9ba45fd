import { amount, duration, percent, times } from '../../src/report/format.js';
import { compareForks } from '../../src/stats/comparison.js';
import { compareRuns } from '../../src/stats/welch.js';
import { type Example, mean, measure, warmTrials } from './example.js';

/** Rules that one ordinary comparison shows: 200 requests of 50 ms, a loop and two threads, 5 forks of 5 rounds. */
export async function batchExamples(): Promise<Example[]> {
  const report = await measure({
    targets: ['http'],
    executors: ['limited', 'queue'],
    params: { waitMs: 50 },
    tasks: 200,
    forks: 5,
    rounds: 5,
  });
  const scenario = report.scenarios[0]!;
  const [limited] = scenario.executors;
  const [comparison] = scenario.comparisons;
  const logs = ['limited', 'queue'].map(id => logByFork(report, id));
  const perFork = logs.map(forks => forks.map(mean));
  const rounds = logs[1]!.flatMap((fork, at) => fork.map((value, round) => value - logs[0]![at]![round]!));
  const unpaired = compareRuns(perFork[0]!, perFork[1]!);
  const pooled = compareForks(
    rounds.map(value => [value]),
    'fixed',
  );
  const half = (low: number | null, high: number | null) => `± ${percent(Math.sqrt(high! / low!) - 1)}`;
  return [
    {
      rule: 'throughput is completed ÷ wall',
      right: `limited ends ${amount(limited!.throughputPerSecond.median)} tasks a second`,
      wrong: `1 ÷ its mean service time: ${amount(1_000 / limited!.serviceMs.mean!)} a second`,
    },
    {
      rule: 'ratios are taken within rounds',
      right: `queue ÷ limited ${times(comparison!.ratio)}, ${half(comparison!.low, comparison!.high)}`,
      wrong: `the same trials without their pairs: ${times(unpaired.ratio)}, ${half(unpaired.low, unpaired.high)}`,
    },
    {
      rule: 'forks are the units, not rounds',
      right: `5 forks: ${half(comparison!.low, comparison!.high)}`,
      wrong: `25 rounds taken for independent: ${half(pooled.low, pooled.high)}`,
    },
    {
      rule: 'cold and warm are two figures',
      right: `a warm trial of limited takes ${duration(limited!.wallMs.median)}`,
      wrong: `the first one ${duration(limited!.coldWallMs)}, ${times(limited!.coldWallMs! / limited!.wallMs.median!)} of it`,
    },
    {
      rule: '"no difference shown" is not "equal"',
      right: `the interval leaves room for ${percent(Math.max(comparison!.high! - 1, 1 - comparison!.low!))} (verdict: ${comparison!.verdict})`,
      wrong: `p = ${comparison!.p!.toPrecision(2)}, so "they are the same"`,
    },
  ];
}

/** ln(throughput) of the warm trials, by fork, in order of rounds. */
function logByFork(report: Parameters<typeof warmTrials>[0], executor: string): number[][] {
  const forks: number[][] = [];
  for (const { fork, throughputPerSecond } of warmTrials(report, executor)) {
    forks[fork] ??= [];
    forks[fork].push(Math.log(throughputPerSecond));
  }
  return forks;
}

/** An origin that turns away all above 16 at a time: what fails at once looks fast. */
export async function failureExample(): Promise<Example> {
  const report = await measure({
    targets: ['http'],
    executors: ['limited'],
    params: { waitMs: 20, limit: 16, overLimit: '503' },
    tasks: 500,
    forks: 1,
    rounds: 3,
    maxFailed: 1,
  });
  const trials = warmTrials(report, 'limited');
  const perSecond = (of: (trial: (typeof trials)[number]) => number) =>
    mean(trials.map(trial => of(trial) / (trial.wallMs / 1_000)));
  return {
    rule: 'failed tasks never raise throughput',
    right: `${amount(perSecond(trial => trial.outcomes.completed))} completed a second`,
    wrong: `${amount(perSecond(trial => trial.outcomes.issued))} "requests a second", ${percent(mean(trials.map(({ outcomes }) => 1 - outcomes.completed / outcomes.issued)))} of them 503`,
  };
}

/** Waits with a long tail: the mean of percentiles is none. */
export async function percentileExample(): Promise<Example> {
  const report = await measure({
    targets: ['http'],
    executors: ['limited'],
    params: { waitMs: 5, latency: 'lognormal', spread: 1.2 },
    tasks: 1_000,
    forks: 1,
    rounds: 5,
  });
  const trials = warmTrials(report, 'limited');
  const pooled = report.scenarios[0]!.executors[0]!.serviceMs;
  return {
    rule: 'percentiles are taken of pooled tasks',
    right: `p99.9 needs 10,000 tasks: of these 5,000 the report shows p99, ${duration(pooled.p99)}`,
    wrong: `the mean of the 5 trials' largest 1 in 1,000: ${duration(mean(trials.map(({ serviceMs }) => serviceMs.max!)))}, of all together ${duration(pooled.max)}`,
  };
}

/** A task that does nothing: what is timed is the clock. */
export async function clockExample(): Promise<Example> {
  const report = await measure({ targets: ['noop'], executors: ['limited'], forks: 1, rounds: 3 });
  const { serviceMs, throughputPerSecond } = report.scenarios[0]!.executors[0]!;
  return {
    rule: 'what is as short as the clock is not timed',
    right: `a task that does nothing takes 1 ÷ ${amount(throughputPerSecond.median)}/s = ${duration(1_000 / throughputPerSecond.median!)}, bookkeeping included`,
    wrong: `its "service time": ${duration(serviceMs.p50)}, of a clock whose smallest step here is ${report.environment.clockResolutionNs} ns`,
  };
}
