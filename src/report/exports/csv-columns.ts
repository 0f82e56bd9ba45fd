import type {
  Distribution,
  ExecutorResult,
  MeasuredTrial,
  ScenarioResult,
  TrialResult,
} from '../../schema/index.js';
import { loadOf } from '../words/load.js';
import { lostTrialText } from '../words/losses.js';

/** Null stays empty. */
export type Cell = string | number | boolean | null;

interface TrialRow {
  readonly result: ScenarioResult;
  readonly executor: ExecutorResult;
  readonly trial: TrialResult;
}

interface TrialColumn {
  /** With the unit at its end. */
  readonly name: string;
  readonly cell: (row: TrialRow) => Cell;
}

function column(name: string, cell: TrialColumn['cell']): TrialColumn {
  return { name, cell };
}

/** Empty of a trial that was lost. */
function measured(name: string, cell: (trial: MeasuredTrial) => Cell): TrialColumn {
  return { name, cell: ({ trial }) => (trial.state === 'measured' ? cell(trial) : null) };
}

function distribution(name: string, of: (trial: MeasuredTrial) => Distribution): TrialColumn[] {
  const part = (end: string, value: (times: Distribution) => number | null) =>
    measured(`${name}_${end}`, trial => value(of(trial)));
  return [
    part('tasks', ({ count }) => count),
    part('failed_tasks', ({ failed }) => failed ?? 0),
    part('min_ms', ({ min }) => min),
    part('mean_ms', ({ mean }) => mean),
    part('p50_ms', ({ p50 }) => p50),
    part('p90_ms', ({ p90 }) => p90),
    part('p99_ms', ({ p99 }) => p99),
    part('p999_ms', ({ p999 }) => p999),
    part('max_ms', ({ max }) => max),
  ];
}

function axisOf({ result, executor }: TrialRow) {
  return executor.variant.axis ?? result.scenario.axis;
}

