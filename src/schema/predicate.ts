import { z } from 'zod';
import type { Immutable } from './parts.js';

/** What `--slo`, `--max-failed` and gates are made of: `p99<50ms`, `failed<=1%`. */
export const predicateSchema = z.object({
  metric: z.enum(['mean', 'p50', 'p90', 'p99', 'p99.9', 'max', 'throughput', 'failed']),
  operator: z.enum(['<', '<=', '>', '>=']),
  /** Milliseconds of a latency, tasks per second of `throughput`, 0 … 1 of `failed`. */
  value: z.number(),
});
export type Predicate = Immutable<z.infer<typeof predicateSchema>>;
export type PredicateMetric = Predicate['metric'];
