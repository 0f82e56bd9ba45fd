import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { machineOf } from '../map/task.js';
import { parseReport } from '../report/json.js';
import type { Environment, MachineEnvironment, Plan, Scenario, Tune, TuneLimits } from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import type { CliDeps } from './deps.js';
import type { TuneFlags } from './tune-flags.js';

export interface SavedTune {
  readonly file: string;
  readonly target: string;
  readonly tune: Tune;
  readonly plan: Plan;
  readonly environment: Environment;
}

const NOT_RESUMED = 'Leave --resume out to begin anew.';

/** @throws UsageError when the file is none of a tune */
export async function savedTune({ resume, out }: TuneFlags, { cwd }: CliDeps): Promise<SavedTune> {
  const file = typeof resume === 'string' ? resume : `${out}/latest.json`;
  const fail = (got: string): never => {
    throw new UsageError('--resume', `the file of an interrupted tune in ${file}`, got, NOT_RESUMED);
  };
  const text = await readFile(resolve(cwd, file), 'utf8').catch(() => fail('none that can be read'));
  const { tune: saved, plan, environment } = parseReport(text, file);
  return saved == null
    ? fail('a run: name its dated file')
    : { file, target: saved.asked, tune: saved, plan, environment };
}

/** What a tune is of, beside its plan. */
export interface TuneBasis {
  readonly plan: Plan;
  readonly limits: TuneLimits;
  readonly environment: MachineEnvironment;
}

/** @throws UsageError when it is one of something else: its forks would not be alike */
export function resumedTune(saved: SavedTune, basis: TuneBasis): Tune {
  const got = unlike(saved, basis);
  if (got === null) return saved.tune;
  throw new UsageError('--resume', `the tune of the same in ${saved.file}`, got, NOT_RESUMED);
}

function unlike(saved: SavedTune, { plan, limits, environment }: TuneBasis): string | null {
  const { tune } = saved;
  // As it was saved, without its secrets.
  const own = hiderOf(plan)(plan);
  const differs = (of: (scenario: Scenario) => unknown) => {
    const [here, there] = [own, saved.plan].map(({ scenarios }) => JSON.stringify(of(scenarios[0]!)));
    return here !== there;
  };
  if (differs(({ name, params, executors }) => [name, params, executors.map(({ id }) => id)]))
    return 'one of something else';
  if (
    differs(({ payloadBytes, load, tasks, measurement }) => [payloadBytes, load, tasks, measurement.warmup])
  )
    return 'one of another load or warm-up';
  if (differs(({ slo }) => slo)) return 'one with another objective';
  if (limitsKey(tune.limits) !== limitsKey(limits)) return 'one with other limits';
  if (differs(({ workload }) => [workload.contents, workload.argsContents]))
    return 'one of another version of the task';
  const [here, there] = [machineOf({ environment }), machineOf(saved)];
  return here === there ? null : `one of another machine (${there}; this one is ${here})`;
}

function limitsKey(limits: TuneLimits | undefined): string {
  const { memoryBytes = null, cores = null, loopLateMs = null } = limits ?? {};
  return JSON.stringify([memoryBytes, cores, loopLateMs]);
}
