import type { Estimate, ExecutorResult, ScenarioResult } from '../../schema/index.js';
import { amount, duration } from '../format.js';
import { isInvalid, isMeasured, isOverloaded } from '../pairs.js';
import { loadOf } from '../words/load.js';

/** What executors are set beside each other by, in a table or a chart along an axis. */
export interface Figure {
  /** `tasks/s`, `seconds`, `p99 latency in ms`: of a chart. */
  readonly title: string;
  /** Of a table whose figures are not its usual ones: `p99 latency since due`; else null. */
  readonly note: string | null;
  readonly lessIsBetter: boolean;
  /** In the unit of the title; null where it was not measured, or there is none for an executor that is overloaded. */
  of(executor: ExecutorResult): number | null;
  /** Its 95 % interval, in the same unit. */
  interval(executor: ExecutorResult): readonly [low: number, high: number] | null;
  /** With its unit where it is a time. */
  text(executor: ExecutorResult): string;
}

/**
 * Throughput; along numbers of tasks the time that they take; where tasks come at a given rate latency, of which throughput
 * tells nothing: the 99th percentile, or the median where nobody has samples enough.
 */
export function figureOf(scenarios: readonly ScenarioResult[]): Figure {
  const { scenario } = scenarios[0]!;
  if (loadOf(scenario).compares === 'latency') return latencyFigure(scenarios);
  return scenario.axis?.name === 'tasks' ? WALL : THROUGHPUT;
}

const INVALID = 'INVALID';

const THROUGHPUT: Figure = {
  title: 'tasks/s',
  note: null,
  lessIsBetter: false,
  of: executor => (counts(executor) ? executor.tasksPerSecond.median : null),
  interval: executor => intervalOf(executor.tasksPerSecond),
  text: throughputText,
};

const WALL: Figure = {
  title: 'seconds',
  note: null,
  lessIsBetter: true,
  of: executor => (counts(executor) ? executor.wallMs.median! / 1_000 : null),
  interval: executor => intervalOf(executor.wallMs, 1 / 1_000),
  text: executor => (isInvalid(executor) ? INVALID : duration(executor.wallMs.median)),
};

/** Null where there is none. @param scale into the unit of the figure */
export function intervalOf(
  estimate: Pick<Estimate, 'low' | 'high'> | null,
  scale = 1,
): readonly [number, number] | null {
  const { low = null, high = null } = estimate ?? {};
  return low === null || high === null ? null : [low * scale, high * scale];
}

/** What is completed beside many failures, or beside a source that was the limit, is no figure of the executor. */
export function throughputText(executor: ExecutorResult): string {
  return isInvalid(executor) ? INVALID : amount(executor.tasksPerSecond.median);
}

function counts(executor: ExecutorResult): boolean {
  return isMeasured(executor) && !isInvalid(executor);
}

function latencyFigure(scenarios: readonly ScenarioResult[]): Figure {
  const hasP99 = scenarios.some(({ executors }) => executors.some(({ latency }) => latency?.p99 != null));
  const name = hasP99 ? 'p99' : 'p50';
  const latencyMs = (executor: ExecutorResult) =>
    isOverloaded(executor) || isInvalid(executor) ? null : (executor.latency?.[name]?.median ?? null);
  return {
    title: `${name} latency in ms`,
    note: `${name} latency since due`,
    lessIsBetter: true,
    of: latencyMs,
    interval: ({ latency }) => intervalOf(latency?.[name] ?? null),
    text: executor => {
      if (isOverloaded(executor)) return 'overloaded';
      return isInvalid(executor) ? INVALID : duration(latencyMs(executor));
    },
  };
}
