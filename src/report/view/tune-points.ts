import type { TuneStanding } from '../../schema/index.js';

/** What became of a point. */
export const STATE_TEXTS: Readonly<Record<TuneStanding['state'], string>> = {
  choice: 'recommended',
  'as good': 'as good',
  'not told apart': 'not told apart',
  behind: 'behind',
  unfit: 'exceeds a limit',
  bounded: 'its ideal is less',
  'not measured': 'not measured',
};
