import { expect, it } from 'vitest';
import { confirmCapacities } from '../../../src/measure/confirm.js';
import { renderJunit } from '../../../src/report/exports/junit.js';
import { renderOpenMetrics } from '../../../src/report/exports/openmetrics.js';
import type { Report, Scenario, ScenarioResult } from '../../../src/schema/index.js';
import { suitesIn } from '../../support/junit.js';
import { makeReport, rateScenario } from '../../support/report-fixture.js';

/** 400/s holds for `queue` after 800/s did not hold again, and did not hold again for `limited`: it is measured twice. */
async function confirmedTwice(): Promise<Report> {
  const sweep = [
    rateScenario(200, { limited: 25, queue: 24 }),
    rateScenario(400, { limited: 40, queue: 30 }),
    rateScenario(800, { limited: null, queue: 45 }),
  ];
  const again: Readonly<Record<number, Readonly<Record<string, number>>>> = {
    200: { limited: 30 },
    400: { limited: 60, queue: 45 },
    800: { queue: 70 },
  };
  const scenarios: ScenarioResult[] = [...sweep];
  const measure = async function* ({ id, axis, executors }: Scenario) {
    const perSecond = Number(axis!.value);
    const p99Ms = Object.fromEntries(executors.map(one => [one.id, again[perSecond]![one.id]!]));
    const result = rateScenario(perSecond, p99Ms, { id, purpose: 'confirmation' });
    scenarios.push(result);
    yield id;
    return result;
  };
  const planned = sweep.map(({ scenario }) => scenario);
  const confirming = confirmCapacities(planned, sweep, measure);
  for (let next = await confirming.next(); next.done !== true; ) next = await confirming.next();
  return makeReport({ scenarios });
}

it('given a rate that was confirmed twice, then exports tell the two apart', async () => {
  const report = await confirmedTwice();
  expect(
    report.scenarios.filter(({ scenario }) => scenario.id.startsWith('service rate=400 c')),
  ).toHaveLength(2);
  const suites = suitesIn(renderJunit(report)).map(({ name }) => name);
  expect(new Set(suites).size).toBe(suites.length);
  const lines = renderOpenMetrics(report).split('\n');
  const series = lines.filter(line => /^\w/.test(line)).map(line => line.slice(0, line.lastIndexOf(' ')));
  expect(new Set(series).size).toBe(series.length);
});
