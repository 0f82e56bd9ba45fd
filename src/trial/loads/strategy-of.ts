import type { TrialLoad } from '../trial-load.js';
import { BatchTrialLoad } from './batch-load.js';
import { DurationTrialLoad } from './duration-load.js';
import type { TrialLoadStrategy } from './load.js';
import { RateTrialLoad } from './rate-load.js';

/** A new kind of load is a file, and a line here. */
export function strategyOf(load: TrialLoad): TrialLoadStrategy {
  switch (load.kind) {
    case 'batch':
      return new BatchTrialLoad(load);
    case 'duration':
      return new DurationTrialLoad(load);
    case 'rate':
      return new RateTrialLoad(load);
  }
}
