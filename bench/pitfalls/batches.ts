import { amount, duration, percent, times } from '../../src/report/format.js';
import type { Report } from '../../src/schema/index.js';
import { compareForks } from '../../src/stats/comparison.js';
import { compareRuns } from '../../src/stats/welch.js';
import { Burners } from './burners.js';
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
  return [
    {
      rule: 'throughput is completed ÷ wall',
      right: `limited ends ${amount(limited!.tasksPerSecond.median)} tasks a second`,
      wrong: `1 ÷ its mean service time: ${amount(1_000 / limited!.serviceMs.mean!)} a second`,
    },
    {
      rule: 'cold and warm are two figures',
      right: `a warm trial of limited takes ${duration(limited!.wallMs.median)}`,
      wrong: `the first one ${duration(limited!.coldWallMs)}, ${times(limited!.coldWallMs! / limited!.wallMs.median!)} of it`,
    },
  ];
}

/** Two equal loops on a machine that somebody else uses now and then. */
async function equalLoops(forks: number, rounds: number): Promise<Report> {
  const burners = new Burners(2);
  const switching = setInterval(() => burners.toggle(), 700);
  const executors = ['sequential', 'limited'];
  const work = { targets: ['cpu'], params: { cpuMs: 2 }, tasks: 40 };
  return measure({ ...work, executors, forks, rounds }).finally(() => {
    clearInterval(switching);
    burners.stop();
  });
}

export async function pairingExample(): Promise<Example> {
  const report = await equalLoops(5, 5);
  const [comparison] = report.scenarios[0]!.comparisons;
  const [sequential, limited] = ['sequential', 'limited'].map(id => logByFork(report, id).map(mean));
  const unpaired = compareRuns(sequential!, limited!);
  return {
    rule: 'ratios are taken within rounds',
    right: `two equal loops, others at work now and then: ${times(comparison!.ratio)} ${halfWidth(comparison!)}`,
    wrong: `the same trials without their pairs: ${times(unpaired.ratio)} ${halfWidth(unpaired)}`,
  };
}

/** A workload that is faster in one process than in another, for its life, as code and memory happen to be laid out. */
export async function forkExample(): Promise<Example> {
  const report = await measure({
    targets: [new URL('./moody.js', import.meta.url).href],
    executors: ['sequential', 'limited'],
    forks: 5,
    rounds: 5,
  });
  const [comparison] = report.scenarios[0]!.comparisons;
  const [sequential, limited] = ['sequential', 'limited'].map(id => logByFork(report, id));
  const rounds = limited!.flatMap((fork, at) => fork.map((log, round) => [log - sequential![at]![round]!]));
  const pooled = compareForks(rounds, 'fixed');
  return {
    rule: 'forks are the units, not rounds',
    right: `two equal loops in processes of ± 5 %: ${times(comparison!.ratio)} ${halfWidth(comparison!)} from 5 forks`,
    wrong: `25 rounds taken for independent: ${halfWidth(pooled)}`,
  };
}

export async function equalityExample(): Promise<Example> {
  const report = await equalLoops(3, 1);
  const [comparison] = report.scenarios[0]!.comparisons;
  const { low, high, p, verdict } = comparison!;
  return {
    rule: '"no difference shown" is not "equal"',
    right: `3 forks of a round: ${verdict}, and the interval leaves room for ${percent(Math.max(high! - 1, 1 - low!))}`,
    wrong: `p = ${p!.toPrecision(2)}, "so they are the same"`,
  };
}

function halfWidth({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return `± ${percent(Math.sqrt(high! / low!) - 1)}`;
}

/** ln(throughput) of the warm trials, by fork, in order of rounds. */
function logByFork(report: Report, executor: string): number[][] {
  const forks: number[][] = [];
  for (const { fork, tasksPerSecond } of warmTrials(report, executor)) {
    forks[fork] ??= [];
    forks[fork].push(Math.log(tasksPerSecond));
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

/** Bursts of random arrivals, more in one trial than in another: the mean of percentiles is none. */
export async function percentileExample(): Promise<Example> {
  const report = await measure({
    targets: ['cpu'],
    executors: ['limited'],
    params: { cpuMs: 2 },
    load: 'rate=430/s,poisson',
    forks: 1,
    rounds: 8,
    budgetMs: 60_000,
  });
  const trials = warmTrials(report, 'limited');
  const p90OfTrials = trials.map(({ latencyMs }) => latencyMs.p90!);
  return {
    rule: 'percentiles are taken of pooled tasks',
    right: `p90 of ${trials.length} trials together: ${duration(report.scenarios[0]!.executors[0]!.latencyMs.p90)}`,
    wrong: `the mean of their p90s: ${duration(mean(p90OfTrials))} (they lie between ${duration(Math.min(...p90OfTrials))} and ${duration(Math.max(...p90OfTrials))})`,
  };
}

/** A task that does nothing: what is timed is the clock. */
export async function clockExample(): Promise<Example> {
  const report = await measure({ targets: ['noop'], executors: ['limited'], forks: 1, rounds: 3 });
  const { serviceMs, tasksPerSecond } = report.scenarios[0]!.executors[0]!;
  return {
    rule: 'what is as short as the clock is not timed',
    right: `a task that does nothing takes 1 ÷ ${amount(tasksPerSecond.median)}/s = ${duration(1_000 / tasksPerSecond.median!)}, bookkeeping included`,
    wrong: `its "service time": ${duration(serviceMs.p50)}, of a clock whose smallest step here is ${report.environment.clockResolutionNs} ns`,
  };
}
