import type { HistogramData, TrialFigures, TrialHistograms } from '../schema/index.js';
import { LogHistogram } from '../stats/histogram.js';
import { describe, sortSamples } from '../stats/quantile.js';
import type { Columns, Tally } from './columns.js';
import type { TaskRecord } from './task-record.js';

/** The times of a trial in every form that is asked for. */
export interface TimesFound {
  readonly tally: Tally;
  /** Null in a duration load, which keeps none. */
  readonly columns: Columns | null;
  readonly distributions: Pick<TrialFigures, 'latencyMs' | 'waitMs' | 'serviceMs' | 'deliveryMs'>;
  readonly histograms: Pick<TrialHistograms, 'latencyMs' | 'waitMs' | 'serviceMs'>;
}

/** Sorts the columns. */
export function timesOfColumns(columns: Columns): TimesFound {
  return {
    tally: columns,
    columns,
    histograms: {
      latencyMs: histogramOf(columns.latencyMs, columns.failed),
      waitMs: histogramOf(columns.waitMs),
      serviceMs: histogramOf(columns.serviceMs, columns.failed),
    },
    distributions: mapTimes(columns, (values, name) =>
      describe(sortSamples(values), failedIn(columns, name)),
    ),
  };
}

export function timesOfRecord(record: TaskRecord): TimesFound {
  return { tally: record.tally(), columns: null, ...histogramTimes(record) };
}

export function histogramTimes(
  times: FourTimes<LogHistogram>,
): Pick<TimesFound, 'histograms' | 'distributions'> {
  const { latencyMs, waitMs, serviceMs } = times;
  return {
    histograms: { latencyMs: latencyMs.toData(), waitMs: waitMs.toData(), serviceMs: serviceMs.toData() },
    distributions: mapTimes(times, histogram => histogram.distribution()),
  };
}

/** The columns of several batches as if they were one. */
export function mergeColumns(parts: readonly Columns[], tally: Tally): Columns {
  const merge = (name: keyof FourTimes<unknown> | 'leftMs') => {
    const merged = new Float64Array(parts.reduce((length, part) => length + part[name].length, 0));
    let at = 0;
    for (const part of parts) {
      merged.set(part[name], at);
      at += part[name].length;
    }
    return merged;
  };
  return {
    ...tally,
    latencyMs: merge('latencyMs'),
    waitMs: merge('waitMs'),
    serviceMs: merge('serviceMs'),
    deliveryMs: merge('deliveryMs'),
    leftMs: merge('leftMs'),
  };
}

type FourTimes<T> = Readonly<Record<'latencyMs' | 'waitMs' | 'serviceMs' | 'deliveryMs', T>>;

export function mapTimes<T, R>(
  times: FourTimes<T>,
  of: (values: T, name: keyof FourTimes<T>) => R,
): FourTimes<R> {
  return {
    latencyMs: of(times.latencyMs, 'latencyMs'),
    waitMs: of(times.waitMs, 'waitMs'),
    serviceMs: of(times.serviceMs, 'serviceMs'),
    deliveryMs: of(times.deliveryMs, 'deliveryMs'),
  };
}

/** Tasks that are not in a column: waiting and delivery have times of their own, whatever became of the task. */
export function failedIn({ failed }: Tally, name: keyof FourTimes<unknown>): number {
  return name === 'latencyMs' || name === 'serviceMs' ? failed : 0;
}

export function histogramOf(values: Float64Array, failed = 0): HistogramData {
  const histogram = new LogHistogram();
  histogram.addFailed(failed);
  histogram.addAll(values);
  return histogram.toData();
}
