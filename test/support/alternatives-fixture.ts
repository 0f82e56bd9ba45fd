import type { ExecutorResult, ScenarioResult } from '../../src/schema/index.js';
import { type ExecutorSpec, makeExecutor, makeScenario, type ScenarioSpec } from './report-fixture.js';

/** Throughputs by executor and alternative: `{limited: {marked: 200, 'markdown-it': 100}}`. */
export type Throughputs = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** @param of the parameter, or `version` */
export function alternativesScenario(
  of: string,
  throughputs: Throughputs,
  { more = {}, ...overrides }: ScenarioSpec & { readonly more?: ExecutorSpec } = {},
): ScenarioResult {
  const nameOf = (label: string) => (of === 'version' ? label : `${of}=${label}`);
  const executors = Object.entries(throughputs).flatMap(([name, byLabel]) =>
    Object.entries(byLabel).map(([label, perSecond]): ExecutorResult => {
      const params = of === 'version' ? {} : { [of]: label };
      const peer = { id: name, label: name, series: name };
      const id = `${name} ${nameOf(label)}`;
      const axis = { name: of === 'version' ? of : `param.${of}`, value: label };
      const alternative = { name: nameOf(label), label, of, sameResults: 'all', peer, params };
      return makeExecutor({ name, id, series: name, axis, alternative, params, perSecond, ...more });
    }),
  );
  const labels = [...new Set(Object.values(throughputs).flatMap(byLabel => Object.keys(byLabel)))];
  return makeScenario({
    name: 'render',
    workload: 'render',
    kind: 'cpu',
    params: of === 'version' ? {} : { [of]: labels[0]! },
    alone: null,
    alternatives: labels.map((label, at) => ({
      name: nameOf(label),
      label,
      alone: { tasks: 20, serviceMs: 5 + 5 * at, cpuMs: 5 + 5 * at },
    })),
    executors,
    ...overrides,
  });
}
