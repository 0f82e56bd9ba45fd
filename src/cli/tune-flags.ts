import { UsageError } from '../errors.js';
import type { TuneLimits } from '../schema/index.js';
import { bytesOrText, countsOrTexts, durationMsOrText, parseNumber, shareOrText } from '../settings/text.js';
import type { TuneRanges } from '../tune/space.js';
import { type RunFlags, readRunFlags } from './flags.js';

export type TuneFlags = RunFlags & {
  readonly threads?: string | undefined;
  readonly inFlight?: string | undefined;
  readonly budget: string;
  readonly within: string;
  readonly maxMemory?: string | undefined;
  readonly maxCores?: string | undefined;
  readonly keepLoop?: string | undefined;
  readonly map?: string | undefined;
  readonly resume?: string | boolean | undefined;
  readonly write?: string | undefined;
  readonly out: string;
  readonly json?: string | undefined;
  readonly reporter: string;
  readonly quiet?: boolean | undefined;
  readonly printPlan?: boolean | undefined;
  /** A path, or false: none. */
  readonly config?: string | boolean | undefined;
  /** False: no page beside the results. */
  readonly html?: boolean | undefined;
};

export function rangesOf(flags: TuneFlags): TuneRanges {
  const { threads, inFlight } = flags;
  const { options = {} } = readRunFlags({ ...flags, threads: undefined, inFlight: undefined });
  return {
    threads: rangeOf('--threads', threads, 1, 1_000),
    inFlight: rangeOf('--in-flight', inFlight, 1, 100_000),
    options: Object.keys(options),
  };
}

const MOST_LISTED = 64;

function rangeOf(flag: string, text: string | undefined, least: number, most: number): number[] | null {
  if (text === undefined) return null;
  const isAllowed = (value: number | string): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
  const values = countsOrTexts(text);
  if (values.every(isAllowed)) return [...new Set(values)].slice(0, MOST_LISTED).sort((a, b) => a - b);
  const expected = `whole numbers from ${least} to ${most}, such as 1..32 or 2,4,8`;
  throw new UsageError(flag, expected, text, 'Leave it out to search all that make sense.');
}

export function withinOf(text: string): number {
  const value = shareOrText(text);
  if (typeof value === 'number' && value > 0 && value <= 0.5) return value;
  throw new UsageError('--within', 'a share above 0, at most 50 %', text, 'Leave it out for 3%.');
}

/** @param usual of the command */
export function budgetOf(text: string, usual: string): number {
  const value = durationMsOrText(text);
  if (typeof value === 'number' && value >= 1_000 && value <= 86_400_000) return value;
  throw new UsageError('--budget', 'a duration from 1s to 24 h', text, `Leave it out for ${usual}.`);
}

export function limitsOf({ maxMemory, maxCores, keepLoop }: TuneFlags): TuneLimits {
  return {
    memoryBytes:
      maxMemory === undefined ? null : positive('--max-memory', maxMemory, memoryOf(maxMemory), '200MB'),
    cores: maxCores === undefined ? null : positive('--max-cores', maxCores, parseNumber(maxCores), '1.5'),
    loopLateMs:
      keepLoop === undefined ? null : positive('--keep-loop', keepLoop, lateOf(keepLoop), '"late<5ms"'),
  };
}

function positive(flag: string, text: string, value: number | null, example: string): number {
  if (value !== null && value > 0) return value;
  throw new UsageError(flag, `a limit such as ${example}`, text, 'Leave it out for no limit.');
}

function memoryOf(text: string): number | null {
  const [, gigabytes] = /^(.*)GB$/.exec(text) ?? [];
  const value = gigabytes === undefined ? bytesOrText(text) : (parseNumber(gigabytes.trim()) ?? -1) * 1e9;
  return typeof value === 'number' ? value : null;
}

/** `late<5ms`: what a bystander on the main loop waits, on average. */
function lateOf(text: string): number | null {
  const [, limit] = /^\s*late\s*<=?\s*(.+?)\s*$/.exec(text) ?? [];
  const value = limit === undefined ? null : durationMsOrText(limit);
  return typeof value === 'number' ? value : null;
}
