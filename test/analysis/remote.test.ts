import { describe, expect, test } from 'vitest';
import { remoteFindings } from '../../src/analysis/validity/remote.js';
import type { MeasuredTrial, Scenario } from '../../src/schema/index.js';
import {
  type ExecutorSpec,
  makeExecutor,
  makeMeasuredTrial,
  waitingScenario,
} from '../support/report-fixture.js';

const remote = {
  requests: [{ method: 'GET', url: 'https://staging.example.com/' }],
  perSecond: 100,
  total: null,
};
const scenario = (more: Partial<Scenario> = {}): Scenario => ({
  ...waitingScenario().scenario,
  remote,
  ...more,
});

/** Trials of so many requests in so many ms. */
function executor(
  issued: number,
  wallMs: number,
  more: Partial<MeasuredTrial> = {},
  spec: ExecutorSpec = {},
) {
  const outcomes = { issued, completed: issued, cancelled: 0, failed: {} };
  const trials = [1, 2, 3].map(round =>
    makeMeasuredTrial({ fork: 0, round, cold: false, batches: 1, wallMs, outcomes, ...more }),
  );
  return makeExecutor({ id: 'queue', forks: 1, trials, ...spec });
}

const codes = (...[one, of]: Parameters<typeof remoteFindings>) =>
  remoteFindings(one, of).map(({ finding }) => finding.code);

describe('held to a rate', () => {
  test('is who sends as many as may be sent', () => {
    const [found] = remoteFindings(executor(200, 2_010), scenario());
    expect(found!.finding).toMatchObject({
      code: 'held-to-rate',
      severity: 'invalid',
      subjects: ['queue'],
      values: { perSecond: 100, reachedPerSecond: expect.closeTo(99.5, 1) },
    });
  });

  test('is not who is slower by itself', () => {
    expect(codes(executor(200, 2_500), scenario())).toEqual([]);
  });

  test('is who could have sent all at once, and was kept from it', () => {
    const { inFlight } = executor(1, 1).variant;
    expect(codes(executor(inFlight, 2_000), scenario())).toEqual(['held-to-rate']);
    expect(
      codes(executor(inFlight, 50 * inFlight), scenario({ remote: { ...remote, perSecond: 1_000 } })),
    ).toEqual([]);
  });

  test('is of one batch, where a trial has several', () => {
    expect(codes(executor(400, 4_020, { batches: 2 }), scenario())).toEqual(['held-to-rate']);
  });

  test('is nobody without a limit, at a rate of the load, or on loopback', () => {
    const fast = executor(200, 2_010);
    expect(codes(fast, scenario({ remote: { ...remote, perSecond: null } }))).toEqual([]);
    const load = { kind: 'rate', perSecond: 100, arrivals: 'constant', maxBacklog: 10 } as const;
    expect(codes(fast, scenario({ load }))).toEqual([]);
    const { remote: _, ...local } = scenario();
    expect(codes(fast, local)).toEqual([]);
  });
});

test('one task that found the name elsewhere makes figures unfit', () => {
  const outcomes = { issued: 2_000, completed: 1_999, cancelled: 0, failed: { 'resolved-elsewhere': 1 } };
  const [found] = remoteFindings({ ...executor(200, 9_000), outcomes }, scenario());
  expect(found!.finding).toMatchObject({
    code: 'resolved-elsewhere',
    severity: 'invalid',
    values: { failed: 1 },
  });
});
