import { describe, expect, it } from 'vitest';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';
import { type AloneMeasured, measureAlone } from '../../src/run/alone.js';
import { makePlannedScenario, waitingScenario } from '../support/report-fixture.js';
import { FakeClock, ScriptedLauncher, type ScriptedTrial } from '../support/scripted-launcher.js';

/** Of 20 tasks, which fail by `http-503` if they are expected to. */
function alone(trial: ScriptedTrial, expectedFailures: string[] = []): Promise<AloneMeasured | null> {
  const scenario = { ...makePlannedScenario(waitingScenario()), tasks: 20, expectedFailures };
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
      lengths: null,
    });
  });

  it('is not misled by tasks that fail as expected, which count as their time limit', async () => {
    const some = { ...trial, failed: { 'http-503': 4 } };
    expect(await alone(some, ['http-503'])).toMatchObject({ serviceMs: 12, lengths: null });
    expect(await alone({ ...trial, failed: { 'http-503': 15 } }, ['http-503'])).toBeNull();
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
      const planned = makePlannedScenario(waitingScenario());
      const scenario = { ...planned, tasks: 20, origin: { ...PLAIN_ORIGIN, latency } };
      const env = { seed: 1, cpuIterationsPerMs: 1_000 };
      const launcher = new ScriptedLauncher(new FakeClock(), () => trial);
      expect((await measureAlone(scenario, env, launcher))?.lengths).toEqual(lengths);
    },
  );
});
