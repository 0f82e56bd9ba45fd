import type { Launcher } from '../../../src/run/launcher.js';

/** A side of a bound that a figure must keep to; null: the figure is only shown. */
export type Bound = { readonly atLeast: number } | { readonly atMost: number } | null;

export type Unit = '×' | 'ms' | 'µs' | 'MB';

export interface Finding {
  /** Of the program: `queue, no-op tasks a second`. */
  readonly measured: string;
  /** What it was measured against: `piscina, atomics sync`. */
  readonly baseline: string;
  readonly value: number;
  readonly unit: Unit;
  readonly bound: Bound;
  /** The absolute figures behind the value. */
  readonly note: string;
}

/** What a check has at hand. */
export interface Bench {
  /** Processes of the program, as a run has them. */
  readonly launcher: Launcher;
  /** Fewer and smaller trials: to see that a check works, not to judge. */
  readonly quick: boolean;
  /** Shows a finding as soon as it is made. */
  report(finding: Finding): void;
}

/** One requirement, measured against a committed baseline in the same run. */
export interface Check {
  readonly name: string;
  /** One line for `--list`. */
  readonly summary: string;
  run(bench: Bench): Promise<void>;
}

export type Verdict = 'ok' | 'MISSED' | '';

/** NaN keeps to no bound. */
export function judge({ value, bound }: Pick<Finding, 'value' | 'bound'>): Verdict {
  if (bound === null) return '';
  const kept = 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
  return kept ? 'ok' : 'MISSED';
}
