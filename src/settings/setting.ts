import type { ParamValue } from '../schema/index.js';

export type OneOrMore<T> = T | readonly T[];
/** A list of values makes variants along an axis. */
export type ParamInput = Readonly<Record<string, OneOrMore<ParamValue>>>;

/** Refuses a value: says what was expected, and what came. */
export type Fail = (expected: string, got: unknown) => never;

/**
 * @param subject what messages call the setting
 * @returns a value that can be trusted
 */
export type Check<T> = (value: unknown, fail: Fail, subject: string) => T;

/** One thing that may be set, by a flag, in a scenario or by a program: everything about it but the code that uses it. */
export interface Setting<Input, Checked> {
  /** As commander has it; null: it has none. */
  readonly flag: string | null;
  /** May be given several times: `read` is given the list. */
  readonly repeatable?: true;
  /** For `--help` and the README, without the default; no full stop. */
  readonly help: string;
  /** In a few words; null: nothing worth saying. */
  readonly usual: string | null;
  /** What a list of values makes several of; null: there are no lists of it. */
  readonly variants: 'executors' | 'scenarios' | null;
  /** What a flag's text becomes. What is no number, time or share stays text: `check` refuses it, with the limits. */
  readonly read: (given: never) => unknown;
  readonly check: Check<Checked>;
  readonly example: {
    /** What stands after the flag; empty where nothing does. */
    readonly text: string;
    /** As a property. */
    readonly value: Input;
  };
}

export type InputOf<Row> = Row extends Setting<infer Input, infer _> ? Input : never;
export type CheckedOf<Row> = Row extends Setting<infer _, infer Checked> ? Checked : never;
