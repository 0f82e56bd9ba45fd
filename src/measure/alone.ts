import { nodeOf } from '../analysis/alternatives.js';
import { medianParts, partsOf } from '../analysis/nature.js';
import type { Host, Launcher } from '../hosts/launcher.js';
import type {
  AloneMeasured,
  Distribution,
  Lengths,
  Scenario,
  TaskParts,
  WorkloadKind,
} from '../schema/index.js';
import type { TrialOutput } from '../trial/trial.js';
import { onLoneLoop } from './lone-loop.js';
import type { RunEnv } from './start-message.js';
import { asBatch, unrecordedSpecOf } from './trial-spec.js';

/** `all fail`: no task of several did what it should. */
export type AloneOutcome = AloneMeasured | 'all fail' | null;

const WARM_UP_TASKS = 3;
/** Long enough for CPU time to be told from nothing. */
const WANTED_MS = 250;
const FEWEST_TASKS = 3;
const MOST_TASKS = 2_000;
/** From here on a scenario has as many tasks as are wanted of most. */
const ENOUGH_TASKS = 25;
const GRACE_MS = 15_000;

/**
 * A task alone: a few of them, one after the other, in processes of their own with nothing else running. Service and
 * CPU time of a task in an idle machine are what the ideal of each executor is made of.
 *
 * @returns null when some tasks fail or the host is lost: the forks will show why
 */
export async function measureAlone(
  scenario: Scenario,
  env: Omit<RunEnv, 'originUrl'>,
  launcher: Launcher,
): Promise<AloneOutcome> {
  const tasks = scenario.tasks ?? MOST_TASKS;
  const loop = { purpose: 'alone', executor: 'sequential', inFlight: 1, tasks } as const;
  return onLoneLoop(scenario, loop, env, launcher, measureOnHost);
}

/** What the measurement depends on: equal for scenarios of which one measurement does. */
export function aloneKey(scenario: Scenario): string {
  const { workload, params, origin, tasks, payloadBytes, taskTimeoutMs } = scenario;
  const available = Math.min(tasks ?? MOST_TASKS, ENOUGH_TASKS);
  const node = nodeOf(scenario);
  return JSON.stringify([workload, params, origin, available, payloadBytes, taskTimeoutMs, node]);
}

async function measureOnHost(host: Host, scenario: Scenario, salt: number): Promise<AloneOutcome> {
  const available = scenario.tasks!;
  const run = (tasks: number) => {
    const spec = { ...unrecordedSpecOf(asBatch(scenario, tasks), salt), threadUse: true };
    return host.trial(spec, tasks * scenario.taskTimeoutMs + GRACE_MS);
  };
  const warmUp = (await run(Math.min(WARM_UP_TASKS, available))).figures;
  const affordable = Math.round(WANTED_MS / (warmUp.wallMs / WARM_UP_TASKS));
  const tasks = Math.min(available, MOST_TASKS, Math.max(FEWEST_TASKS, affordable));
  const output = await run(tasks);
  const { serviceMs, outcomes } = output.figures;
  const expected = scenario.expectedFailures.reduce((sum, kind) => sum + (outcomes.failed[kind] ?? 0), 0);
  if (outcomes.completed + expected === 0) return 'all fail';
  if (outcomes.completed + expected < tasks || serviceMs.p50 === null) return null;
  // Most have failed: what is left is not a task as it should be.
  if (outcomes.completed * 2 < tasks) return null;
  const parts = await confirmedParts(output, tasks, scenario.workload.kind, run);
  const { cpuMs, utilization } = usedIn(output);
  return {
    tasks,
    serviceMs: serviceMs.p50,
    cpuMs: cpuMs / tasks,
    // What libuv's threads do, the loop does not tell, unless somebody looked at them.
    computes: utilization >= NEVER_WAITED_SHARE && (parts !== null || scenario.workload.kind !== 'libuv'),
    parts,
    lengths: outcomes.completed === tasks ? lengthsOf(serviceMs, hasRandomLatency(scenario)) : null,
  };
}

/** Of the tasks alone: the figures of a trial contain what reading all this took. */
function usedIn({ figures, threadUse }: TrialOutput): { cpuMs: number; utilization: number } {
  if (threadUse === undefined) return { cpuMs: figures.cpuMs, utilization: figures.loop.utilization };
  return { cpuMs: threadUse.processCpuMs, utilization: threadUse.busyMs / threadUse.wallMs };
}

const CONFIRMATIONS = 2;
/** A stall that happens once makes no difference in a longer trial. */
const LONGEST_CONFIRMED_MS = 1_000;

/** Measured again where they are not what was declared: a disk that stalled or a library that was loaded does so once. */
async function confirmedParts(
  output: TrialOutput,
  tasks: number,
  kind: WorkloadKind,
  run: (tasks: number) => Promise<TrialOutput>,
): Promise<TaskParts | null> {
  const partsIn = ({ threadUse }: TrialOutput, of: number) => threadUse && partsOf(threadUse, of);
  const first = partsIn(output, tasks) ?? null;
  if (first === null || !isSurprising(first, kind)) return first;
  if (output.figures.wallMs > LONGEST_CONFIRMED_MS) return first;
  const measured: (TaskParts | null)[] = [first];
  const fewer = Math.ceil(tasks / 2);
  for (let more = 0; more < CONFIRMATIONS; more++) measured.push(partsIn(await run(fewer), fewer) ?? null);
  return medianParts(measured);
}

function isSurprising({ blocksMs, offThreadMs }: TaskParts, kind: WorkloadKind): boolean {
  return (blocksMs > 0 && kind !== 'blocking') || (offThreadMs > 0 && kind !== 'libuv');
}

/** Utilization from which on a loop never waited for its tasks. */
const NEVER_WAITED_SHARE = 0.9;
/** Below this tasks differ by what the machine does meanwhile. */
const SHORTEST_MS = 1;
/** Times the median: the shortest is shorter, or one in ten is longer. */
const SHORTER = 0.75;
const LONGER = 1.5;

/** A few draws may be alike by chance. */
function hasRandomLatency({ origin }: Scenario): boolean {
  return origin !== null && origin.latency.kind !== 'fixed';
}

function lengthsOf({ min, mean, p50, p90, max }: Distribution, drawn: boolean): Lengths | null {
  if (p50! < SHORTEST_MS) return null;
  const differ = drawn || min! < SHORTER * p50! || (p90 ?? max!) > LONGER * p50!;
  return differ ? { meanMs: mean!, maxMs: max! } : null;
}
