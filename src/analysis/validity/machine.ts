import {
  BUSY_LOOP_SHARE,
  type ExecutorResult,
  type Finding,
  type Machine,
  type MachineLoad,
  type Scenario,
} from '../../schema/index.js';
import { scenarioFor } from '../alternatives.js';
import { loadRulesOf } from '../load-rules.js';
import { counted, type Evidence } from './evidence.js';
import { type Found, found } from './together.js';

/** Share of the machine's CPU time that others may take. */
const BUSY_SHARE = 0.1;

export function busyFindings({ load, machine }: Evidence): Finding[] {
  if (load === null) return loadAverageFindings(machine);
  const takers = [
    { by: 'programs', share: load.outsideShare },
    { by: 'hypervisor', share: load.stealShare },
  ] as const;
  return takers
    .filter(({ share }) => share > BUSY_SHARE)
    .map(values => ({ code: 'machine-busy', severity: 'weak', subjects: [], values }));
}

/** Where the system does not tell what others use: it takes nothing from the figures. */
export function unknownLoadFindings({ hasProc = true }: Machine): Finding[] {
  return hasProc ? [] : [{ code: 'unknown-load', severity: 'note', subjects: [], values: {} }];
}

/** Where the system does not tell who used the CPU: whether there was a queue for it before we came. */
function loadAverageFindings({ loadAverageAtStart: loadAverage, cores }: Machine): Finding[] {
  if (loadAverage <= cores) return [];
  return [{ code: 'load-average', severity: 'weak', subjects: [], values: { loadAverage, cores } }];
}

/** A program that has a core to itself is interrupted by little but the kernel: some tens of times in a second of work. */
const SWITCHES_PER_CPU_SECOND = 200;
/** Less CPU time than this tells nothing. */
const FEWEST_CPU_MS = 100;

/** Share of the time of its cores that an executor must have lost: what interrupts it without that does no harm. */
const LOST_SHARE = 0.03;
/** Share of the machine's CPU time below which there is nobody else. */
const NOBODY_SHARE = 0.005;

/**
 * Involuntary switches: somebody else was given the core. That means something where an executor computes all the time
 * and leaves a core to others: two of our own processes on one core would interrupt each other. V8's own helpers, which
 * collect garbage and compile, interrupt it too, some hundred times a second; but what they take is CPU time of this
 * process, so that it has no less than its cores. Who was interrupted by others has.
 */
export function switchFindings(
  executor: ExecutorResult,
  { scenario, machine, load }: Pick<Evidence, 'scenario' | 'machine' | 'load'>,
): Found[] {
  const trials = counted(executor);
  const cpuMs = trials.reduce((sum, trial) => sum + trial.cpuMs, 0);
  const switches = trials.reduce((sum, trial) => sum + trial.involuntarySwitches, 0);
  const own = ownThreads(executor, scenario, machine);
  if (!computes(executor) || own >= machine.cores || cpuMs < FEWEST_CPU_MS) return [];
  const perCpuSecond = switches / (cpuMs / 1_000);
  if (perCpuSecond <= SWITCHES_PER_CPU_SECOND || lostShareOf(executor) < LOST_SHARE || isAlone(load))
    return [];
  const values = { perCpuSecond, usual: SWITCHES_PER_CPU_SECOND };
  return [found('taken-off-core', 'weak', executor.variant.id, values, perCpuSecond)];
}

/** Of the time in which it had something to compute. */
function lostShareOf({ variant: { capabilities, threads }, loop, coresUsed }: ExecutorResult): number {
  const wanted = capabilities.workers ? threads : (loop?.utilization ?? 0);
  return wanted === 0 ? 0 : 1 - (coresUsed ?? 0) / wanted;
}

/** Whether the system says that nobody else used the machine. */
function isAlone(load: MachineLoad | null): boolean {
  return load !== null && load.outsideShare + load.stealShare < NOBODY_SHARE;
}

/** Those of the run that may want a core at the same time. */
function ownThreads({ variant }: ExecutorResult, scenario: Scenario, machine: Machine): number {
  const { threads, uvThreads } = variant;
  const { origin, workload } = scenarioFor(scenario, variant);
  const libuv = workload.kind === 'libuv' ? (uvThreads ?? machine.uvThreads) : 0;
  return threads + libuv + (origin === null ? 0 : 1) + loadRulesOf(scenario).pacers;
}

/** A loop that never idles computes, even if others take its core, unless its tasks block it; of threads it is the cores that tell. */
function computes({ variant: { capabilities, threads }, loop, coresUsed, ideal }: ExecutorResult): boolean {
  if (ideal?.limitedBy === 'blocking') return false;
  if (!capabilities.workers) return (loop?.utilization ?? 0) >= BUSY_LOOP_SHARE;
  return (coresUsed ?? 0) >= BUSY_LOOP_SHARE * threads;
}

/** A time that is not many steps of the clock long is the clock's, not the task's. */
const STEPS_OF_A_TASK = 10;
const STEPS_OF_A_TRIAL = 100;

export function coarseClockFindings(
  { variant: { id }, serviceMs, wallMs, batches }: ExecutorResult,
  { clockResolutionNs: clockStepNs }: Machine,
): Found[] {
  const stepMs = clockStepNs / 1e6;
  const trialMs = wallMs.median === null ? null : wallMs.median * batches;
  if (trialMs !== null && trialMs < STEPS_OF_A_TRIAL * stepMs) {
    const values = { steps: STEPS_OF_A_TRIAL, clockStepNs, trialMs };
    return [found('short-trials', 'weak', id, values, 1 / trialMs)];
  }
  if (serviceMs.p50 !== null && serviceMs.p50 < STEPS_OF_A_TASK * stepMs) {
    const values = { steps: STEPS_OF_A_TASK, clockStepNs };
    return [found('short-tasks', 'weak', id, values, 1 / serviceMs.p50)];
  }
  return [];
}

/** Share of what libuv's pool allows from which on the pool is what was measured. */
const POOL_REACHED = 0.7;

/** Share of the machine's cores from which on they, not libuv's threads, are the limit. */
const CORES_FULL = 0.9;

/** Where sizes of the pool are compared the table says what they are worth. */
export function poolFindings(executors: readonly ExecutorResult[], { cores }: Machine): Found[] {
  if (new Set(executors.map(({ variant: { uvThreads } }) => uvThreads)).size > 1) return [];
  return executors.flatMap(executor => poolFinding(executor, cores));
}

function poolFinding({ variant: { id }, ideal, coresUsed }: ExecutorResult, cores: number): Found[] {
  if (ideal?.limitedBy !== 'libuv' || ideal.share === null || ideal.share < POOL_REACHED) return [];
  if ((coresUsed ?? 0) >= CORES_FULL * cores) return [];
  const { share, uvThreads } = ideal;
  const values = { reachedShare: share, uvThreads: uvThreads! };
  return [found('libuv-pool-limit', 'weak', id, values, share, uvThreads)];
}
