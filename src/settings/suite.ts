import { isPlainObject } from '../plain-object.js';
import type { Attachment } from '../schema/index.js';
import type { CheckedSettings, Field, Settings } from './settings.js';

/** A scenario as people write it: what is left out has a default. */
export interface ScenarioSpec extends Settings {
  readonly name: string;
  /** Heading in reports; by default the name in capitals. */
  readonly title?: string | undefined;
  /** One line for `list`. */
  readonly summary?: string | undefined;
  /**
   * Name of a built-in workload, or the module with one as its default export: a `file:` URL, or a path, relative
   * to the suite's file (to the working directory in the library).
   */
  readonly workload: string;
  /** What its own section of the report renders. */
  readonly attachment?: Attachment | undefined;
  /** Of the settings that only some scenarios take: those that `adapt` makes something of. */
  readonly takes?: readonly Field[] | undefined;
  /** What settings that are asked for of all scenarios make of this one, before they override it; its workload stays. */
  readonly adapt?: ((request: CheckedSettings) => Partial<ScenarioSpec>) | undefined;
}

/** What a scenario has beside settings. */
export const SPEC_FIELDS = ['name', 'title', 'summary', 'workload', 'attachment', 'takes', 'adapt'];

export interface Suite {
  readonly name: string;
  /** One line for `list`. */
  readonly summary: string;
  readonly scenarios: readonly ScenarioSpec[];
}

/** @example export default defineSuite({ name: 'mine', summary: '…', scenarios: [{ name: 'todos', workload: 'http' }] }) */
export function defineSuite(suite: Suite): Suite {
  return suite;
}

/** What tells a suite from a workload; its scenarios are checked when they are planned. */
export function isSuite(value: unknown): value is Suite {
  return isPlainObject(value) && typeof value.name === 'string' && Array.isArray(value.scenarios);
}
