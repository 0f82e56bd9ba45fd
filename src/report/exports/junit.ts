import type { Report, ScenarioResult } from '../../schema/index.js';
import { harmlessData } from '../text.js';
import { digits } from './digits.js';
import { type CaseResult, casesOf, type TestCase } from './junit-cases.js';
import { element, xmlText } from './xml.js';

/** A suite for each scenario, as JUnit's XML: what CI servers show of tests. */
export function renderJunit(untrusted: Report): string {
  const report = harmlessData(untrusted);
  const suites = report.scenarios.map(result => ({ result, cases: casesOf(result) }));
  const totals = totalsOf(suites.flatMap(({ cases }) => cases));
  const lines = element(
    'testsuites',
    { name: 'threads-vs-loop', ...totals, time: seconds(report.elapsedMs) },
    suites.flatMap(({ result, cases }) => suiteLines(report, result, cases)),
  );
  return `${['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join('\n')}\n`;
}

function suiteLines(report: Report, result: ScenarioResult, cases: readonly TestCase[]): string[] {
  const { startedAt, generator, seed, environment } = report;
  const properties = { generator, seed, node: environment.node, cpu: environment.cpuModel };
  return element(
    'testsuite',
    {
      name: suiteName(result),
      ...totalsOf(cases),
      time: seconds(result.elapsedMs),
      // Its schema has no zone: UTC.
      timestamp: startedAt.slice(0, 19),
    },
    [
      ...element(
        'properties',
        {},
        Object.entries(properties).flatMap(([name, value]) => element('property', { name, value })),
      ),
      ...cases.flatMap(one => caseLines(suiteName(result), one)),
    ],
  );
}

function suiteName({ scenario }: ScenarioResult): string {
  return scenario.id;
}

/** Readers that know no `skipped` count it as passed: its reason is in the output too. */
function caseLines(suite: string, { name, about, result, message }: TestCase): string[] {
  const outcome = result === 'passed' ? [] : element(result, { message, ...TYPES[result] });
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
