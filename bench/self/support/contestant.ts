import type { Host, Launcher, Origin } from '../../../src/hosts/launcher.js';
import { startMessageOf } from '../../../src/measure/start-message.js';
import { makePlan } from '../../../src/plan/plan.js';
import type { OriginSettings, Scenario, TrialFigures } from '../../../src/schema/index.js';
import type { Settings } from '../../../src/settings/settings.js';
import type { TrialSpec } from '../../../src/trial/trial.js';
import type { TrialLoad } from '../../../src/trial/trial-load.js';

const SEED = 1;
const TRIAL_LIMIT_MS = 180_000;

/** The program's side of a pair: an executor in a host, as a run has it. */
export interface Contestant extends AsyncDisposable {
  /** @throws Error when a task did not complete: such a trial proves nothing */
  trial(tasks?: number): Promise<TrialFigures>;
}

/** The same under a duration load. */
export interface LastingContestant extends AsyncDisposable {
  /** @throws Error when a task did not complete */
  trial(durationMs: number): Promise<TrialFigures>;
}

interface AnySpec extends Settings {
  readonly workload: string;
  readonly executor: string;
}

export interface ContestantSpec extends AnySpec {
  readonly tasks: number;
}

export interface LastingSpec extends AnySpec {
  readonly durationMs: number;
}

export interface ContestantEnv {
  readonly origin?: Origin | undefined;
  readonly cpuIterationsPerMs?: number;
}

/** Plans a scenario of one executor by the program's own means, and starts its host. */
export async function startContestant(
  launcher: Launcher,
  spec: ContestantSpec,
  env: ContestantEnv = {},
): Promise<Contestant> {
  const { host, measure } = await startMeasuring(launcher, spec, env);
  return {
    trial: (tasks = spec.tasks) => measure({ kind: 'batch', tasks }),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

/** The same with in-flight kept full for a while, as load generators do. */
export async function startLastingContestant(
  launcher: Launcher,
  spec: LastingSpec,
  env: ContestantEnv = {},
): Promise<LastingContestant> {
  const { host, measure } = await startMeasuring(launcher, spec, env);
  return {
    trial: durationMs => measure({ kind: 'duration', durationMs }),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

interface Measuring {
  readonly host: Host;
  measure(load: TrialLoad): Promise<TrialFigures>;
}

async function startMeasuring(launcher: Launcher, spec: AnySpec, env: ContestantEnv): Promise<Measuring> {
  const scenario = await scenarioOf(spec);
  const host = await launcher.startHost({ uvThreads: null });
  await host.start(
    startMessageOf(scenario, scenario.executors[0]!, {
      originUrl: env.origin?.url ?? null,
      seed: SEED,
      cpuIterationsPerMs: env.cpuIterationsPerMs ?? 0,
    }),
  );
  return { host, measure: load => measureTrial(host, load, scenario.taskTimeoutMs) };
}

async function measureTrial(host: Host, load: TrialLoad, taskTimeoutMs: number): Promise<TrialFigures> {
  const spec: TrialSpec = {
    load,
    repeats: 1,
    taskTimeoutMs,
    probeSeed: 1,
    digest: false,
    gauge: false,
    trace: false,
  };
  const { figures } = await host.trial(spec, TRIAL_LIMIT_MS);
  const { issued, completed } = figures.outcomes;
  const tasks = load.kind === 'duration' ? issued : load.tasks;
  if (completed !== tasks || completed === 0) throw new Error(`${completed} of ${tasks} tasks completed`);
  return figures;
}

export async function startOrigin(launcher: Launcher, settings: OriginSettings): Promise<Origin> {
  return launcher.startOrigin(settings, SEED, 0);
}

async function scenarioOf({ workload, executor, ...settings }: AnySpec): Promise<Scenario> {
  const plan = await makePlan({ ...settings, targets: [workload], executors: [executor], seed: SEED });
  return plan.scenarios[0]!;
}
