import { expect, it } from 'vitest';
import { judgeSlower } from '../../src/analysis/gates/slower.js';
import { changesBetween } from '../../src/analysis/run-changes.js';
import { createRandom } from '../../src/random.js';
import type { Report } from '../../src/schema/index.js';
import { binomialAcceptance } from '../../src/stats/binomial.js';
import { makeComparison } from '../support/report-fixture.js';
import { ratiosScenario, runOf } from '../support/runs-fixture.js';

/** How often chance alone speaks: seeded, so that it is the same number each time. */
const EXPERIMENTS = 400;
const FORKS = 6;
const SPREAD = 0.02;
const SCENARIOS = ['a', 'b', 'c', 'd'];

const random = createRandom(12);
/** Box and Muller's. */
const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

/** Two rivals in each of four scenarios, whose true ratio is 2 × `factor`. */
function noisyRun(factor: number): Report {
  return runOf(
    SCENARIOS.map(id =>
      ratiosScenario(
        {},
        {
          id,
          executors: ratiosScenario({ queue: 2, piscina: 2 }).executors,
          comparisons: ['queue', 'piscina'].map(name => {
            const center = Math.log(2 * factor);
            const forkLogRatios = Array.from({ length: FORKS }, () => center + SPREAD * normal());
            return makeComparison(name, 'limited', 2 * factor, 0.02, { forkLogRatios });
          }),
        },
      ),
    ),
  );
}

function experiment(factor: number) {
  const next = noisyRun(factor);
  const changes = changesBetween({ name: 'a', report: noisyRun(1) }, { name: 'b', report: next }, false);
  return { changes, gate: judgeSlower({ kind: 'slower', operator: '>', value: 0.05 }, changes, next) };
}

it('where nothing changed, anything is said to have in no more than 5 of 100 comparisons', () => {
  let spoke = 0;
  for (let at = 0; at < EXPERIMENTS; at++) {
    const verdicts = experiment(1).changes.scenarios.flatMap(({ changes }) => changes);
    if (verdicts.some(({ verdict }) => verdict === 'gained' || verdict === 'lost')) spoke++;
  }
  expect(spoke).toBeLessThanOrEqual(binomialAcceptance(EXPERIMENTS, 0.05));
  // It is no claim that never speaks: without the correction a third would.
  expect(spoke).toBeGreaterThan(EXPERIMENTS * 0.01);
});

it('what is exactly at the bound fails in 2.5 of 100, and passes as often', () => {
  const outcomes = Array.from({ length: EXPERIMENTS / 2 }, () => experiment(0.95).gate.findings).flat();
  for (const wanted of ['fails', 'passes'] as const) {
    const number = outcomes.filter(({ outcome }) => outcome === wanted).length;
    expect(number).toBeLessThanOrEqual(binomialAcceptance(outcomes.length, 0.025));
    expect(number).toBeGreaterThan(outcomes.length * 0.01);
  }
});
