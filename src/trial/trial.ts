import type {
  ArrivalFigures,
  Executions,
  Outcomes,
  ThreadUse,
  Trace,
  TrialFault,
  TrialFigures,
  TrialHistograms,
} from '../schema/index.js';
import { withoutUnknown } from '../stats/clock-error.js';
import type { TaskTable } from '../stats/packed-tasks.js';
import { type Batch, LONGEST_SAMPLE } from '../tasks/batch.js';
import type { Failure } from '../tasks/failure.js';
import { TrialBatches } from './batches.js';
import { BusySpells } from './busy-spells.js';
import type { DigestOf } from './digest.js';
import { inFlightFigures, SAMPLER } from './in-flight.js';
import { leadIn } from './lead-in.js';
import type { Ledger } from './ledger.js';
import type { BatchRun, PacedArrivals, RunRequest, TrialLoadStrategy } from './loads/load.js';
import { strategyOf } from './loads/strategy-of.js';
import { Meters } from './meters.js';
import type { SideThread } from './side-thread.js';
import { ThreadUseWatch } from './thread-use.js';
import type { TrialLoad } from './trial-load.js';
import { histogramOf } from './trial-times.js';
import type { WorkerUsage } from './usage.js';

export interface TrialSpec {
  readonly load: TrialLoad;
  /** How many times the batch is run, each complete before the next; 1 in every other load. */
  readonly repeats: number;
  readonly taskTimeoutMs: number;
  /** Below the limit that the executor was started with; absent: that one. */
  readonly inFlight?: number;
  /** Whether workers are at work when the clock starts; not where the requests of a trial are counted elsewhere. */
  readonly leadIn?: boolean;
  /** Decides when the bystander's probes come: another one for each trial. */
  readonly probeSeed: number;
  /** True in cold trials: keep, look at and digest every result, to prove that executors did the same work. */
  readonly digest: boolean;
  /** True where the cold trial had results that cannot be sent: all are looked at, so that no worker is lost over them. */
  readonly looks?: boolean;
  /** True: a thread of its own samples how many tasks are in flight. */
  readonly gauge: boolean;
  /** True: the trial is told task by task as well, as far as people read; `columns`: all of its tasks, of its first batch. */
  readonly trace: boolean | 'columns';
  /** True of a task alone: what the main thread does is told from what the rest of the process does. */
  readonly threadUse?: boolean;
}

export interface TrialOutput {
  readonly figures: TrialFigures;
  readonly histograms: TrialHistograms;
  readonly digests: Float64Array | null;
  readonly trace: Trace | null;
  /** Absent unless they were asked for; never of a duration load. */
  readonly columns?: TaskTable;
  /** Absent unless it was asked for. */
  readonly threadUse?: ThreadUse;
  /** One failure of each kind. */
  readonly examples: readonly Failure[];
  /** Where ledger and received results do not add up; empty when they do. */
  readonly faults: readonly TrialFault[];
}

/** What a host has at hand when a trial begins. */
export interface TrialSetting {
  readonly executor: {
    run(batch: Batch): Promise<void>;
    usage?(): WorkerUsage;
    refreshUsage?(): Promise<void>;
    executions?(): Promise<Executions>;
  };
  readonly ledger: Ledger;
  readonly idleRssBytes: number;
  /** Of the host before it had an executor. */
  readonly bareRssBytes: number;
  readonly signal: AbortSignal;
  /** Rate load: releases the tasks. */
  readonly pacer: SideThread | null;
  /** Counts what is in flight, when that is asked for. */
  readonly sampler: SideThread | null;
  /** Whether results are kept until the trial ends, as by who gathers them. Default: they are let go of, as in a service. */
  readonly keepResults?: boolean;
  /** What is digested of results, asked for when the clock has stopped; null: nothing, they may differ. Default: their contents. */
  readonly digestBy?: () => Promise<DigestOf | null | undefined>;
  /** Is given the results of a trial that is digested: they may have to be shown. */
  readonly holdResults?: (results: readonly unknown[]) => void;
}

/**
 * One trial: the clock runs from handing the batch to the executor (in rate load: from the start of the schedule) until
 * its last result is on this thread; everything else (columns, percentiles, digests) is done after it has stopped.
 *
 * A batch may be run several times, each complete before the next: all clocks stand in between.
 *
 * @throws WorkerLost when a worker ended before its tasks did
 */
