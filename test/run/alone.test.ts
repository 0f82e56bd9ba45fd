import { describe, expect, it } from 'vitest';
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
      parts: null,
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
});
