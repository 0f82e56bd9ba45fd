import type { OriginSettings } from '../schema/index.js';

/** Answers at once, every request, in full: what a scenario's settings start from. */
export const PLAIN_ORIGIN: OriginSettings = {
  latency: { kind: 'fixed', ms: 0 },
  connectMs: 0,
  payloadBytes: 0,
  errorRate: 0,
  resetRate: 0,
  stallRate: 0,
  brokenRate: 0,
  browsersOnly: false,
  browsersOnlyPath: '',
  limit: 0,
  overLimit: 'slow',
  pauseMs: 0,
  pauseEveryMs: 0,
};
