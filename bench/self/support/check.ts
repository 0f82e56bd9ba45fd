import type { Launcher } from '../../../src/hosts/launcher.js';

/**
 * What a figure must keep to; null: it is only shown. `within`: a ratio that may be off 1 by this share either way, and
 * is missed only where all of its interval is.
 */
export type Bound =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly within: number }
  | null;

export type Unit = '×' | 'ms' | 'µs' | 'MB' | 'B' | 'runs';

export interface Finding {
  /** Of the program: `queue, no-op tasks a second`. */
  readonly measured: string;
  /** What it was measured against: `piscina, atomics sync`. */
  readonly baseline: string;
  readonly value: number;
  /** Low and high, of a ratio that has one. */
  readonly interval?: readonly [number, number];
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
  /** Of a check that measures several programs only these; empty: all. */
  readonly only: readonly string[];
  /** Of a check whose tasks may be any number; undefined: its own. */
  readonly tasks: number | undefined;
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
export function judge({
  value,
  bound,
  interval = [value, value],
}: Pick<Finding, 'value' | 'bound' | 'interval'>): Verdict {
  if (bound === null) return '';
  return keeps(value, interval, bound) ? 'ok' : 'MISSED';
}

function keeps(value: number, [low, high]: readonly [number, number], bound: NonNullable<Bound>): boolean {
  if ('atLeast' in bound) return value >= bound.atLeast;
  if ('atMost' in bound) return value <= bound.atMost;
  const most = 1 + bound.within;
  return high >= 1 / most && low <= most;
}
