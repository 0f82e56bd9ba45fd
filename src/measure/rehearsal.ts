import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOf } from '../analysis/alternatives.js';
import { withoutCheckouts } from '../checkout-path.js';
import { sourceFileOf } from '../compiled-source.js';
import { entryUrl } from '../entry.js';
import { WorkerLost } from '../errors.js';
import { groupBy } from '../group-by.js';
import type { Launcher } from '../hosts/launcher.js';
import type { RehearsalRequest } from '../hosts/rehearsal-process.js';
import type { ExecutorVariant, Scenario } from '../schema/index.js';
import type { Way } from '../tasks/cloneable.js';
import { shownModule } from '../workloads/mix.js';
import { readTaskFunctionUrl } from '../workloads/task-function.js';
import { type Rehearsed, type RehearsedCode, refusalOf } from './rehearsal-refusal.js';
import { networkEnvOf } from './remote-access.js';
import type { RunEnv } from './start-message.js';

export type RehearsalDeps = Omit<RunEnv, 'originUrl'> & { readonly launcher: Launcher };

/** Scenarios of one module of somebody's own, which is tried once in each Node that it is to run in. */
export function ownModules(scenarios: readonly Scenario[]): readonly (readonly Scenario[])[] {
  const own = scenarios.flatMap(byVersion).filter(({ workload }) => isOwn(workload.moduleUrl));
  const keyOf = (one: Scenario) => JSON.stringify([one.workload.moduleUrl, nodeOf(one)?.execPath]);
  return [...groupBy(own, keyOf).values()];
}

/** Two versions are two modules, and two Nodes may differ in what they run: each with the executors that have it. */
function byVersion(scenario: Scenario): Scenario[] {
  const workloadOf = (one: ExecutorVariant) => one.workload ?? scenario.workload;
  const groups = groupBy(scenario.executors, one =>
    JSON.stringify([workloadOf(one).moduleUrl, one.node?.execPath]),
  );
  return [...groups.values()].map(executors => ({
    ...scenario,
    workload: workloadOf(executors[0]!),
    executors,
  }));
}

/** Those of this program are compiled beside its entry points. */
function isOwn(moduleUrl: string): boolean {
  return moduleUrl.startsWith('file:') && !moduleUrl.startsWith(new URL('../', entryUrl('')).href);
}

/**
 * Tries a module of somebody's own where its executors will run it, before anything is measured.
 *
 * @param scenarios of that module
 * @throws UsageError where it cannot do what is asked of it
 */
export async function rehearseModule(scenarios: readonly Scenario[], deps: RehearsalDeps): Promise<void> {
  const [first] = scenarios;
  if (first === undefined) return;
  const executors = scenarios.flatMap(one => one.executors);
  const rehearsed = await rehearsedOf(first, executors, deps);
  const code: RehearsedCode = {
    subject: subjectOf(first),
    expectsFailures: scenarios.some(({ expectedFailures }) => expectedFailures.length > 0),
    calledWith: calledWith(first.workload.moduleUrl),
  };
  const refusal = rehearsed && refusalOf(code, rehearsed);
  if (refusal === null) return;
  refusal.message = withoutCheckouts(refusal.message);
  throw refusal;
}

async function rehearsedOf(
  scenario: Scenario,
  executors: readonly ExecutorVariant[],
  { launcher, seed, cpuIterationsPerMs, setupOf, access }: RehearsalDeps,
): Promise<Rehearsed | null> {
  try {
    await using origin = scenario.origin && (await launcher.startOrigin(scenario.origin, seed, 0));
    const request = requestOf(scenario, executors, {
      seed,
      cpuIterationsPerMs,
      originUrl: origin?.url ?? null,
      access,
      ...(setupOf && { setupOf }),
    });
    const execPath = nodeOf(scenario)?.execPath ?? null;
    const first = (await launcher.rehearse?.(request, execPath)) ?? null;
    if (first === null) return null;
    const inThreads = request.threads > 0;
    const isDone = first.type === 'ran' || first.type === 'uncloneable' || !inThreads;
    // In a process where no thread has loaded anything.
    const onMain = isDone ? null : await launcher.rehearse?.({ ...request, threads: 0 }, execPath);
    return { first, inThreads, onMain: onMain ?? null };
  } catch (error) {
    // Trials will show why.
    if (error instanceof WorkerLost) return null;
    throw error;
  }
}

/** Enough to meet what only one thread of a process can have. */
const MOST_THREADS = 2;

function requestOf(
  scenario: Scenario,
  executors: readonly ExecutorVariant[],
  { setupOf, access, ...env }: RunEnv,
): RehearsalRequest {
  const { workload, params } = scenario;
  const working = executors.filter(({ capabilities }) => capabilities.workers);
  const threaded = working.filter(({ capabilities }) => capabilities.sharesMemory);
  const ways: Way[] = threaded.length > 0 ? ['thread'] : [];
  if (working.length > threaded.length) ways.push('process');
  const { params: more, inFlightPerWorker } = working[0] ?? executors[0]!;
  const threads = Math.min(MOST_THREADS, Math.max(0, ...threaded.map(one => one.threads)));
  const network = networkEnvOf({ ...scenario, load: { kind: 'batch' } }, Math.max(1, threads), access);
  return {
    workload: {
      name: workload.name,
      moduleUrl: workload.moduleUrl,
      params: { ...params, ...more },
      env: {
        ...env,
        inFlight: inFlightPerWorker,
        setup: setupOf?.(workload.moduleUrl),
        ...(network && { network }),
      },
    },
    sync: executors.every(({ sync }) => sync),
    ways,
    threads,
  };
}

/** The file that its user has written, from the working directory, and the export that is the task; in which Node, where that varies. */
function subjectOf(scenario: Scenario): string {
  const { moduleUrl } = scenario.workload;
  const node = nodeOf(scenario);
  const where = node === null ? '' : ` in Node ${node.label}`;
  const { fileUrl, exportName } = readTaskFunctionUrl(moduleUrl);
  const path = relative(process.cwd(), sourceFileOf(fileURLToPath(fileUrl)));
  return shownModule(path, exportName === null ? path : `${path}#${exportName}`) + where;
}

function calledWith(moduleUrl: string): RehearsedCode['calledWith'] {
  const { exportName, argsUrl } = readTaskFunctionUrl(moduleUrl);
  if (argsUrl !== null) return 'arguments';
  return exportName === null ? 'own' : 'index';
}
