import type { ComparedRuns } from '../reporter.js';
import { harmlessData } from '../text.js';
import { propertiesOf } from './junit.js';
import { changeCases, gateCases } from './junit-judgement.js';
import { documentText, type Suite } from './junit-xml.js';

/** A suite for each two runs that were compared, as JUnit's XML: a case for each ratio, and one for each gate. */
export function renderJunitComparison(compared: readonly ComparedRuns[]): string {
  return documentText(compared.map(suiteOf), 0);
}

function suiteOf({ next, ...untrusted }: ComparedRuns): Suite {
  const [changes, gates] = [harmlessData(untrusted.changes), harmlessData(untrusted.gates)];
  return {
    name: `${changes.base.name} → ${changes.next.name}`,
    elapsedMs: 0,
    startedAt: harmlessData(next.startedAt),
    properties: harmlessData(propertiesOf(next)),
    cases: [...changeCases(changes), ...gateCases(gates)],
  };
}
