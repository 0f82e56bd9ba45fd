import { describe, expect, it } from 'vitest';
import { type MapEvent, type MapRequest, measureMap } from '../../src/map/map.js';
import { makePlan } from '../../src/plan/plan.js';
import type { Report } from '../../src/schema/index.js';
import { reportSchema } from '../../src/schema/report.js';
import { type Asked, FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';
import { CPUS_MS, TWO_CORES, trueRatio } from './surfaces.js';

const WAITS_MS = [0, 100];

/** The loop does a task a millisecond; threads as much more as is true of such a task. */
const script: Script = (asked: Asked) => {
  const [waitMs, cpuMs] = [Number(asked.params.waitMs), Number(asked.params.cpuMs)];
  if (asked.load.kind !== 'duration') return { wallMs: waitMs + cpuMs, serviceMs: waitMs + cpuMs, cpuMs };
  const ratio = asked.executor.startsWith('queue') ? trueRatio(TWO_CORES, waitMs, cpuMs) : 1;
  return { wallMs: asked.load.durationMs / ratio, serviceMs: waitMs + cpuMs };
};

async function mapped(
  more: Partial<MapRequest> = {},
  onEvent: (event: MapEvent, stop: () => void) => void = () => {},
  how: Script = script,
) {
  const plan = await makePlan({
    executors: ['limited', 'queue'],
    threads: 2,
    inFlight: 64,
    durationMs: 300,
    seed: 7,
    scenarios: WAITS_MS.map(waitMs => ({
      name: `wait ${waitMs} ms`,
      workload: 'wait-compute',
      params: { waitMs, cpuMs: 0.02 },
    })),
  });
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, how);
  const controller = new AbortController();
  const request: MapRequest = {
    plan,
    waitsMs: WAITS_MS,
    cpusMs: CPUS_MS,
    budgetMs: 3_600_000,
    known: [],
    task: null,
    ...more,
  };
  const steps: string[] = [];
  let report: Report | null = null;
  for await (const event of measureMap(request, {
    signal: controller.signal,
    clock,
    launcher,
    command: null,
  })) {
    onEvent(event, () => controller.abort());
    if (event.type === 'step') steps.push(`${event.step.waitMs} × ${event.step.cpuMs}`);
    if (event.type === 'done') report = event.report;
  }
  return { report: report!, map: report!.map!, steps, launcher, clock };
}

describe('a map', () => {
  it('finds both boundaries, and nothing that it has started is left', async () => {
    const { map, launcher } = await mapped();
    const [none, long] = map.boundaries;
    expect(none).toMatchObject({ kind: 'always', highMs: 0.02 });
    expect(long).toMatchObject({ kind: 'between' });
    expect(long!.lowMs).toBeLessThan(1.7);
    expect(long!.highMs).toBeGreaterThan(1.6);
    expect(map).toMatchObject({
      loop: 'limited',
      threads: 'queue',
      threadCount: 2,
      inFlight: 64,
      hurried: false,
    });
    expect(map.trials).toBe(map.cells.reduce((sum, { forks }) => sum + 4 * forks.length, 0));
    expect(launcher.hostsAlive).toBe(0);
  });

  it('begins where the ideals say that threads pay', async () => {
    const { steps } = await mapped();
    expect(steps.slice(0, 2)).toEqual(['0 × 0.02', '100 × 2']);
  });

  it('is a report that the schema accepts', async () => {
    const { report } = await mapped({ budgetMs: 30_000 });
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('ends with its budget, and says so', async () => {
    const { map, clock } = await mapped({ budgetMs: 25_000 });
    expect(map.hurried).toBe(true);
    expect(map.cells.length).toBeGreaterThan(1);
    expect(clock.nowMs()).toBeLessThanOrEqual(25_000);
  });

  it('has a cell, however little that is', async () => {
    const { map } = await mapped({ budgetMs: 1_000 });
    expect(map.cells).toHaveLength(1);
  });

  it('that is interrupted keeps its cells, and goes on from them', async () => {
    const whole = await mapped();
    const stopped = await mapped({}, (event, stop) => {
      if (event.type === 'step' && event.step.cpuMs === 1) stop();
    });
    expect(stopped.report.interrupted).toBe(true);
    expect(stopped.map.cells.length).toBe(stopped.steps.length - 1);
    const resumed = await mapped({ known: stopped.map.cells });
    expect([...stopped.steps.slice(0, -1), ...resumed.steps]).toEqual(whole.steps);
    expect(resumed.map.boundaries).toEqual(whole.map.boundaries);
  });

  it('without a trial that counts ends too', async () => {
    const fails: Script = ({ load }) => ({
      wallMs: 10,
      failed: { broken: load.kind === 'duration' ? load.durationMs : load.tasks },
    });
    const { map } = await mapped({ budgetMs: 600_000 }, undefined, fails);
    expect(map.trials).toBe(0);
    expect(new Set(map.places.map(({ state }) => state))).toEqual(new Set(['blank']));
    expect(map.boundaries.map(({ kind }) => kind)).toEqual(['open', 'open']);
  });
});
