import { describe, expect, it } from 'vitest';
import { SideThread } from '../../src/trial/side-thread.js';
import { runTrial, type TrialSetting, type TrialSpec } from '../../src/trial/trial.js';
import { startProbe } from '../executors/start.js';

const signal = new AbortController().signal;
const spec = (load: TrialSpec['load']): TrialSpec => ({
  load,
  taskTimeoutMs: 30_000,
  repeats: 1,
  probeSeed: 1,
  digest: true,
  gauge: true,
  trace: false,
});
const rate = (tasks: number, perSecond: number, maxBacklog = 10_000) =>
  ({ kind: 'rate', tasks, perSecond, arrivals: 'constant', maxBacklog, seed: 1 }) as const;

describe('a trial by rate', () => {
  it.each(['limited', 'queue'])(
    'measures latency from the due time, by a pacer of its own (%s)',
    async name => {
      await using probe = await startProbe(name, { does: 'wait', load: 'rate', inFlight: 16 });
      await using pacer = await SideThread.start('pacer', probe.ledger);
      await using sampler = await SideThread.start('sampler', probe.ledger);
      const setting: TrialSetting = { ...probe, idleRssBytes: 0, bareRssBytes: 0, signal, pacer, sampler };
      const { figures, faults, digests, histograms } = await runTrial(setting, spec(rate(300, 500)));
      expect(faults).toEqual([]);
      expect(figures.outcomes).toEqual({ issued: 300, completed: 300, cancelled: 0, failed: {} });
      // Long enough that a stall of the machine is no growth over half of the schedule.
      expect(figures.arrivals).toMatchObject({ due: 300, unfinished: 0, overloaded: false });
      // 300 tasks at 500/s are due over 598 ms and each waits 5 ms, less a timer's rounding: no sooner can it end.
      expect(figures.wallMs).toBeGreaterThanOrEqual(602);
      expect(figures.latencyMs.min).toBeGreaterThanOrEqual(4);
      // Latency = wait since due + service + delivery, so by no percentile below the service.
      expect(figures.latencyMs.mean!).toBeGreaterThanOrEqual(figures.serviceMs.mean!);
      expect(figures.latencyMs.mean!).toBeCloseTo(
        figures.waitMs.mean! + figures.serviceMs.mean! + figures.deliveryMs.mean!,
        6,
      );
      expect(histograms.pacerLateMs?.count).toBe(300);
      expect(digests?.every(digest => !Number.isNaN(digest))).toBe(true);
      expect(figures.inFlight.samples).toBeGreaterThan(2);
    },
  );

  it('ends with the backlog at its limit when nobody keeps up, and says overloaded', async () => {
    await using probe = await startProbe('sequential', { does: 'wait', load: 'rate' });
    await using pacer = await SideThread.start('pacer', probe.ledger);
    const setting: TrialSetting = {
      ...probe,
      idleRssBytes: 0,
      bareRssBytes: 0,
      signal,
      pacer,
      sampler: null,
    };
    const { figures, faults } = await runTrial(setting, spec(rate(200, 2_000, 20)));
    expect(faults).toEqual([]);
    expect(figures.arrivals?.overloaded).toBe(true);
    expect(figures.arrivals?.due).toBeLessThan(200);
    expect(figures.arrivals?.due).toBeGreaterThanOrEqual(20);
    expect(figures.arrivals?.unfinished).toBe(0);
  });

  it('gives up what is unfinished when the time to drain is over, as more than it had time for', async () => {
    await using probe = await startProbe('limited', { does: 'stalls', load: 'rate', inFlight: 1 });
    await using pacer = await SideThread.start('pacer', probe.ledger);
    const setting: TrialSetting = {
      ...probe,
      idleRssBytes: 0,
      bareRssBytes: 0,
      signal,
      pacer,
      sampler: null,
    };
    const { figures, faults } = await runTrial(setting, spec(rate(10, 1_000)));
    expect(faults).toEqual([]);
    expect(figures.arrivals).toMatchObject({ due: 10, unfinished: 8 });
    expect(figures.outcomes).toMatchObject({ completed: 2, cancelled: 1 });
    expect(figures.latencyMs.count).toBe(10);
    // They had the second that is there to drain.
    expect(figures.latencyMs.p50).toBeGreaterThan(900);
  });
});

describe('a trial by duration', () => {
  it.each(['limited', 'queue'])('lasts as long as asked, and takes every task down (%s)', async name => {
    await using probe = await startProbe(name, { does: 'wait', load: 'duration', inFlight: 8 });
    const setting: TrialSetting = {
      ...probe,
      idleRssBytes: 0,
      bareRssBytes: 0,
      signal,
      pacer: null,
      sampler: null,
    };
    const { figures, faults, histograms } = await runTrial(
      setting,
      spec({ kind: 'duration', durationMs: 100 }),
    );
    expect(faults).toEqual([]);
    expect(figures.wallMs).toBeGreaterThanOrEqual(100);
    expect(figures.outcomes.completed).toBe(figures.outcomes.issued);
    expect(histograms.serviceMs.count).toBe(figures.outcomes.issued);
    // At least one wave of 8 had its 5 ms; nobody waits in line.
    expect(figures.outcomes.issued).toBeGreaterThanOrEqual(8);
    expect(figures.waitMs.max).toBe(0);
    expect(figures.arrivals).toBeNull();
  });
});
