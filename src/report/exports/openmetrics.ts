import type { Report, ScenarioResult } from '../../schema/index.js';
import { judgedExecutors } from '../pairs.js';
import { harmlessData } from '../text.js';
import { digits } from './digits.js';
import {
  EXECUTOR_FAMILIES,
  type Family,
  type Labels,
  REPORT_FAMILIES,
  type Sample,
  SCENARIO_FAMILIES,
} from './openmetrics-families.js';

const PREFIX = 'threads_vs_loop_';

/** Gauges in the OpenMetrics text format, in base units. What there is no figure of has no line. */
export function renderOpenMetrics(untrusted: Report): string {
  const report = harmlessData(untrusted);
  const { scenarios } = report;
  const executors = scenarios.flatMap(result =>
    judgedExecutors(result).map(executor => ({ result, executor })),
  );
  const lines = [
    ...REPORT_FAMILIES.flatMap(family => familyLines(family, family.samples(report))),
    ...SCENARIO_FAMILIES.flatMap(family =>
      familyLines(
        family,
        scenarios.flatMap(result => withLabels(scenarioLabels(result), family.samples(result))),
      ),
    ),
    ...EXECUTOR_FAMILIES.flatMap(family =>
      familyLines(
        family,
        executors.flatMap(({ result, executor }) =>
          withLabels({ ...scenarioLabels(result), executor: executor.variant.id }, family.samples(executor)),
        ),
      ),
    ),
    '# EOF',
  ];
  return `${lines.join('\n')}\n`;
}

function scenarioLabels({ scenario }: ScenarioResult): Labels {
  return { scenario: scenario.id };
}

function withLabels(labels: Labels, samples: readonly Sample[]): Sample[] {
  return samples.map(([own, value]) => [{ ...labels, ...own }, value]);
}

/** A family without a figure is left out. */
function familyLines(
  { name, unit, help }: Omit<Family<never>, 'samples'>,
  samples: readonly Sample[],
): string[] {
  const full = `${PREFIX}${name}`;
  const lines = samples.flatMap(([labels, value]) => {
    const text = digits(value);
    return text === null ? [] : [`${full}${labelText(labels)} ${text}`];
  });
  if (lines.length === 0) return [];
  return [
    `# TYPE ${full} gauge`,
    ...(unit === null ? [] : [`# UNIT ${full} ${unit}`]),
    `# HELP ${full} ${escaped(help)}`,
    ...lines,
  ];
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
