import type { Report, ScenarioResult } from '../../schema/index.js';
import type { Judgement } from '../reporter.js';
import { harmlessData } from '../text.js';
import { casesOf } from './junit-cases.js';
import { changeCases, gateCases } from './junit-judgement.js';
import { documentText, type Suite } from './junit-xml.js';

interface JunitOptions {
  /** Each gate is a case. */
  readonly judgement?: Judgement | undefined;
}

/** A suite for each scenario, and one for what is said beside them, as JUnit's XML: what CI servers show of tests. */
export function renderJunit(untrusted: Report, { judgement }: JunitOptions = {}): string {
  const report = harmlessData(untrusted);
  const suites = report.scenarios.map(result => suiteOf(report, result));
  const judged = judgement === undefined ? [] : judgementSuites(harmlessData(judgement), report);
  return documentText([...suites, ...judged], report.elapsedMs);
}

function suiteOf(report: Report, result: ScenarioResult): Suite {
  return {
    name: result.scenario.id,
    elapsedMs: result.elapsedMs,
    startedAt: report.startedAt,
    properties: propertiesOf(report),
    cases: casesOf(result),
  };
}

function judgementSuites({ changes, gates }: Judgement, report: Report): Suite[] {
  const head = { elapsedMs: 0, startedAt: report.startedAt, properties: propertiesOf(report) };
  return [
    ...(changes === null
      ? []
      : [{ ...head, name: `changes since ${changes.base.name}`, cases: changeCases(changes) }]),
    ...(gates.length === 0 ? [] : [{ ...head, name: 'gates', cases: gateCases(gates) }]),
  ];
}

export function propertiesOf({ generator, seed, environment }: Report): Suite['properties'] {
  return { generator, seed, node: environment.node, cpu: environment.cpuModel };
}
