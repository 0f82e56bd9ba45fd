import { expect, it } from 'vitest';
import type { ExecutorVariant, Scenario } from '../../src/model.js';
import { summariseExecutor } from '../../src/run/summarise.js';
import { trialLimitMs } from '../../src/run/trial-spec.js';
import { makeMeasuredTrial } from '../support/report-fixture.js';

it('tells the time of one batch, however many each trial has', () => {
  const scenario = { load: { kind: 'batch' }, tasks: 100, slo: [] } as unknown as Scenario;
  const variant = { id: 'limited', kind: 'loop', inFlight: 1, threads: 1 } as ExecutorVariant;
  const trials = [
    makeMeasuredTrial({ round: 0, cold: true, wallMs: 150, batches: 1 }),
    ...[1, 2].map(round => makeMeasuredTrial({ round, wallMs: 800, batches: 8, throughputPerSecond: 1_000 })),
  ];
  const fork = {
    id: 'limited',
    startupMs: 1,
    trials,
    histograms: [],
    digests: null,
    examples: [],
    trace: null,
  };
  const summary = summariseExecutor(scenario, { variant, coldOnly: false, forks: [fork] }, {
    alone: null,
    resources: { cores: 2, uvThreads: 4 },
    confidence: 0.95,
  } as never);
  expect(summary.wallMs.median).toBeCloseTo(100, 9);
  expect(summary.coldWallMs).toBe(150);
  expect(summary.batches).toBe(8);
});

it('gives a trial of several batches the time for all of them', () => {
  const variant = { inFlight: 10 } as ExecutorVariant;
  const spec = { taskTimeoutMs: 1_000, probeSeed: 1, digest: false, gauge: false, trace: false };
  const limit = (repeats: number) =>
    trialLimitMs({ load: { kind: 'batch', tasks: 100 }, repeats, ...spec }, variant);
  expect(limit(5) - limit(1)).toBe(40_000);
});
