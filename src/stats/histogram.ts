import type { Distribution, HistogramData, TimesHistogram } from '../schema/index.js';
import { distributionOf, rankOf } from './quantile.js';

/** 2⁷ equal buckets an octave: a value is at most 1/256 (0.4 %) from the middle of its bucket. */
const SUB_BUCKET_BITS = 7;
const HIGH_WORD_SHIFT = 20 - SUB_BUCKET_BITS;
const SMALLEST_MS = 1e-6;
/** Values from here on (70 years) share the last bucket. */
const LARGEST_MS = 2 ** 41;
/** Bucket 0 has the values below a nanosecond. */
const ZERO_BUCKET = 0;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The leading bits of a positive double, its exponent and first bits of mantissa, ascend with its value. */
function leadingBits(value: number): number {
  double[0] = value;
  return words[HIGH_WORD]! >>> HIGH_WORD_SHIFT;
}

const FIRST_BITS = leadingBits(SMALLEST_MS) - 1;
const BUCKETS = leadingBits(LARGEST_MS) - FIRST_BITS + 1;

function bucketOf(value: number): number {
  if (value < SMALLEST_MS) return ZERO_BUCKET;
  return leadingBits(Math.min(value, LARGEST_MS)) - FIRST_BITS;
}

function lowOf(bucket: number): number {
  if (bucket === ZERO_BUCKET) return 0;
  words[1 - HIGH_WORD] = 0;
  words[HIGH_WORD] = (bucket + FIRST_BITS) << HIGH_WORD_SHIFT;
  return double[0]!;
}

function middleOf(bucket: number): number {
  return bucket === ZERO_BUCKET ? 0 : (lowOf(bucket) + lowOf(bucket + 1)) / 2;
}

/** By how much ln(a ÷ b) may be off where both are the middle of the widest bucket. */
export const RATIO_STEP_LOG = 2 * Math.log1p(2 ** -(SUB_BUCKET_BITS + 1));

/** How its buckets are cut: octaves, each in so many equal parts. */
export const BUCKET_LAYOUT = {
  octaves: Math.ceil(BUCKETS / 2 ** SUB_BUCKET_BITS),
  partsOfOctave: 2 ** SUB_BUCKET_BITS,
} as const;

/**
 * Standard deviation, about the exact mean. Each value counts as the middle of its bucket, so it is off by less than 0.4 % of
 * the largest value.
 *
 * @param buckets as `ends` tells them
 */
export function standardDeviation(
  { upToMs, counts }: Pick<TimesHistogram, 'upToMs' | 'counts'>,
  { min, mean, max }: { readonly min: number; readonly mean: number; readonly max: number },
): number {
  const last = upToMs.length - 1;
  let count = 0;
  let squares = 0;
  upToMs.forEach((end, at) => {
    // An end is where the next bucket begins; the last is a value.
    const middle = middleOf(Math.max(ZERO_BUCKET, bucketOf(end) - (at < last ? 1 : 0)));
    const value = Math.min(max, Math.max(min, middle));
    count += counts[at]!;
    squares += counts[at]! * (value - mean) ** 2;
  });
  return Math.sqrt(squares / count);
}

/** A quantile, and between which bounds it lies: more the buckets do not tell. */
export interface BucketedQuantile {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const AMONG_FAILED: BucketedQuantile = { value: Infinity, low: Infinity, high: Infinity };

/**
 * Pools the latencies of many trials, from several processes, in fixed space: quantiles within 0.5 %, count, sum,
 * minimum and maximum exact.
 *
 * Octaves cut into equal buckets, as in HdrHistogram (Gil Tene). Values are milliseconds ≥ 0.
 */
export class LogHistogram {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #sum = 0;
  #failed = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.#count;
  }

  /** @throws RangeError for a negative value or NaN: a stamp is missing or two are swapped */
  add(value: number): void {
    if (!(value >= 0)) throw new RangeError(`A histogram takes values from 0 on, got ${value}`);
    this.#counts[bucketOf(value)]!++;
    this.#count++;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  addAll(values: Float64Array): void {
    for (let i = 0; i < values.length; i++) this.add(values[i]!);
  }

