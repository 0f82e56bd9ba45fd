import { UsageError } from '../errors.js';
import { isLatency } from '../predicate.js';
import type { ExecutorVariant, Finding, Load } from '../schema/index.js';
import { MAX_TASKS } from '../settings/checks.js';
import { DEFAULTS } from '../settings/defaults.js';
import type { CheckedSettings } from '../settings/settings.js';
import type { ScenarioDraft } from './draft.js';
import type { Choice } from './product.js';

const DEFAULT_RATE_MS = 1_000;

/** A load with the number of tasks that it makes of a trial. */
export interface PlannedLoad {
  readonly load: Load;
  /** Null: as many as there is time for. */
  readonly tasks: number | null;
  /** Tasks that there are to start at once, at most: infinite where they come as time goes by. */
  readonly atOnce: number;
  /** What a trial takes by its load alone, ms; 0: a batch takes what it takes. */
  readonly trialMs: number;
}

/** @throws UsageError for settings that contradict each other */
export function planLoad({ name, settings }: ScenarioDraft, choice: Choice): PlannedLoad {
  const { load, durationMs, tasks, maxBacklog = DEFAULTS.maxBacklog } = settings;
  // Of the scenario or, without one, of the workload.
  const defaultTasks = Number(choice.get('tasks'));
  if (durationMs !== undefined && tasks !== undefined) {
    const got = `tasks ${tasks.join(', ')} and a duration of ${durationMs / 1_000} s`;
    throw new UsageError(
      `scenario ${name}`,
      'either a number of tasks or a duration',
      got,
      'Leave one of them out.',
    );
  }
  if (load?.kind === 'rate') {
    const perSecond = Number(choice.get('rate'));
    const number =
      tasks === undefined ? tasksDue(name, perSecond, durationMs ?? DEFAULT_RATE_MS) : defaultTasks;
    const trialMs = (number / perSecond) * 1_000;
    const planned = { kind: 'rate', perSecond, arrivals: load.arrivals, maxBacklog } as const;
    // The limit in flight is not to vary along a sweep of rates.
    return { load: planned, tasks: number, atOnce: Number.POSITIVE_INFINITY, trialMs };
  }
  refuseLatencyObjective(name, settings);
  if (durationMs === undefined)
    return { load: { kind: 'batch' }, tasks: defaultTasks, atOnce: defaultTasks, trialMs: 0 };
  return {
    load: { kind: 'duration', durationMs },
    tasks: null,
    atOnce: Number.POSITIVE_INFINITY,
    trialMs: durationMs,
  };
}

function tasksDue(name: string, perSecond: number, durationMs: number): number {
  const tasks = Math.max(1, Math.round((perSecond * durationMs) / 1_000));
  if (tasks <= MAX_TASKS) return tasks;
  throw new UsageError(
    `scenario ${name}: rate × duration`,
    `at most ${MAX_TASKS.toLocaleString('en-US')} tasks in a trial`,
    `${tasks.toLocaleString('en-US')}`,
    'Ask for a lower rate or a shorter duration.',
  );
}

function refuseLatencyObjective(name: string, { slo = [], durationMs }: CheckedSettings): void {
  const latency = slo.find(({ metric }) => isLatency(metric));
  if (latency === undefined || durationMs !== undefined) return;
  throw new UsageError(
    `scenario ${name}: slo`,
    'a latency objective with a rate or a duration only',
    `${latency.metric} in a batch, where latency is a place in the line`,
    'Add for example --load rate=500/s.',
  );
}

export function loadFindings(
  { load }: PlannedLoad,
  executors: readonly ExecutorVariant[],
  timeline: boolean,
): Finding[] {
  if (load.kind !== 'duration') return [];
  const endless = executors.filter(({ name }) => name === 'promise-all').map(({ id }) => id);
  const noTimeline: Finding = { code: 'no-timeline', severity: 'note', subjects: [], values: {} };
  const repeated: Finding = { code: 'repeated-batches', severity: 'note', subjects: endless, values: {} };
  return [...(timeline ? [noTimeline] : []), ...(endless.length > 0 ? [repeated] : [])];
}
