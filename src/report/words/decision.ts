import { type Pair, WORTHWHILE } from '../pairs.js';

/** What an interval says about having threads, or not. */
export type Decision =
  /** Ahead, surely, and by as much as is worth a thread. */
  | 'ahead'
  /** Ahead, surely, and by less. */
  | 'little in it'
  | 'behind'
  /** Not told apart, and a gain worth having is excluded. */
  | 'no gain'
  | 'equal'
  /** Neither a gain nor its absence is shown, by an interval that is narrow enough to say so. */
  | 'no difference'
  /** The same, by an interval that leaves room for nearly everything. */
  | 'not precise';

/** An interval wider than ± 10 % tells neither a gain from nothing nor a loss: it is no evidence of likeness. */
const WIDEST_SHARE = 0.1;

/** Of one against another that are compared, with an interval. Pure. */
export function decisionOf(pair: Pair): Decision {
  const { ratio, high, significant, equalWithin } = pair;
  if (equalWithin !== null) return 'equal';
  if (significant) {
    if (ratio < 1) return 'behind';
    return ratio >= WORTHWHILE ? 'ahead' : 'little in it';
  }
  if (high !== null && high <= WORTHWHILE) return 'no gain';
  return isPrecise(pair) ? 'no difference' : 'not precise';
}

/** Whether "no difference shown" says something: narrower than ± 10 %. */
export function isPrecise(pair: Pair): boolean {
  const { low, high } = pair;
  return low !== null && high !== null && isNarrow(low, high);
}

/** An interval of a ratio. */
export function isNarrow(low: number, high: number): boolean {
  return low > 0 && Math.log(high / low) / 2 <= Math.log1p(WIDEST_SHARE);
}

/** Half the width of the interval of ln(ratio); null without an interval. */
export function halfWidthLog({ low, high }: Pair): number | null {
  return low === null || high === null || low <= 0 ? null : Math.log(high / low) / 2;
}
