import { executorsNamed, judgeRatio } from '../analysis/gates/ratio.js';
import { isGated, judgeObjectives } from '../analysis/gates/slo.js';
import { judgeSlower } from '../analysis/gates/slower.js';
import { slowerAlternatives } from '../analysis/gates/slower-alternatives.js';
import { verdictOn } from '../analysis/gates/verdict.js';
import { UsageError } from '../errors.js';
import { parseAssertions, parseFailures } from '../predicate.js';
import { harmless } from '../report/text.js';
import type { Gate, GateVerdict, Report, RunChanges, Scenario } from '../schema/index.js';

export interface GateFlags {
  readonly assert?: readonly string[] | undefined;
  readonly failOn?: string | undefined;
}

/** @throws UsageError for what is not in the grammar */
export function readGates({ assert = [], failOn }: GateFlags): readonly Gate[] {
  return [
    ...assert.flatMap(text => parseAssertions(text, '--assert')),
    ...(failOn === undefined ? [] : parseFailures(failOn, '--fail-on')),
  ];
}

/**
 * Before anything is measured: what no result of this plan can answer.
 *
 * @throws UsageError
 */
export function requireAnswerable(
  gates: readonly Gate[],
  scenarios: readonly Pick<Scenario, 'executors' | 'slo' | 'axis'>[],
): void {
  for (const gate of gates) {
    if (
      gate.kind === 'ratio' &&
      scenarios.every(({ executors }) => executorsNamed(gate.subject, executors) === null)
    )
      throw unknownPair(gate.subject, scenarios);
    if (gate.kind === 'slo' && !scenarios.some(isGated))
      throw new UsageError(
        '--fail-on slo',
        'a scenario with an objective',
        'none that has one, but for sweeps over rates',
        'Give one with --slo "p99<50ms" at a rate, or in the config.',
      );
  }
}

function unknownPair(subject: string, scenarios: readonly Pick<Scenario, 'executors'>[]): UsageError {
  const ids = new Set(scenarios.flatMap(({ executors }) => executors.map(({ id }) => id)));
  const names = [...ids].map(harmless).join(', ');
  return new UsageError(
    '--assert',
    'two executors of one scenario, with / between them',
    JSON.stringify(subject),
    `There are ${names}.`,
  );
}

/** @param changes null: there is no earlier run, or nothing was compared with it */
export function judgeAll(gates: readonly Gate[], report: Report, changes: RunChanges | null): GateVerdict[] {
  return gates.map(gate => {
    if (gate.kind === 'slo') return judgeObjectives(report);
    if (gate.kind === 'ratio') return judgeRatio(gate, report);
    const since = changes === null ? null : judgeSlower(gate, changes, report).findings;
    // An earlier run that was named, and could not be compared with, lets nothing through.
    if (since?.length === 0) return verdictOn(gate, []);
    return verdictOn(gate, [...(since ?? []), ...slowerAlternatives(gate, report)]);
  });
}
