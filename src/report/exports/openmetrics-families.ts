import { formatPredicate } from '../../predicate.js';
import type { Distribution, Estimate, ExecutorResult, Report, ScenarioResult } from '../../schema/index.js';
import { isInvalid, isOverloaded, judgedExecutors } from '../pairs.js';
import { answerOf } from '../words/objectives.js';

export type Labels = Readonly<Record<string, string>>;

/** Null: there is none, and no line of it. */
export type Sample = readonly [labels: Labels, value: number | null];

/** A gauge; its name ends in its unit. */
export interface Family<Subject> {
  readonly name: string;
  /** Null: a number without one. */
  readonly unit: string | null;
  readonly help: string;
  readonly samples: (subject: Subject) => readonly Sample[];
}

const SECONDS_PER_MS = 1e-3;

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms * SECONDS_PER_MS;
}

/** The figure alone. */
function only(value: number | null): Sample[] {
  return [[{}, value]];
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

function statistics(
  values: Readonly<Record<string, number | null>>,
  inUnit = (value: number | null) => value,
): Sample[] {
  return Object.entries(values).map(([statistic, value]) => [{ statistic }, inUnit(value)]);
}

function estimate({ median, low, high }: Estimate) {
  return { median, low, high };
}

function percentiles({ min, mean, p50, p90, p99, p999, max }: Distribution) {
  return { min, mean, p50, p90, p99, 'p99.9': p999, max };
}

/** Figures of an executor; what must not be believed, and response times of one that is overloaded, are no figures. */
function figure(
  name: string,
  unit: string | null,
  help: string,
  samples: (executor: ExecutorResult) => readonly Sample[],
): Family<ExecutorResult> {
  return { name, unit, help, samples: executor => (isInvalid(executor) ? [] : samples(executor)) };
}

function responseTime(name: string, help: string, of: (executor: ExecutorResult) => Distribution) {
  return figure(name, 'seconds', help, executor =>
    isOverloaded(executor) ? [] : statistics(percentiles(of(executor)), seconds),
  );
}

const FIGURES: readonly Family<ExecutorResult>[] = [
  figure(
    'throughput_tasks_per_second',
    'tasks_per_second',
    'Tasks completed in a second: median of forks and its 95 % interval.',
    ({ tasksPerSecond }) => statistics(estimate(tasksPerSecond)),
  ),
  figure(
    'wall_seconds',
    'seconds',
    'Time of a batch, or of a trial: median of forks and its 95 % interval.',
    one => statistics(estimate(one.wallMs), seconds),
  ),
  responseTime(
    'latency_seconds',
    'From the moment a task was due or handed in until its result was there.',
    ({ latencyMs }) => latencyMs,
  ),
  responseTime(
    'wait_seconds',
    'How long a task was due or handed in before it started.',
    ({ waitMs }) => waitMs,
  ),
  responseTime('service_seconds', 'How long a task ran.', ({ serviceMs }) => serviceMs),
  figure('task_cpu_seconds', 'seconds', 'CPU time per task, of all threads.', one =>
    only(seconds(one.cpuMsPerTask)),
  ),
  figure('used_cores', 'cores', 'CPU time divided by wall time.', one => only(one.coresUsed)),
  figure('memory_bytes', 'bytes', 'The most that a trial took over a bare host.', one =>
    only(one.memoryBytes),
  ),
  figure('peak_rss_bytes', 'bytes', 'Most resident memory of the host and its workers.', one =>
    only(one.peakRssBytes),
  ),
  figure('startup_seconds', 'seconds', 'Until it could take tasks.', one => only(seconds(one.startupMs))),
  figure('loop_busy_ratio', 'ratio', 'Share of the time in which the main loop was not asleep.', ({ loop }) =>
    only(loop?.utilization ?? null),
  ),
  figure(
    'bystander_wait_seconds',
    'seconds',
    'What somebody else on the main loop waits, on average.',
    ({ loop }) => only(seconds(loop?.bystanderWaitMs ?? null)),
  ),
  figure('ideal_reached_ratio', 'ratio', 'Throughput divided by what a task alone allows.', ({ ideal }) =>
    only(ideal?.share ?? null),
  ),
];

const COUNTS: readonly Family<ExecutorResult>[] = [
  {
    name: 'tasks',
    unit: null,
    help: 'Tasks of measured trials by what became of them.',
    samples: ({ outcomes: { completed, cancelled, failed } }) => [
      [{ outcome: 'completed' }, completed],
      [{ outcome: 'cancelled' }, cancelled],
      ...Object.entries(failed).map(([kind, tasks]): Sample => [{ outcome: 'failed', kind }, tasks]),
    ],
  },
  {
    name: 'trials',
    unit: null,
    help: 'Trials by whether they could be measured, cold ones too.',
    samples: ({ trials }) =>
      (['measured', 'lost'] as const).map(state => [
        { state },
        trials.filter(trial => trial.state === state).length,
      ]),
  },
  {
    name: 'executor_valid',
    unit: null,
    help: '1: its figures may be believed; 0: they are left out here.',
    samples: executor => only(flag(!isInvalid(executor))),
  },
  {
    name: 'overloaded',
    unit: null,
    help: '1: it did not keep up with the rate at which tasks came; no response times then.',
    samples: executor => (executor.arrivals === null ? [] : only(flag(isOverloaded(executor)))),
  },
];

export const EXECUTOR_FAMILIES: readonly Family<ExecutorResult>[] = [...FIGURES, ...COUNTS];

export const SCENARIO_FAMILIES: readonly Family<ScenarioResult>[] = [
  {
    name: 'scenario_valid',
    unit: null,
    help: '1: VALID; 0.5: WEAK, with care; 0: INVALID.',
    samples: ({ validity }) => only({ VALID: 1, WEAK: 0.5, INVALID: 0 }[validity]),
  },
  {
    name: 'comparison_ratio',
    unit: 'ratio',
    help: 'Executor divided by baseline within rounds, above 1 is better, and its 95 % interval.',
    samples: ({ validity, comparisons }) =>
      (validity === 'INVALID' ? [] : comparisons).flatMap(({ executor, baseline, of, ratio, low, high }) =>
        statistics({ ratio, low, high }).map(
          ([labels, value]): Sample => [{ executor, baseline, of, ...labels }, value],
        ),
      ),
  },
  {
    name: 'objective_met',
    unit: null,
    help: '1: met; 0: not met; no line: undecided, or not to be believed.',
    samples: result =>
      judgedExecutors(result).flatMap(executor =>
        result.scenario.slo.map((predicate, at): Sample => {
          const labels = { executor: executor.variant.id, objective: formatPredicate(predicate) };
          const answer = isInvalid(executor) ? 'not known' : answerOf(executor, at);
          return [labels, answer === 'met' ? 1 : answer === 'not met' ? 0 : null];
        }),
      ),
  },
];

export const REPORT_FAMILIES: readonly Family<Report>[] = [
  {
    name: 'run',
    unit: null,
    help: 'What was measured where, always 1.',
    samples: ({ generator, environment: { node, cpuModel, cores }, seed }) => [
      [{ generator, node, cpu: cpuModel, cores: String(cores), seed: String(seed) }, 1],
    ],
  },
  {
    name: 'run_start_timestamp_seconds',
    unit: 'seconds',
    help: 'When the run began, in seconds since 1970.',
    samples: ({ startedAt }) => only(seconds(Date.parse(startedAt))),
  },
  {
    name: 'run_elapsed_seconds',
    unit: 'seconds',
    help: 'How long it took.',
    samples: ({ elapsedMs }) => only(seconds(elapsedMs)),
  },
  {
    name: 'capacity_tasks_per_second',
    unit: 'tasks_per_second',
    help: 'The highest rate of a sweep at which the executor meets its objective.',
    samples: ({ capacities }) =>
      capacities.map(
        ({ scenario, params, executor, perSecond }): Sample => [
          { scenario, params: JSON.stringify(params), executor },
          perSecond,
        ],
      ),
  },
];
