import { nowNs } from '../clock.js';
import type { RateLoad, TrialFigures } from '../model.js';
import { type HistogramData, LogHistogram } from '../stats/histogram.js';
import { describe, sortSamples } from '../stats/quantile.js';
import { Batch } from './batch.js';
import { type Columns, readColumns } from './columns.js';
import { digestResults } from './digest.js';
import type { Failure } from './failure.js';
import type { Ledger } from './ledger.js';
import { LoopWatch } from './loop-watch.js';
import { peakRssBytes, pssBytes, resetPeakRss } from './memory.js';

/** How the tasks of one trial come. */
export type TrialLoad =
  | { readonly kind: 'batch'; readonly tasks: number }
  | { readonly kind: 'duration'; readonly durationMs: number }
  | {
      readonly kind: 'rate';
      readonly tasks: number;
      readonly perSecond: number;
      readonly arrivals: RateLoad['arrivals'];
      readonly maxBacklog: number;
      /** Of random arrivals: the same for every executor of a round. */
      readonly seed: number;
    };

export interface TrialSpec {
  readonly load: TrialLoad;
  readonly taskTimeoutMs: number;
  /** True in cold trials: digest every result, to prove that executors did the same work. */
  readonly digest: boolean;
  /** True: a thread of its own samples how many tasks are in flight. */
  readonly gauge: boolean;
}

/** The times of a trial in mergeable form, so that percentiles can be taken over trials of several processes. */
export interface TrialHistograms {
  readonly latencyMs: HistogramData;
  readonly waitMs: HistogramData;
  readonly serviceMs: HistogramData;
  readonly deliveryMs: HistogramData;
}

export interface TrialOutput {
  readonly figures: TrialFigures;
  readonly histograms: TrialHistograms;
  readonly digests: Float64Array | null;
  /** One failure of each kind. */
  readonly examples: readonly Failure[];
  /** Ledger and received results do not add up, in words; empty when they do. */
  readonly disagreements: readonly string[];
}

/** What a host has at hand when a trial begins. */
export interface TrialSetting {
  readonly executor: { run(batch: Batch): Promise<void> };
  readonly ledger: Ledger;
  readonly idleRssBytes: number;
  readonly signal: AbortSignal;
}

/**
 * One trial: the clock runs from handing the batch to the executor until its last result is on this thread; everything
 * else (columns, percentiles, digests) is done after it has stopped.
 *
 * @throws WorkerLost when a worker ended before its tasks did
 */
export async function runTrial(setting: TrialSetting, spec: TrialSpec): Promise<TrialOutput> {
  const { executor, ledger, idleRssBytes, signal } = setting;
  ledger.reset();
  const batch = new Batch(spec.load.kind === 'duration' ? 0 : spec.load.tasks, ledger, signal);
  resetPeakRss();
  const loopWatch = new LoopWatch();
  const switchesBefore = process.resourceUsage().involuntaryContextSwitches;
  const cpuBefore = process.cpuUsage();
  const startNs = nowNs();
  await executor.run(batch);
  const wallMs = Number(nowNs() - startNs) / 1e6;
  const cpu = process.cpuUsage(cpuBefore);
  const involuntarySwitches = process.resourceUsage().involuntaryContextSwitches - switchesBefore;
  const memory = { peakRssBytes: peakRssBytes(), idleRssBytes, pssBytes: pssBytes() };
  const loop = await loopWatch.end(wallMs);

  const columns = readColumns(batch, startNs, spec.taskTimeoutMs);
  const cpuMs = (cpu.user + cpu.system) / 1000;
  const { issued, completed, cancelled, firstResultMs, lastResultMs } = columns;
  const disagreements = conservationErrors(batch, columns);
  const digests = spec.digest ? digestResults(batch.results, ledger) : null;
  // Histograms read the columns before sorting changes their order, though they do not depend on it.
  const histograms = histogramsOf(columns);
  const figures: TrialFigures = {
    wallMs,
    throughputPerSecond: completed / (wallMs / 1000),
    latencyMs: describe(sortSamples(columns.latencyMs)),
    waitMs: describe(sortSamples(columns.waitMs)),
    serviceMs: describe(sortSamples(columns.serviceMs)),
    deliveryMs: describe(sortSamples(columns.deliveryMs)),
    firstResultMs,
    lastResultMs,
    cpuMs,
    cpuMsPerTask: completed > 0 ? cpuMs / completed : null,
    coresUsed: cpuMs / wallMs,
    ...memory,
    involuntarySwitches,
    loop,
    outcomes: { issued, completed, cancelled, failed: batch.failedByKind },
    received: batch.completed + batch.failed + batch.cancelled,
    arrivals: null,
    inFlight: { fromStamps: 0, sampled: null, samples: 0, standardError: null },
  };
  return { figures, histograms, digests, examples: batch.examples, disagreements };
}

function histogramsOf(columns: Columns): TrialHistograms {
  const pooled = (values: Float64Array) => {
    const histogram = new LogHistogram();
    histogram.addAll(values);
    return histogram.toData();
  };
  return {
    latencyMs: pooled(columns.latencyMs),
    waitMs: pooled(columns.waitMs),
    serviceMs: pooled(columns.serviceMs),
    deliveryMs: pooled(columns.deliveryMs),
  };
}

/** Tasks issued = completed + failed + cancelled, by the ledger and by what was received. */
function conservationErrors(batch: Batch, ledger: Columns): string[] {
  const errors: string[] = [];
  const agree = (what: string, inLedger: number, received: number) => {
    if (inLedger !== received) errors.push(`${inLedger} tasks ${what} in the ledger, ${received} received`);
  };
  agree('completed', ledger.completed, batch.completed);
  agree('failed', ledger.failed, batch.failed);
  agree('cancelled', ledger.cancelled, batch.cancelled);
  const mayStopEarly = batch.signal.aborted || ledger.cancelled > 0;
  if (ledger.issued !== batch.tasks && !mayStopEarly)
    errors.push(`${ledger.issued} tasks issued of ${batch.tasks}`);
  return errors;
}
