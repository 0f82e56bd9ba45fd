import { type Looks, looksOf } from './looks.js';

/** What all parts of a page share. */
export interface PageContext {
  readonly looks: Looks;
  /** A name that no other element of the page has. */
  newId(what: string): string;
}

/** @param executors all of the report */
export function pageContext(executors: readonly string[]): PageContext {
  let last = 0;
  return { looks: looksOf(executors), newId: what => `${what}-${++last}` };
}
