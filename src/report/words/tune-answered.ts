import type { Estimate, ExecutorResult, Report, Tune, TuneAnswer, TunePoint } from '../../schema/index.js';

/** A tune that has an answer, with what its sentences are made of. */
export interface Answered {
  readonly report: Report;
  readonly tune: Tune;
  readonly answer: TuneAnswer;
  readonly choice: TunePoint;
}

export function answered(report: Report, tune: Tune, answer: TuneAnswer): Answered {
  return { report, tune, answer, choice: tune.points.find(({ id }) => id === answer.choice)! };
}

/** What the confirmation measured of a point. */
export function confirmedOf({ report }: Answered, id: string | null): ExecutorResult | undefined {
  return report.scenarios[0]?.executors.find(({ variant }) => variant.id === id);
}

/** Judged by whether it holds at a rate, and not by how much it does. */
export function isJudged({ forks }: Tune): boolean {
  return forks.some(({ unmet }) => unmet !== undefined);
}

function isUnfit({ standings }: TuneAnswer, id: string | null): boolean {
  return standings.some(standing => standing.id === id && standing.state === 'unfit');
}

/** Threads were chosen, and not shown to do more than the loop does. */
export function isUndecided(tune: Tune, answer: TuneAnswer): boolean {
  const { choice, loop, toLoop } = answer;
  if (isJudged(tune) || isUnfit(answer, loop)) return false;
  const hasThreads = tune.points.some(({ id, workers }) => id === choice && workers > 0);
  return hasThreads && loop !== null && (toLoop.low === null || toLoop.low <= 1);
}

/** The runner-up ÷ the choice. */
export function ofRunnerUp({ answer }: Answered): Estimate | null {
  const { median, low, high } = answer.toRunnerUp;
  if (median === null) return null;
  return { median: 1 / median, low: high === null ? null : 1 / high, high: low === null ? null : 1 / low };
}

/** The loop is recommended because nothing else is shown, and not because threads are known to gain less than was allowed. */
export function mayBeBeaten(said: Answered): boolean {
  const { choice, tune, answer } = said;
  if (isJudged(tune) || isUnfit(answer, answer.runnerUp)) return false;
  const ratio = ofRunnerUp(said)?.median ?? 0;
  return choice.workers === 0 && ratio > 1 + tune.rules.within;
}
