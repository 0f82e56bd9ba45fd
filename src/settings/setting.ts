import type { ParamValue } from '../schema/index.js';

export type OneOrMore<T> = T | readonly T[];
/** A list of values makes variants along an axis. */
export type ParamInput = Readonly<Record<string, OneOrMore<ParamValue>>>;

/** Refuses a value: says what was expected, and what came. */
export type Fail = (expected: string, got: unknown) => never;

/** A part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * @param subject what messages call the setting
 * @returns a value that can be trusted
 */
type CheckFunction<T> = (value: unknown, fail: Fail, subject: string) => T;

/** Reads a value, and tells editors beforehand what it can be. */
export type Check<T> = CheckFunction<T> & { readonly accepts: JsonSchema };

export function accepting<T>(accepts: JsonSchema, check: CheckFunction<T>): Check<T> {
  return Object.assign(check, { accepts });
}

/** One thing that may be set, by a flag, in a scenario or by a program: everything about it but the code that uses it. */
export type Setting<Input, Checked> = FlagSetting<Input, Checked> | PropertySetting<Input, Checked>;

export type FlagSetting<Input, Checked> = Described<Checked> & {
  /** As commander has it. */
  readonly flag: string;
  /** `text`: what stands after the flag; empty where nothing does. */
  readonly example: { readonly text: string; readonly value: Input };
} & (
    | {
        readonly repeatable?: never;
        /** Default: the text. What no number, time or share can be made of stays text: `check` refuses it, with the limits. */
        read?(text: string): unknown;
      }
    /** May be given several times. */
    | { readonly repeatable: true; readonly read?: never }
  );

export type PropertySetting<Input, Checked> = Described<Checked> & {
  readonly flag: null;
  readonly example: { readonly value: Input };
};

interface Described<Checked> {
  /** For `--help` and the README, without the default; no full stop. */
  readonly help: string;
  /** In a few words, where it is worth saying. */
  readonly usual?: string;
  /** What a list of values makes several of, where there may be one. */
  readonly variants?: 'executors' | 'scenarios';
  /** Of what only some scenarios take (`takes`): which, and what to do about others. */
  readonly takenBy?: { readonly expected: string; readonly remedy: string };
  readonly check: Check<Checked>;
}

export type InputOf<Row> = Row extends Setting<infer Input, infer _> ? Input : never;
export type CheckedOf<Row> = Row extends Setting<infer _, infer Checked> ? Checked : never;
