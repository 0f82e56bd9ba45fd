import type { OriginSettings, Scenario, TrialFigures } from '../../../src/model.js';
import { makePlan } from '../../../src/plan/plan.js';
import type { Settings } from '../../../src/plan/settings.js';
import type { Host, Launcher, Origin } from '../../../src/run/launcher.js';
import { startMessageOf } from '../../../src/run/start-message.js';
import type { TrialSpec } from '../../../src/trial/trial.js';

const SEED = 1;
const TRIAL_LIMIT_MS = 180_000;

/** The program's side of a pair: an executor in a host, as a run has it. */
export interface Contestant extends AsyncDisposable {
  /** @throws Error when a task did not complete: such a trial proves nothing */
  trial(tasks?: number): Promise<TrialFigures>;
}

export interface ContestantSpec extends Settings {
  readonly workload: string;
  readonly executor: string;
  readonly tasks: number;
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
  const scenario = await scenarioOf(spec);
  const host = await launcher.startHost();
  await host.start(
    startMessageOf(scenario, scenario.executors[0]!, {
      originUrl: env.origin?.url ?? null,
      seed: SEED,
      cpuIterationsPerMs: env.cpuIterationsPerMs ?? 0,
    }),
  );
  return {
    trial: (tasks = spec.tasks) => measure(host, tasks, scenario.taskTimeoutMs),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

async function measure(host: Host, tasks: number, taskTimeoutMs: number): Promise<TrialFigures> {
  const spec: TrialSpec = { load: { kind: 'batch', tasks }, taskTimeoutMs, digest: false, gauge: false };
  const { figures } = await host.trial(spec, TRIAL_LIMIT_MS);
  const { completed } = figures.outcomes;
  if (completed !== tasks) throw new Error(`${completed} of ${tasks} tasks completed`);
  return figures;
}

export async function startOrigin(launcher: Launcher, settings: OriginSettings): Promise<Origin> {
  return launcher.startOrigin(settings, SEED, 0);
}

async function scenarioOf({ workload, executor, ...settings }: ContestantSpec): Promise<Scenario> {
  const plan = await makePlan({ ...settings, targets: [workload], executors: [executor], seed: SEED });
  return plan.scenarios[0]!;
}
