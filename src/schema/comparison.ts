import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';

export const comparisonSchema = z
  .object({
    executor: z.string(),
    baseline: z.string(),
    /** Of a latency the ratio is the baseline's ÷ the executor's, so that above 1 is always better. */
    of: z.enum(['throughput', 'p50 latency', 'p99 latency']),
    ratio: numberOrNull,
    low: numberOrNull,
    high: numberOrNull,
    /** Smallest and largest ratio of a fork: what is shown where there is no interval. */
    range: z.tuple([z.number(), z.number()]).nullable(),
    forks: wholeNumber,
    /** Two-sided p of the t-test on forks, before Holm's correction; null below 3 forks. */
    p: numberOrNull,
    /** Holds after Holm's correction over all pairs of the scenario's executors. */
    significant: z.boolean(),
    /** The share within which the verdict `equal` holds; null where none was asked for. */
    equivalence: numberOrNull,
    verdict: z.enum(['faster', 'slower', 'equal', 'no difference shown', 'too few forks to say']),
    /** One log ratio per fork, for comparing saved runs later. */
    forkLogRatios: z.array(z.number()),
  })
  .describe('executor ÷ baseline within rounds; of latencies baseline ÷ executor, so that above 1 is better');
export type Comparison = Immutable<z.infer<typeof comparisonSchema>>;
export type RatioOf = Comparison['of'];
export type Verdict = Comparison['verdict'];
