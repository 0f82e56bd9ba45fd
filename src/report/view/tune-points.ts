import type { TunePoint, TuneStanding } from '../../schema/index.js';

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

/** `piscina atomics=async`: what points of all sizes have in common. */
export function pointName({ executor, setting, uvThreads }: TunePoint): string {
  const pool = uvThreads === null ? [] : [`uv-threads=${uvThreads}`];
  return [executor, setting, ...pool].filter(text => text !== '').join(' ');
}
