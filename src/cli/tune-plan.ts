import { UsageError } from '../errors.js';
import type { LoadedConfig } from '../plan/config-file.js';
import { type PlanAndDrafts, planAndDrafts } from '../plan/plan.js';
import type { Plan } from '../schema/index.js';
import { flagWording } from '../settings/wording.js';
import type { TuneRanges } from '../tune/space.js';
import type { CliDeps } from './deps.js';
import { readRunFlags } from './flags.js';
import { planInputOf } from './plan-input.js';
import type { TuneFlags } from './tune-flags.js';
import { requireUrlTaken } from './url-flags.js';

const DEFAULT_TARGET = 'cpu';
const DEFAULT_EXECUTORS = ['limited', 'piscina'];
/** It is no library: a module has to be written for it. */
export const WRITTEN = 'queue';
/** Replaced by what the task takes, once that is known. */
const PLACEHOLDER_TRIAL_MS = 300;

/** Of who names none: the config's only scenario. @throws UsageError for a config with several: which is asked for has to be said */
export function usualTarget(config: LoadedConfig | null): string {
  const names = config?.scenarios.map(({ spec }) => spec.name) ?? [];
  if (names.length < 2) return names[0] ?? DEFAULT_TARGET;
  throw new UsageError('target', `one of the config's scenarios, ${names.join(', ')}`, 'none', 'Name one.');
}

/**
 * The one scenario that is tuned, with the executors that are searched, at one thread and two in flight.
 *
 * @param target null: that of `--mix` or `--url`
 * @throws UsageError for several, and for what cannot be run
 */
export async function tunePlan(
  target: string | null,
  flags: TuneFlags,
  { cwd, catalogue, config }: Pick<CliDeps, 'cwd' | 'catalogue'> & { readonly config: LoadedConfig | null },
): Promise<PlanAndDrafts> {
  const { threads: _threads, inFlight: _inFlight, budget: _budget, ...settings } = flags;
  const given = planInputOf(settings, target === null ? [] : [target], {
    cwd,
    ...(catalogue && { catalogue }),
  });
  const asked =
    given.executors ?? (flags.write === undefined ? DEFAULT_EXECUTORS : [...DEFAULT_EXECUTORS, WRITTEN]);
  const names = flags.write === undefined ? asked.filter(name => name !== WRITTEN) : asked;
  // Whatever is recommended is compared with a loop.
  const executors = names.some(name => typeof name === 'string' && ['limited', 'sequential'].includes(name))
    ? names
    : ['limited', ...names];
  const isTimed = given.tasks === undefined && given.load === undefined;
  const made = await planAndDrafts(
    {
      ...given,
      executors,
      threads: 1,
      inFlight: 2,
      ...(isTimed && { durationMs: PLACEHOLDER_TRIAL_MS }),
    },
    { wording: flagWording, baseDir: cwd, config, ...(catalogue === undefined ? {} : { catalogue }) },
  );
  const { plan } = made;
  requireUrlTaken(flags, made.planned);
  requireOne(target ?? (flags.mix === undefined ? '--url' : '--mix'), plan);
  requireOneNode(plan);
  if (given.slo !== undefined && plan.scenarios[0]!.load.kind !== 'rate')
    throw new UsageError('--slo', 'an objective at a rate', 'one without', 'Add --load rate=N/s.');
  return made;
}

/** Whether it was asked for, and is not searched. */
export function isLeftOut({ executors, executor }: TuneFlags): boolean {
  return readRunFlags({ executors, executor }).executors?.includes(WRITTEN) === true;
}

/** On another machine as many as were asked for, or a few: it is told beforehand how many there may be. */
const REMOTE_THREADS = [1, 2, 4];
const REMOTE_IN_FLIGHT = [1, 2, 4, 8, 16, 32];

/** What is searched of a plan. */
export function rangesIn({ scenarios }: Plan, asked: TuneRanges): TuneRanges {
  if (scenarios.every(({ remote }) => remote === undefined)) return asked;
  const { threads, inFlight } = asked;
  return { ...asked, threads: threads ?? REMOTE_THREADS, inFlight: inFlight ?? REMOTE_IN_FLIGHT };
}

/** Of any executor, where both are known. */
export function mostInFlight({ threads, inFlight }: TuneRanges): number {
  return Math.max(...(threads ?? [1])) * Math.max(...(inFlight ?? [1]));
}

function requireOneNode({ scenarios: [scenario] }: Plan): void {
  if (scenario === undefined || scenario.executors.every(({ node }) => node === null)) return;
  const remedy = 'Take node out of it: only run compares Nodes.';
  throw new UsageError(scenario.name, 'a scenario that is tuned in one Node', 'several', remedy);
}

function requireOne(target: string, { scenarios }: Plan): void {
  if (scenarios.length === 1) return;
  const ids = scenarios.slice(0, 3).map(({ id }) => id);
  const remedy = `Name one of them, such as ${ids.join(', ')}, and one value of each parameter.`;
  throw new UsageError(target, 'one scenario, workload or function', `${scenarios.length} scenarios`, remedy);
}
