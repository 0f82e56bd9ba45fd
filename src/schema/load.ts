import { z } from 'zod';
import { type Immutable, wholeNumber } from './parts.js';

/** All tasks are there at the start (closed). */
const batchLoadSchema = z.object({ kind: z.literal('batch') });

/** In-flight is kept full for this long (closed), however many tasks that makes. */
const durationLoadSchema = z.object({ kind: z.literal('duration'), durationMs: z.number() });

/** Tasks arrive on a schedule that does not wait for anybody (open). */
const rateLoadSchema = z.object({
  kind: z.literal('rate'),
  perSecond: z.number(),
  /** `constant`: equal gaps; `poisson`: gaps drawn from an exponential distribution, seeded. */
  arrivals: z.enum(['constant', 'poisson']),
  /** Tasks due and not delivered past which no more arrive, and the trial is overloaded: bounds its memory. */
  maxBacklog: wholeNumber,
});

/** How tasks come. */
export const loadSchema = z.discriminatedUnion('kind', [batchLoadSchema, durationLoadSchema, rateLoadSchema]);
export type Load = Immutable<z.infer<typeof loadSchema>>;
export type BatchLoad = Immutable<z.infer<typeof batchLoadSchema>>;
export type DurationLoad = Immutable<z.infer<typeof durationLoadSchema>>;
export type RateLoad = Immutable<z.infer<typeof rateLoadSchema>>;