  /** Tasks that failed: worse than any time, and in no figure but `unbiasedQuantile`. */
  addFailed(tasks = 1): void {
    this.#failed += tasks;
  }

  get failed(): number {
    return this.#failed;
  }

  /** All that went into the parts. */
  static fromData(...parts: readonly HistogramData[]): LogHistogram {
    const histogram = new LogHistogram();
    for (const part of parts) histogram.#merge(part);
    return histogram;
  }

  #merge(data: HistogramData): void {
    const { buckets, counts } = data;
    for (let i = 0; i < buckets.length; i++) this.#counts[buckets[i]!]! += counts[i]!;
    this.#count += data.count;
    this.#failed += data.failed ?? 0;
    this.#sum += data.sum;
    this.#min = Math.min(this.#min, data.min ?? Number.POSITIVE_INFINITY);
    this.#max = Math.max(this.#max, data.max ?? Number.NEGATIVE_INFINITY);
  }

  toData(): HistogramData {
    const buckets: number[] = [];
    const counts: number[] = [];
    this.#counts.forEach((count, bucket) => {
      if (count === 0) return;
      buckets.push(bucket);
      counts.push(count);
    });
    const empty = this.#count === 0;
    return {
      count: this.#count,
      sum: this.#sum,
      min: empty ? null : this.#min,
      max: empty ? null : this.#max,
      buckets,
      counts,
      ...(this.#failed > 0 ? { failed: this.#failed } : {}),
    };
  }

  /** Buckets that are not empty, for whoever knows nothing of their numbers; the last ends at the maximum. */
  ends(): { readonly upToMs: readonly number[]; readonly counts: readonly number[] } {
    const { buckets, counts } = this.toData();
    const upToMs = buckets.map((bucket, at) => (at < buckets.length - 1 ? lowOf(bucket + 1) : this.#max));
    return { upToMs, counts };
  }

  /** Same gates and same nearest rank as for exact samples; percentiles never leave [min, max]. */
  distribution(): Distribution {
    return distributionOf({
      count: this.#count,
      min: this.#min,
      max: this.#max,
      sum: this.#sum,
      failed: this.#failed,
      quantile: p => this.#valueOf(this.#bucketAt(rankOf(p, this.#count))),
    });
  }

  /**
   * A quantile that is as often below the true one as above it (definition 8 of Hyndman & Fan, 1996), for estimates from
   * many histograms: a nearest rank is on the average too low by half a sample, which does not go away with their number.
   * Over the failed tasks as well, which are worse than any time: infinite where it falls among them.
   *
   * @param p 0 … 1
   * @throws RangeError when it is empty
   */
  unbiasedQuantile(p: number): BucketedQuantile {
    const all = this.#count + this.#failed;
    if (all === 0) throw new RangeError('A quantile needs at least one sample');
    const place = Math.min(all, Math.max(1, (all + 1 / 3) * p + 1 / 3));
    if (Math.floor(place) > this.#count) return AMONG_FAILED;
    const below = this.#bucketAt(Math.floor(place));
    const above = this.#bucketAt(Math.min(this.#count, Math.ceil(place)));
    const share = place - Math.floor(place);
    const between = (low: number, high: number) => low + (high - low) * share;
    return {
      value: between(this.#valueOf(below), this.#valueOf(above)),
      low: between(lowOf(below), lowOf(above)),
      high: between(lowOf(below + 1), lowOf(above + 1)),
    };
  }

  /** @param rank 1 … count */
  #bucketAt(rank: number): number {
    let bucket = 0;
    for (let seen = this.#counts[0]!; seen < rank; ) seen += this.#counts[++bucket]!;
    return bucket;
  }

  #valueOf(bucket: number): number {
    return Math.min(this.#max, Math.max(this.#min, middleOf(bucket)));
  }
}
