import type { ExecutorResult } from '../../schema/index.js';
import { type Machine, milliseconds } from './evidence.js';
import { type Finding, sayTogether } from './shared.js';

/** Lateness below this does not matter to anybody who reads milliseconds. */
const HARMLESS_MS = 1;
/** Share of a percentile of latency that the same percentile of the pacer's lateness may be. */
const HARMLESS_SHARE = 0.1;
const PERCENTILES = ['p99', 'p90', 'p50'] as const;

/**
 * A pacer that released tasks late measured itself: percentile by percentile, over the tasks of all counted trials, its
 * lateness must be small beside the latency that it is part of. A late loop is no fault, it is the result.
 */
export function pacerFindings(
  executor: Pick<ExecutorResult, 'id' | 'kind' | 'threads' | 'arrivals' | 'latencyMs'>,
  machine: Pick<Machine, 'cores'>,
): Finding[] {
  const { id, arrivals, latencyMs } = executor;
  if (arrivals === null) return [];
  for (const name of PERCENTILES) {
    const latenessMs = arrivals.latenessMs[name] ?? 0;
    const allowedMs = Math.max(HARMLESS_MS, HARMLESS_SHARE * (latencyMs[name] ?? 0));
    if (latenessMs <= allowedMs) continue;
    return [
      {
        rule: 'pacer late',
        executor: id,
        size: latenessMs / allowedMs,
        say: ({ names, upTo }) =>
          `pacer late: under ${names} tasks were released ${upTo}${milliseconds(latenessMs)} after they were due (${name}), at most ${milliseconds(allowedMs)} allowed, so that latency cannot be told from that; ${remedyOf(executor, machine)}`,
      },
    ];
  }
  return [];
}

/** The pacer wants a core now and then: only an executor that takes all of them can leave it one. */
function remedyOf(
  { kind, threads }: Pick<ExecutorResult, 'kind' | 'threads'>,
  { cores }: Pick<Machine, 'cores'>,
): string {
  if (kind === 'loop' || threads < cores || cores < 2)
    return 'ask for a lower rate, or close other programs and run again';
  return `ask for a lower rate, or for fewer ${kind} than the ${cores} cores`;
}

/** The executors that did not keep up with the schedule: a result, no fault of the measurement. */
export function overloadNotes(executors: readonly ExecutorResult[]): string[] {
  const findings = executors.flatMap(({ id, arrivals }): Finding[] => {
    if (arrivals === null || !arrivals.overloaded) return [];
    const [, from = 0, , to = 0] = arrivals.backlogByQuarter;
    const say: Finding['say'] = ({ names, many }) =>
      `overloaded: the backlog of ${names} grew ${many ? '(at most ' : ''}from ${Math.round(from)} to ${Math.round(to)} tasks${many ? ')' : ''}, so that ${many ? 'their' : 'its'} latencies only tell how long the trial was`;
    return [{ rule: 'overloaded', executor: id, size: to - from, say }];
  });
  return sayTogether(findings);
}
