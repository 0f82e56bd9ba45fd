import { digits } from './digits.js';
import type { CaseResult, TestCase } from './junit-cases.js';
import { element, xmlText } from './xml.js';

export interface Suite {
  readonly name: string;
  readonly elapsedMs: number;
  readonly startedAt: string;
  readonly properties: Readonly<Record<string, string | number>>;
  readonly cases: readonly TestCase[];
}

/** The whole file. */
export function documentText(suites: readonly Suite[], elapsedMs: number): string {
  const totals = totalsOf(suites.flatMap(({ cases }) => cases));
  const lines = element(
    'testsuites',
    { name: 'threads-vs-loop', ...totals, time: seconds(elapsedMs) },
    suites.flatMap(suiteLines),
  );
  return `${['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join('\n')}\n`;
}

function suiteLines({ name, elapsedMs, startedAt, properties, cases }: Suite): string[] {
  return element(
    'testsuite',
    {
      name,
      ...totalsOf(cases),
      time: seconds(elapsedMs),
      // Its schema has no zone: UTC.
      timestamp: startedAt.slice(0, 19),
    },
    [
      ...element(
        'properties',
        {},
        Object.entries(properties).flatMap(([key, value]) => element('property', { name: key, value })),
      ),
      ...cases.flatMap(one => caseLines(name, one)),
    ],
  );
}

/** Readers that know no `skipped` count it as passed: its reason is in the output too. */
function caseLines(suite: string, { name, about, result, message, type }: TestCase): string[] {
  const kind = type === undefined ? TYPES[result] : { type };
  const outcome = result === 'passed' ? [] : element(result, { message, ...kind });
  const output = `<system-out>${xmlText(message)}</system-out>`;
  return element('testcase', { name, classname: `${suite}.${about}`, time: 0 }, [...outcome, output]);
}

const TYPES: Readonly<Record<CaseResult, { readonly type?: string }>> = {
  passed: {},
  skipped: {},
  failure: { type: 'objective' },
  error: { type: 'INVALID' },
};

function totalsOf(cases: readonly TestCase[]) {
  const number = (result: CaseResult) => cases.filter(one => one.result === result).length;
  return {
    tests: cases.length,
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
  };
}

function seconds(ms: number): string | null {
  return digits(ms / 1_000);
}
