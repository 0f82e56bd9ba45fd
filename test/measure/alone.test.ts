import { describe, expect, it } from 'vitest';
import { type AloneOutcome, measureAlone } from '../../src/measure/alone.js';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';
import type { AloneMeasured, ThreadUse } from '../../src/schema/index.js';
import { waitingScenario } from '../support/report-fixture.js';
import { FakeClock, ScriptedLauncher, type ScriptedTrial } from '../support/scripted-launcher.js';

/** Of 20 tasks, which fail by `http-503` if they are expected to. */
function alone(trial: ScriptedTrial, expectedFailures: string[] = []): Promise<AloneOutcome> {
  const scenario = { ...waitingScenario().scenario, tasks: 20, expectedFailures };
  const env = { seed: 1, cpuIterationsPerMs: 1_000 };
  return measureAlone(scenario, env, new ScriptedLauncher(new FakeClock(), () => trial));
}

describe('measureAlone', () => {
  const trial = { wallMs: 30, serviceMs: 12, cpuMs: 20 };

  it('has the service time in the middle and the CPU time of a task', async () => {
    expect(await alone(trial)).toEqual({
      tasks: 20,
      serviceMs: 12,
      cpuMs: 1,
      computes: false,
      parts: null,
      lengths: null,
    });
  });

  it('is not misled by tasks that fail as expected, which count as their time limit', async () => {
    const some = { ...trial, failed: { 'http-503': 4 } };
    expect(await alone(some, ['http-503'])).toMatchObject({ serviceMs: 12, lengths: null });
    expect(await alone({ ...trial, failed: { 'http-503': 15 } }, ['http-503'])).toBeNull();
  });

  it('says so where no task does what it should', async () => {
    expect(await alone({ ...trial, failed: { error: 20 } })).toBe('all fail');
  });

  it('says nothing if tasks fail that should not', async () => {
    expect(await alone({ ...trial, failed: { 'http-500': 1 } }, ['http-503'])).toBeNull();
  });

  it.each([
    ['fixed', { kind: 'fixed', ms: 12 }, null],
    ['uniform', { kind: 'uniform', minMs: 4, maxMs: 20 }, { meanMs: 12, maxMs: 12 }],
    ['lognormal', { kind: 'lognormal', medianMs: 12, sigma: 0.5 }, { meanMs: 12, maxMs: 12 }],
  ] as const)(
    'knows that delays that are drawn differ, also if a few do not by chance: %s',
    async (_, latency, lengths) => {
      const planned = waitingScenario().scenario;
      const scenario = { ...planned, tasks: 20, origin: { ...PLAIN_ORIGIN, latency } };
      const env = { seed: 1, cpuIterationsPerMs: 1_000 };
      const launcher = new ScriptedLauncher(new FakeClock(), () => trial);
      expect(((await measureAlone(scenario, env, launcher)) as AloneMeasured).lengths).toEqual(lengths);
    },
  );
});

describe('what a task alone does', () => {
  const use = (busyMs: number, cpuMs: number): ThreadUse => ({
    wallMs: 200,
    busyMs,
    threadCpuMs: cpuMs,
    queuedMs: 0,
    processCpuMs: cpuMs,
    v8CpuMs: 0,
    othersQueuedMs: 0,
    childrenCpuMs: 0,
    stolenMs: 0,
    outsideShare: 0,
  });
  const computes = use(200, 200);
  const blocks = use(200, 2);
  const waits = use(2, 2);

  /** The warm-up first, then a trial of 20 tasks, and more where that was a surprise: of half as many. */
  async function told(uses: readonly ThreadUse[], wallMs = 200) {
    const scenario = { ...waitingScenario().scenario, tasks: 20 };
    const launcher = new ScriptedLauncher(new FakeClock(), ({ trial }) => ({
      wallMs: trial === 0 ? 30 : wallMs,
      serviceMs: 10,
      cpuMs: 999,
      threadUse: uses[Math.min(trial, uses.length - 1)]!,
    }));
    const alone = (await measureAlone(
      scenario,
      { seed: 1, cpuIterationsPerMs: 1 },
      launcher,
    )) as AloneMeasured;
    return { alone, trials: launcher.log.length };
  }

  it('is told from its threads, with the CPU time of its tasks only', async () => {
    const { alone, trials } = await told([computes]);
    expect(alone).toMatchObject({ computes: true, cpuMs: 10, parts: { computesMs: 10, blocksMs: 0 } });
    expect(trials).toBe(2);
    expect((await told([waits])).alone).toMatchObject({ computes: false, parts: { waitsMs: 9.9 } });
  });

  it('is measured three times where it was not declared', async () => {
    const { alone, trials } = await told([blocks]);
    expect(alone).toMatchObject({ computes: true, serviceMs: 10, parts: { computesMs: 0.2 } });
    expect(alone?.parts?.blocksMs).toBeCloseTo(19.8);
    expect(trials).toBe(4);
  });

  it('is not misled by a stall, nor measured again when that would take long', async () => {
    expect((await told([computes, blocks, computes])).alone?.parts?.blocksMs).toBe(0);
    expect((await told([blocks], 1_500)).trials).toBe(2);
  });
});
