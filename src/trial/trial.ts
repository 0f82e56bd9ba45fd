import { nowNs } from '../clock.js';
import type { ArrivalFigures, Trace, TrialFigures } from '../model.js';
import { Batch, NOTED } from './batch.js';
import { readColumns } from './columns.js';
import { conservationErrors } from './conservation.js';
import { type DigestOf, digestResults } from './digest.js';
import type { Failure } from './failure.js';
import { inFlightFigures, SAMPLER } from './in-flight.js';
import type { Ledger } from './ledger.js';
import { LoopWatch } from './loop-watch.js';
import { resetPeakRss } from './memory.js';
import { beginPacing, drainLimitMs, endPacing, LEAD_NS } from './pacing.js';
import type { SideThread } from './side-thread.js';
import { TaskRecord } from './task-record.js';
import { traceOf } from './trace.js';
import type { TrialLoad } from './trial-load.js';
import { histogramOf, type TrialHistograms, timesOfColumns, timesOfRecord } from './trial-times.js';
import { UsageWatch, type WorkerUsage } from './usage.js';

export interface TrialSpec {
  readonly load: TrialLoad;
  readonly taskTimeoutMs: number;
  /** True in cold trials: keep, look at and digest every result, to prove that executors did the same work. */
  readonly digest: boolean;
  /** True: a thread of its own samples how many tasks are in flight. */
  readonly gauge: boolean;
  /** True: the trial is told task by task as well. */
  readonly trace: boolean;
}

export interface TrialOutput {
  readonly figures: TrialFigures;
  readonly histograms: TrialHistograms;
  readonly digests: Float64Array | null;
  readonly trace: Trace | null;
  /** One failure of each kind. */
  readonly examples: readonly Failure[];
  /** Ledger and received results do not add up, in words; empty when they do. */
  readonly disagreements: readonly string[];
}

