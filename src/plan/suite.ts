import { isPlainObject } from '../plain-object.js';
import type { Article, ArticleProgram } from '../schema/index.js';
import type { Settings } from '../settings/settings.js';

/** What an article says, as far as it says it. */
export interface ArticleSpec {
  readonly title: string;
  /** Along numbers of tasks: the one that its figures are about. */
  readonly tasks?: number;
  /** The first is what the others are compared with. */
  readonly programs: readonly (Pick<ArticleProgram, 'program' | 'executor'> & Partial<ArticleProgram>)[];
}

/** With null for what it does not say. */
export function articleOf({ title, programs }: ArticleSpec): Article {
  const nothing = { wallMs: null, atOnce: null, ratio: null, claim: null };
  return { title, programs: programs.map(program => ({ ...nothing, ...program })) };
}

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
  /** Parameters that are times of the program that this is modelled on, and multiplied by `timeScale`. */
  readonly scaledParams?: readonly string[] | undefined;
  /** What a published article says of the same programs. */
  readonly article?: ArticleSpec | undefined;
}

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