function axisValue(row: TrialRow): Cell {
  const value = axisOf(row)?.value ?? null;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** `timeout=8 http-500=4`. */
function kindsText({ outcomes }: MeasuredTrial): string {
  return Object.entries(outcomes.failed)
    .map(([kind, tasks]) => `${kind}=${tasks}`)
    .join(' ');
}

const WHOSE: readonly TrialColumn[] = [
  column('scenario', ({ result }) => result.scenario.id),
  column('scenario_name', ({ result }) => result.scenario.name),
  column('purpose', ({ result }) => result.purpose),
  column('scenario_validity', ({ result }) => result.validity),
  column('executor', ({ executor }) => executor.variant.name),
  column('variant', ({ executor }) => executor.variant.id),
  column('variant_label', ({ executor }) => executor.variant.label),
  column('executor_validity', ({ executor }) => executor.validity),
  column('alternative', ({ executor }) => executor.variant.alternative?.name ?? null),
  column('threads', ({ executor }) => executor.variant.threads),
  column('in_flight_limit_tasks', ({ executor }) => executor.variant.inFlight),
  column('axis', row => axisOf(row)?.name ?? null),
  column('axis_value', axisValue),
  column('load', ({ result }) => result.scenario.load.kind),
  column('offered_tasks_per_second', ({ result }) => loadOf(result.scenario).perSecond),
];

const PLACE: readonly TrialColumn[] = [
  column('fork', ({ trial }) => trial.fork),
  column('round', ({ trial }) => trial.round),
  column('position', ({ trial }) => trial.position),
  column('cold', ({ trial }) => trial.cold),
  column('state', ({ trial }) => trial.state),
  column('lost_reason', ({ trial }) => (trial.state === 'lost' ? lostTrialText(trial) : null)),
  measured('faults', ({ faults }) => faults.map(({ code }) => code).join(' ')),
];

const FIGURES: readonly TrialColumn[] = [
  measured('wall_ms', ({ wallMs }) => wallMs),
  measured('batches', ({ batches }) => batches),
  measured('tasks_per_second', ({ tasksPerSecond }) => tasksPerSecond),
  measured('issued_tasks', ({ outcomes }) => outcomes.issued),
  measured('completed_tasks', ({ outcomes }) => outcomes.completed),
  measured('cancelled_tasks', ({ outcomes }) => outcomes.cancelled),
  measured('failed_tasks', ({ outcomes }) =>
    Object.values(outcomes.failed).reduce((sum, one) => sum + one, 0),
  ),
  measured('failed_by_kind_tasks', kindsText),
  ...distribution('latency', ({ latencyMs }) => latencyMs),
  ...distribution('wait', ({ waitMs }) => waitMs),
  ...distribution('service', ({ serviceMs }) => serviceMs),
  ...distribution('delivery', ({ deliveryMs }) => deliveryMs),
  measured('first_result_ms', ({ firstResultMs }) => firstResultMs),
  measured('last_result_ms', ({ lastResultMs }) => lastResultMs),
];

const COST: readonly TrialColumn[] = [
  measured('cpu_ms', ({ cpuMs }) => cpuMs),
  measured('cpu_per_task_ms', ({ cpuMsPerTask }) => cpuMsPerTask),
  measured('used_cores', ({ coresUsed }) => coresUsed),
  measured('memory_bytes', ({ memoryBytes }) => memoryBytes),
  measured('peak_rss_bytes', ({ peakRssBytes }) => peakRssBytes),
  measured('idle_rss_bytes', ({ idleRssBytes }) => idleRssBytes),
  measured('bare_rss_bytes', ({ bareRssBytes }) => bareRssBytes),
  measured('involuntary_switches', ({ involuntarySwitches }) => involuntarySwitches),
  measured('loop_busy_share', ({ loop }) => loop.utilization),
  measured('bystander_wait_mean_ms', ({ loop }) => loop.bystanderWaitMs),
  measured('bystander_wait_p50_ms', ({ loop }) => loop.p50Ms),
  measured('bystander_wait_p99_ms', ({ loop }) => loop.p99Ms),
  measured('bystander_wait_max_ms', ({ loop }) => loop.maxMs),
];

const CHECKS: readonly TrialColumn[] = [
  measured('in_flight_from_stamps_tasks', ({ inFlight }) => inFlight.fromStamps),
  measured('in_flight_sampled_tasks', ({ inFlight }) => inFlight.sampled),
  measured('ran_on_tasks', ({ tasksRanOn }) => tasksRanOn),
  measured('due_tasks', ({ arrivals }) => arrivals?.due ?? null),
  measured('unfinished_tasks', ({ arrivals }) => arrivals?.unfinished ?? null),
  measured('overloaded', ({ arrivals }) => arrivals?.overloaded ?? null),
  measured('pacer_late_p99_ms', ({ arrivals }) => arrivals?.pacerLateMs.p99 ?? null),
  measured('pacer_cpu_ms', ({ arrivals }) => arrivals?.pacerCpuMs ?? null),
  measured('origin_requests', ({ origin }) => origin?.requests ?? null),
  measured('origin_responses', ({ origin }) => origin?.responses ?? null),
  measured('origin_connections', ({ origin }) => origin?.connections ?? null),
  measured('origin_max_concurrent_requests', ({ origin }) => origin?.maxConcurrency ?? null),
  measured('origin_mean_concurrent_requests', ({ origin }) => origin?.meanConcurrency ?? null),
  measured('origin_cpu_ms', ({ origin }) => origin?.cpuMs ?? null),
  measured('origin_loop_active_ms', ({ origin }) => origin?.loopActiveMs ?? null),
];

/** In this order: whose it is, where it stands, what it took, what it cost, what it was checked by. */
export const TRIAL_COLUMNS: readonly TrialColumn[] = [...WHOSE, ...PLACE, ...FIGURES, ...COST, ...CHECKS];