/** What a host has at hand when a trial begins. */
export interface TrialSetting {
  readonly executor: {
    run(batch: Batch): Promise<void>;
    usage?(): WorkerUsage;
    refreshUsage?(): Promise<void>;
  };
  readonly ledger: Ledger;
  readonly idleRssBytes: number;
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

/** A duration load digests the results of so many tasks: more would be kept in memory for nothing else. */
const DIGESTED_OF_DURATION = 1_000;

/**
 * One trial: the clock runs from handing the batch to the executor (in rate load: from the start of the schedule) until
 * its last result is on this thread; everything else (columns, percentiles, digests) is done after it has stopped.
 *
 * @throws WorkerLost when a worker ended before its tasks did
 */
export async function runTrial(setting: TrialSetting, spec: TrialSpec): Promise<TrialOutput> {
  const { executor, ledger, idleRssBytes, pacer, sampler } = setting;
  const { load } = spec;
  ledger.reset(load.kind === 'duration' ? 0 : load.tasks, spec.digest);
  await executor.refreshUsage?.();
  const straysBefore = ledger.strays + (executor.usage?.().strays ?? 0);
  resetPeakRss();
  const loopWatch = new LoopWatch();
  const used = new UsageWatch(executor);
  sampler?.begin();
  const run = await runBatch(setting, spec);
  const { wallMs, batch } = run;
  // It stops at this call; what it found is asked for later.
  const sampling = sampler?.end();
  await executor.refreshUsage?.();
  const { cpuMs: allCpuMs, involuntarySwitches, ...memory } = used.end();
  const sampled = (await sampling) ?? null;
  const loop = await loopWatch.end(wallMs);

  const { taskTimeoutMs } = spec;
  const times =
    run.record === null
      ? timesOfColumns(readColumns(batch, run.startNs, taskTimeoutMs, wallMs))
      : timesOfRecord(run.record);
  const { issued, completed, cancelled, firstResultMs, lastResultMs, ranMs } = times.tally;
  const paced =
    load.kind === 'rate' && times.columns !== null
      ? await endPacing(pacer!, ledger, load, times.columns)
      : null;
  // NaN where the system does not tell.
  const samplerCpuMs = sampled?.[SAMPLER.cpuMs] || 0;
  const cpuMs = allCpuMs - (paced?.pacerCpuMs ?? 0) - samplerCpuMs;
  const figures: TrialFigures = {
    wallMs,
    throughputPerSecond: completed / (wallMs / 1000),
    ...times.distributions,
    firstResultMs,
    lastResultMs,
    cpuMs,
    cpuMsPerTask: completed > 0 ? cpuMs / completed : null,
    coresUsed: cpuMs / wallMs,
    ...memory,
    idleRssBytes,
    involuntarySwitches,
    loop,
    outcomes: { issued, completed, cancelled, failed: batch.failedByKind },
    received: batch.completed + batch.failed + batch.cancelled,
    arrivals: paced && arrivalFigures(paced),
    inFlight: inFlightFigures(ranMs, wallMs, sampled),
    ranOn: straysBefore + ledger.ignoredAborts + (executor.usage?.().ignoredAborts ?? 0),
  };
  if (spec.digest) setting.holdResults?.(batch.results);
  return {
    figures,
    histograms: { ...times.histograms, latenessMs: paced && histogramOf(paced.lateness) },
    digests: spec.digest ? digestResults(batch.results, await setting.digestBy?.()) : null,
    trace: spec.trace && load.kind !== 'duration' ? traceOf(batch, run.startNs, wallMs) : null,
    examples: batch.examples,
    disagreements: conservationErrors(batch, times.tally),
  };
}

interface BatchRun {
  readonly batch: Batch;
  readonly startNs: bigint;
  readonly wallMs: number;
  /** Duration load only. */
  readonly record: TaskRecord | null;
}

/** Results of tasks below this index are kept: alike for all executors. */
function keptResults({ keepResults = false }: TrialSetting, { load, digest, trace }: TrialSpec): number {
  if (keepResults) return Number.POSITIVE_INFINITY;
  if (digest) return load.kind === 'duration' ? DIGESTED_OF_DURATION : Number.POSITIVE_INFINITY;
  return trace ? NOTED : 0;
}

/** What is timed. */
async function runBatch(setting: TrialSetting, spec: TrialSpec): Promise<BatchRun> {
  const { executor, ledger, signal, pacer } = setting;
  const { load, taskTimeoutMs } = spec;
  const kept = keptResults(setting, spec);
  switch (load.kind) {
    case 'batch': {
      const batch = new Batch(load.tasks, ledger, signal, { keep: Math.min(load.tasks, kept) });
      const startNs = nowNs();
      ledger.begin(startNs);
      await executor.run(batch);
      return { batch, startNs, wallMs: elapsed(startNs), record: null };
    }
    case 'duration': {
      const startNs = nowNs();
      ledger.begin(startNs, startNs + BigInt(Math.round(load.durationMs * 1e6)));
      const record = new TaskRecord(ledger, startNs, taskTimeoutMs);
      const batch = new Batch(Number.POSITIVE_INFINITY, ledger, signal, {
        ended: index => record.take(index),
        keep: kept,
      });
      await executor.run(batch);
      return { batch, startNs, wallMs: elapsed(startNs), record };
    }
    case 'rate': {
      const startNs = nowNs() + LEAD_NS;
      beginPacing(pacer!, ledger, load, startNs);
      const overdue = new AbortController();
      const both = AbortSignal.any([signal, overdue.signal]);
      const drained = setTimeout(() => overdue.abort(), drainLimitMs(load) + Number(LEAD_NS) / 1e6);
      const batch = new Batch(load.tasks, ledger, both, {
        ended: () => ledger.countEnded(),
        keep: Math.min(load.tasks, kept),
      });
      try {
        await executor.run(batch);
      } finally {
        clearTimeout(drained);
        // Whatever ended the trial, the pacer must not go on.
        ledger.abort();
      }
      return { batch, startNs, wallMs: elapsed(startNs), record: null };
    }
  }
}

function elapsed(startNs: bigint): number {
  return Number(nowNs() - startNs) / 1e6;
}

function arrivalFigures({
  lateness: _,
  ...figures
}: ArrivalFigures & { lateness: Float64Array }): ArrivalFigures {
  return figures;
}
