import { z } from 'zod';
import { type Immutable, share, wholeNumber } from './parts.js';

const latencySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), ms: z.number() }),
  z.object({ kind: z.literal('uniform'), minMs: z.number(), maxMs: z.number() }),
  /** `medianMs` is e^µ; `sigma` the standard deviation of ln(latency). */
  z.object({ kind: z.literal('lognormal'), medianMs: z.number(), sigma: z.number() }),
]);
export type LatencyDistribution = Immutable<z.infer<typeof latencySchema>>;

export const originSettingsSchema = z.object({
  latency: latencySchema,
  /** Added to the first answer on each connection, as the round trips that open one to a server far away. */
  connectMs: z.number().default(0),
  /** Size of a body is padded to at least this; HTML pages are made of this size. */
  payloadBytes: z.number(),
  /** Share of requests answered 500. */
  errorRate: share,
  /** Share of requests whose connection is reset. */
  resetRate: share,
  /** Share of requests that are never answered. */
  stallRate: share,
  /** Share of requests answered with JSON that does not parse. */
  brokenRate: share,
  /** True: 503 to a client whose User-Agent does not look like a browser's. */
  browsersOnly: z.boolean(),
  /** The one path that it applies to; empty: all. */
  browsersOnlyPath: z.string(),
  /** Simultaneous requests past which `overLimit` applies; 0: no limit. */
  limit: wholeNumber,
  overLimit: z.enum(['slow', '503']),
  /** The whole origin stops for `pauseMs` at the beginning of every `pauseEveryMs`; 0: never. */
  pauseMs: z.number(),
  pauseEveryMs: z.number(),
});
export type OriginSettings = Immutable<z.infer<typeof originSettingsSchema>>;

/** What the origin counted between two snapshots. */
export const originCountersSchema = z.object({
  requests: wholeNumber,
  responses: wholeNumber,
  connections: wholeNumber,
  maxConcurrency: wholeNumber,
  meanConcurrency: z.number(),
  cpuMs: z.number(),
  elapsedMs: z.number(),
  /** Of the origin's event loop. What it is a share of is the trial's own time: `elapsedMs` is longer. */
  loopActiveMs: z.number(),
});
export type OriginCounters = Immutable<z.infer<typeof originCountersSchema>>;
