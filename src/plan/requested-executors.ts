import { createRequire } from 'node:module';
import { findProgram, programNames } from '../articles/programs.js';
import { UsageError } from '../errors.js';
import type { Executor } from '../executors/executor.js';
import { loadExecutorModule } from '../executors/registry.js';
import type { Params } from '../schema/index.js';
import { type ExecutorEntry, listsOf, type ValueLists } from '../settings/checks.js';
import { unknownName } from '../suggest.js';
import type { Workload } from '../workloads/workload.js';
import type { Lookup } from './catalogue.js';
import { requireSpecs } from './params.js';
import { looksLikePath, moduleUrlOf } from './user-module.js';

/** An executor that was asked for, with what was said of it in particular. */
export interface LoadedExecutor {
  readonly moduleUrl: string;
  readonly executor: Executor;
  /** What reports call it. */
  readonly called: string;
  readonly options: ValueLists;
  readonly params: Params;
  /** Null: as for all. */
  readonly threads: number | null;
  readonly inFlight: number | null;
  /** 1: as many as it has workers, whatever their number; null: `inFlight`. */
  readonly inFlightPerWorker: 1 | null;
}

/**
 * Those that were asked for, each by a name of its own: of several modules that call theirs alike each is called by its
 * path, so that two versions of a pool can be compared.
 *
 * @throws UsageError when there is no such executor, or it cannot run here
 */
export async function loadExecutors(
  asked: readonly ExecutorEntry[],
  lookup: Lookup,
): Promise<readonly LoadedExecutor[]> {
  const loaded = await Promise.all(asked.map(one => loadExecutor(one, lookup)));
  const names = loaded.map(({ called }) => called);
  return loaded.map((one, at) => {
    const { executor: given, as } = asked[at]!;
    const isAlone = names.indexOf(one.called) === names.lastIndexOf(one.called);
    return isAlone || as !== undefined || !looksLikePath(given) ? one : { ...one, called: given };
  });
}

/** By its name, by that of an article's program, or by its path. */
async function loadExecutor(asked: ExecutorEntry, lookup: Lookup): Promise<LoadedExecutor> {
  const program =
    lookup.catalogue.findExecutor(asked.executor) === undefined ? findProgram(asked.executor) : undefined;
  const { moduleUrl, executor } = await find(program?.executor ?? asked.executor, lookup);
  requirePackage(executor, lookup.subject);
  return {
    moduleUrl,
    executor,
    called: asked.as ?? (program === undefined ? executor.name : asked.executor),
    options: { ...listsOf(program?.options), ...listsOf(asked.options) },
    params: { ...program?.params, ...asked.params },
    threads: asked.threads ?? program?.threads ?? null,
    inFlight: asked.inFlight ?? null,
    inFlightPerWorker: asked.inFlight === undefined ? (program?.inFlightPerWorker ?? null) : null,
  };
}

async function find(
  name: string,
  { subject, catalogue, baseDir }: Lookup,
): Promise<{ moduleUrl: string; executor: Executor }> {
  const builtIn = catalogue.findExecutor(name);
  if (builtIn !== undefined) return { moduleUrl: builtIn.moduleUrl, executor: await builtIn.load() };
  if (!looksLikePath(name)) {
    const remedy = 'Leave it out; a module of your own is given by its path, such as ./my-pool.js.';
    throw unknownName(subject, name, [...catalogue.executorNames, ...programNames], remedy);
  }
  const moduleUrl = moduleUrlOf(name, baseDir);
  const executor = await loadExecutorModule(moduleUrl, name);
  requireSpecs(name, 'option', executor.options);
  return { moduleUrl, executor };
}

const require = createRequire(import.meta.url);

/** Whether the optional packages that an executor may need are there. */
export function hasPackage(executor: Pick<Executor, 'needsPackage'>): boolean {
  return missingPackages(executor).length === 0;
}

export function missingPackages({ needsPackage = [] }: Pick<Executor, 'needsPackage'>): readonly string[] {
  return [needsPackage].flat().filter(name => !isInstalled(name));
}

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

function requirePackage(executor: Executor, subject: string): void {
  const missing = missingPackages(executor);
  if (missing.length === 0) return;
  const [what, which, them] =
    missing.length === 1 ? ['package', 'is optional', 'it'] : ['packages', 'are optional', 'them'];
  const expected = `the ${what} ${missing.join(' and ')}, which ${which}, for the executor ${executor.name}`;
  throw new UsageError(subject, expected, 'none', `Install ${them} with npm install ${missing.join(' ')}.`);
}

/** @throws UsageError for an executor that blocks and a workload that cannot */
export function requireRunnable(
  executors: readonly LoadedExecutor[],
  workload: Workload,
  subject: string,
): void {
  const unable = executors.find(({ executor }) => executor.needsTaskSync === true);
  if (unable === undefined || workload.taskSync !== undefined) return;
  throw new UsageError(
    subject,
    `executors that can run the workload ${workload.name}`,
    `${unable.called}, which calls taskSync, and ${workload.name} has none`,
    'Take sequential for one task after the other, or a workload that can block: threads-vs-loop list workloads.',
  );
}
