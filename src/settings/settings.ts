import { randomInt } from 'node:crypto';
import { UsageError } from '../errors.js';
import type { Serve } from '../schema/index.js';
import { describe, unknownName } from '../suggest.js';
import { DEFAULTS } from './defaults.js';
import type { CheckedOf, Fail, InputOf, Setting } from './setting.js';
import { ALL_SETTINGS, SETTINGS } from './table.js';
import type { NamedSetting, Wording } from './wording.js';

type Table = typeof SETTINGS;
export type Field = keyof Table;

/** What a scenario may say and a flag may override. All optional: the defaults are in `src/plan`. */
export type Settings = { readonly [F in Field]?: InputOf<Table[F]> | undefined };

/** Settings as somebody gave them, who may have given anything. */
export type UncheckedSettings = { readonly [F in Field]?: unknown };

/** Settings that can be trusted: numbers in their limits, lists that are lists without repetitions. */
export type CheckedSettings = { readonly [F in Field]?: CheckedOf<Table[F]> };

export const FIELDS = Object.keys(SETTINGS) as readonly Field[];

/** Those that decide which executors a scenario has. */
export const EXECUTOR_FIELDS = FIELDS.filter(field => SETTINGS[field].variants === 'executors');

/** @throws UsageError for a setting that is unknown or out of its limits */
export function checkSettings(
  raw: Readonly<Record<string, unknown>>,
  wording: Wording,
  alsoAllowed: readonly string[] = [],
): CheckedSettings {
  const checked: { [F in Field]?: unknown } = {};
  for (const [field, value] of Object.entries(raw)) {
    if (value === undefined || alsoAllowed.includes(field)) continue;
    if (!isField(field))
      throw unknownName(wording.subject(field), field, [...alsoAllowed, ...FIELDS], 'Leave it out.');
    checked[field] = checkOne<unknown>(field, SETTINGS[field], value, wording);
  }
  // What a row's check returns has the type of that row.
  return checked as CheckedSettings;
}

/**
 * The seed that was given, or a new one.
 *
 * @throws UsageError for no whole number in its limits
 */
export function seedOf(value: unknown, wording: Wording, newSeed = () => randomInt(2 ** 32)): number {
  return value === undefined ? newSeed() : checkOne('seed', ALL_SETTINGS.seed, value, wording);
}

/**
 * What is to run beside the whole plan; null: nothing.
 *
 * @throws UsageError for what cannot be run or waited for
 */
export function serveOf(serve: unknown, ready: unknown, wording: Wording): Serve | null {
  if (serve === undefined) {
    if (ready === undefined) return null;
    const subject = wording.subject('serveReady');
    throw new UsageError(subject, 'a command to wait for', 'none', wording.remedy('serve'));
  }
  return {
    command: checkOne('serve', ALL_SETTINGS.serve, serve, wording),
    ready:
      ready === undefined
        ? { kind: 'listening' }
        : checkOne('serveReady', ALL_SETTINGS.serveReady, ready, wording),
  };
}

/**
 * Where the file of certificates is.
 *
 * @throws UsageError for no name of a file
 */
export function caOf(value: unknown, wording: Wording): string | undefined {
  return value === undefined ? undefined : checkOne('ca', ALL_SETTINGS.ca, value, wording);
}

/** @throws UsageError for what is no URL of a broker */
export function brokerOf(broker: unknown, wording: Wording): string | undefined {
  return broker === undefined ? undefined : checkOne('broker', ALL_SETTINGS.broker, broker, wording);
}

/** @throws UsageError for what is no number of workers */
export function workersOf(workers: unknown, wording: Wording): number | undefined {
  return workers === undefined ? undefined : checkOne('workers', ALL_SETTINGS.workers, workers, wording);
}

/** As it was given: nothing of it by a config. */
export interface RemoteInput {
  /** Hosts that requests may go to, besides loopback. */
  readonly allowRemote?: readonly string[] | undefined;
  /** Requests a second to them, at most; default 100, `none` lifts it. */
  readonly remoteRate?: number | string | undefined;
  /** Requests to them in the whole run, at most; default 10,000, `none` lifts it. */
  readonly remoteTotal?: number | string | undefined;
}

/** What may be sent to other machines; null: no limit. */
export interface RemoteRules {
  readonly allowed: readonly string[];
  readonly perSecond: number | null;
  readonly total: number | null;
}

/** @throws UsageError for what is no host, or no limit */
export function remoteRulesOf(
  { allowRemote, remoteRate, remoteTotal }: { readonly [K in keyof RemoteInput]: unknown },
  wording: Wording,
): RemoteRules {
  const given = <T>(field: NamedSetting, row: Setting<unknown, T>, value: unknown, usual: T): T =>
    value === undefined ? usual : checkOne(field, row, value, wording);
  return {
    allowed: given('allowRemote', ALL_SETTINGS.allowRemote, allowRemote, []),
    perSecond: given('remoteRate', ALL_SETTINGS.remoteRate, remoteRate, DEFAULTS.remoteRate),
    total: given('remoteTotal', ALL_SETTINGS.remoteTotal, remoteTotal, DEFAULTS.remoteTotal),
  };
}

function checkOne<T>(
  field: NamedSetting,
  { check }: Setting<unknown, T>,
  value: unknown,
  wording: Wording,
): T {
  const fail: Fail = (expected, got) => {
    throw new UsageError(wording.subject(field), expected, describe(got), wording.remedy(field));
  };
  return check(value, fail, wording.subject(field));
}

function isField(field: string): field is Field {
  return Object.hasOwn(SETTINGS, field);
}
