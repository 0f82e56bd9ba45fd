import type { RateLoad } from '../schema/index.js';

/** How the tasks of one trial come. */
export type TrialLoad =
  | { readonly kind: 'batch'; readonly tasks: number }
  | { readonly kind: 'duration'; readonly durationMs: number }
  | RateTrial;

export interface RateTrial extends RateLoad {
  readonly tasks: number;
  /** Of random arrivals: the same for every executor of a round. */
  readonly seed: number;
}
