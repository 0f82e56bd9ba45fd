import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'vitest';
import { brokenJunitRules } from './junit-rules.js';

interface Outcome {
  readonly message: string;
  readonly type?: string;
}

export interface Case {
  readonly name: string;
  readonly classname: string;
  readonly failure?: Outcome;
  readonly error?: Outcome;
  readonly skipped?: Outcome;
}

export interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
  readonly testcase: readonly Case[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  trimValues: false,
  isArray: name => name === 'testsuite' || name === 'testcase',
});

/** What a JUnit file says, of one that keeps the rules of its schema. */
export function suitesIn(text: string): readonly Suite[] {
  expect(XMLValidator.validate(text)).toBe(true);
  expect(brokenJunitRules(text)).toEqual([]);
  const { testsuites } = parser.parse(text) as { testsuites: { testsuite?: readonly Suite[] } };
  return testsuites.testsuite ?? [];
}

export function resultOf({ failure, error, skipped }: Case): 'failure' | 'error' | 'skipped' | 'passed' {
  return failure ? 'failure' : error ? 'error' : skipped ? 'skipped' : 'passed';
}