export async function runTrial(setting: TrialSetting, spec: TrialSpec): Promise<TrialOutput> {
  const { executor, ledger, idleRssBytes, bareRssBytes, sampler } = setting;
  const load = strategyOf(spec.load);
  if (spec.leadIn) {
    const request = runRequestOf(load, setting, spec, new Meters(executor, spec.probeSeed));
    await leadIn(setting, load, request, isLookedAt(spec));
  }
  await executor.refreshUsage?.();
  // Those of what was run before are told, and forgotten.
  await executor.executions?.();
  const straysBefore = ledger.strays + (executor.usage?.().strays ?? 0);
  const spells = spec.trace === 'columns' ? new BusySpells() : null;
  const meters = new Meters(executor, spec.probeSeed, spells);
  const { usage, loopWatch } = meters;
  usage.resetMemory();
  sampler?.begin();
  const use = spec.threadUse === true ? new ThreadUseWatch() : null;
  const { batches, last } = await runBatches(load, spec, runRequestOf(load, setting, spec, meters));
  const threadUse = use?.end();
  // It stops at this call; what it found is asked for later.
  const sampling = sampler?.end();
  await executor.refreshUsage?.();
  const executions = await executor.executions?.();
  const memory = usage.memory(bareRssBytes);
  const sampled = (await sampling) ?? null;
  // Of a workload's own: it is loaded when the clock has stopped.
  batches.read(last, spec.digest ? await setting.digestBy?.() : undefined);
  const { wallMs } = batches;
  const { cpuMs: allCpuMs, involuntarySwitches, loopUtilization } = usage.timed();

  const times = batches.times();
  const { completed, firstResultMs, lastResultMs, ranMs } = times.tally;
  const paced = times.columns && ((await load.endPacing?.(setting, times.columns)) ?? null);
  // NaN where the system does not tell.
  const samplerCpuMs = sampled?.[SAMPLER.cpuMs] || 0;
  const cpuMs = allCpuMs - (paced?.pacerCpuMs ?? 0) - samplerCpuMs;
  const figures: TrialFigures = {
    wallMs,
    batches: batches.batches,
    tasksPerSecond: completed / (wallMs / 1000),
    ...knownTimes(times.distributions, executions),
    firstResultMs,
    lastResultMs,
    cpuMs,
    cpuMsPerTask: completed > 0 ? cpuMs / completed : null,
    coresUsed: cpuMs / wallMs,
    ...memory,
    idleRssBytes,
    bareRssBytes,
    involuntarySwitches,
    loop: loopWatch.delay(loopUtilization),
    outcomes: batches.outcomes(times.tally),
    arrivals: paced && arrivalFigures(paced),
    inFlight: inFlightFigures(ranMs, wallMs, sampled),
    ...(executions && { executions }),
    tasksRanOn: straysBefore + batches.ignoredAborts + (executor.usage?.().ignoredAborts ?? 0),
  };
  if (spec.digest) setting.holdResults?.(last.batch.results);
  return {
    figures,
    histograms: {
      ...times.histograms,
      pacerLateMs: paced && histogramOf(paced.lateness),
      loopWaitMs: loopWatch.waits(),
    },
    digests: batches.digests,
    trace: withSpells(batches.trace, spells, last),
    ...(batches.columns && { columns: batches.columns }),
    ...(threadUse && { threadUse }),
    examples: batches.examples,
    faults: [...batches.faults, ...executionFaults(executions, figures.outcomes)],
  };
}

/** What lies between the clocks of two machines is told as far as these are known. */
function knownTimes<Times extends Pick<TrialFigures, 'waitMs' | 'deliveryMs'>>(
  times: Times,
  { clockErrorMs = 0 }: Pick<Partial<Executions>, 'clockErrorMs'> = {},
): Times {
  const waitMs = withoutUnknown(times.waitMs, clockErrorMs);
  return { ...times, waitMs, deliveryMs: withoutUnknown(times.deliveryMs, clockErrorMs) };
}

/**
 * Each task that was issued has begun at least once, by the count of its broker. What was cancelled may not have, nor what was
 * given up: a worker may be lost just when it is handed a task.
 */
function executionFaults(
  executions: Executions | undefined,
  { issued, cancelled, failed }: Outcomes,
): TrialFault[] {
  if (executions === undefined) return [];
  if (executions.started >= issued - cancelled - (failed.stalled ?? 0)) return [];
  return [{ code: 'executions', started: executions.started, issued }];
}

/** With when the loop was at work, of a trial that is recorded. */
function withSpells(trace: Trace | null, spells: BusySpells | null, { startNs }: BatchRun): Trace | null {
  if (trace === null || spells === null) return trace;
  return { ...trace, loopBusy: spells.since(Number(startNs) / 1e6) };
}

/** @returns what came of all batches but the last, which is still to be read: memory is looked at before */
async function runBatches(load: TrialLoadStrategy, spec: TrialSpec, request: RunRequest) {
  const { ledger, signal } = request.setting;
  const batches = new TrialBatches(spec, load.tasks);
  for (let left = spec.repeats; ; left--) {
    ledger.reset(load.tasks, isLookedAt(spec), spec.digest);
    const last = await load.run(request);
    ledger.span.halt();
    if (left <= 1 || signal.aborted) return { batches, last };
    batches.read(last);
    // A turn of the loop, as there is around a batch that is alone: others may block only as long as one of them does.
    await new Promise(setImmediate);
  }
}

/** Whether each result is looked at for what cannot be sent. */
export function isLookedAt({ digest, looks = false }: TrialSpec): boolean {
  return digest || looks;
}

/** Results of tasks below this index are kept: alike for all executors. */
function keptResults(
  { mostDigested }: TrialLoadStrategy,
  { keepResults = false }: TrialSetting,
  { digest, trace }: TrialSpec,
): number {
  if (keepResults) return Number.POSITIVE_INFINITY;
  if (digest) return mostDigested;
  return trace === false ? 0 : LONGEST_SAMPLE;
}

export function runRequestOf(
  load: TrialLoadStrategy,
  setting: TrialSetting,
  spec: TrialSpec,
  meters: Meters,
): RunRequest {
  const { taskTimeoutMs, inFlight = Number.POSITIVE_INFINITY } = spec;
  return { setting, meters, keep: keptResults(load, setting, spec), inFlight, taskTimeoutMs };
}

function arrivalFigures({ lateness: _, ...figures }: PacedArrivals): ArrivalFigures {
  return figures;
}
