import type {
  Distribution,
  ExecutorResult,
  Report,
  ScenarioResult,
  TimesHistogram,
} from '../../schema/index.js';
import { BUCKET_LAYOUT, standardDeviation } from '../../stats/histogram.js';
import { isInvalid, isOverloaded, judgedExecutors } from '../pairs.js';
import { harmlessData } from '../text.js';
import { loadOf } from '../words/load.js';
import { type PercentileRow, rowsOfDistribution, rowsOfHistogram } from './percentile-rows.js';

const HEADER = '       Value     Percentile TotalCount 1/(1-Percentile)';
/** Down to the nanosecond. */
const DECIMALS = 6;

/**
 * A part for each scenario and executor in the percentile format of HdrHistogram; values are milliseconds. Lines that
 * begin with # are comments to its readers: they say whose the part is, and why there is none.
 */
export function renderHgrm(untrusted: Report): string {
  const { scenarios } = harmlessData(untrusted);
  const parts = scenarios.flatMap(result =>
    judgedExecutors(result).map(executor => partOf(result, executor)),
  );
  return `${parts.map(lines => lines.join('\n')).join('\n\n') || '#[Nothing was measured.]'}\n`;
}

function partOf(result: ScenarioResult, executor: ExecutorResult): string[] {
  const { variant, histogram, latencyMs, serviceMs } = executor;
  const isService = loadOf(result.scenario).batchTasks !== null;
  const times = isService ? serviceMs : latencyMs;
  const whose = [
    comment('Scenario', result.scenario.id),
    comment('Executor', variant.id),
    comment('Time', `${isService ? 'service' : 'latency'}, ms`),
  ];
  const reason = whyNone(executor, times);
  if (reason !== null) return [...whose, comment('None', reason)];
  const madeOf = histogram == null ? 'percentiles of the results file' : 'histogram of the results file';
  return [
    ...whose,
    comment('Failed', `${times.failed ?? 0} tasks, in no line below`),
    comment('Made of', madeOf),
    HEADER,
    '',
    ...(histogram == null ? rowsOfDistribution(times) : rowsOfHistogram(histogram)).map(rowText),
    ...footer(times, histogram ?? null),
  ];
}

/** As HdrHistogram writes it; of percentiles alone neither deviation nor buckets are known. */
function footer({ min, mean, max, count }: Distribution, histogram: TimesHistogram | null): string[] {
  const end = `#[Max     = ${padded(max!)}, Total count    = ${whole(count)}]`;
  if (histogram === null) return [`#[Mean    = ${padded(mean!)}]`, end];
  const deviation = standardDeviation(histogram, { min: min!, mean: mean!, max: max! });
  const { octaves, partsOfOctave } = BUCKET_LAYOUT;
  return [
    `#[Mean    = ${padded(mean!)}, StdDeviation   = ${padded(deviation)}]`,
    end,
    `#[Buckets = ${whole(octaves)}, SubBuckets     = ${whole(partsOfOctave)}]`,
  ];
}

function whyNone(executor: ExecutorResult, { count }: Distribution): string | null {
  if (isInvalid(executor)) return 'its figures are INVALID';
  if (isOverloaded(executor)) return 'overloaded: times would tell how long the trial was';
  return count === 0 ? 'no task completed' : null;
}

function comment(name: string, text: string): string {
  return `#[${name} = ${text}]`;
}

/** The last has no fourth column: it would be infinite. */
function rowText({ valueMs, percentile, tasks }: PercentileRow): string {
  const columns = [padded(valueMs), percentile.toFixed(12), String(tasks).padStart(10)];
  if (percentile < 1) columns.push((1 / (1 - percentile)).toFixed(2).padStart(14));
  return columns.join(' ');
}

function whole(count: number): string {
  return String(count).padStart(12);
}

function padded(ms: number): string {
  return ms.toFixed(DECIMALS).padStart(12);
}
