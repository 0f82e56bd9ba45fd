import type { ExecutorResult, Scenario } from '../../schema/index.js';
import type { MachineLoad } from '../machine-load.js';
import { counted, type Evidence, type Machine, percent } from './evidence.js';
import type { Finding } from './shared.js';

/** Share of the machine's CPU time that others may take. */
const BUSY_SHARE = 0.1;

export function busyReasons({ load, machine }: Evidence): string[] {
  if (load === null) return loadAverageReasons(machine);
  const reasons: string[] = [];
  if (load.outsideShare > BUSY_SHARE)
    reasons.push(
      `machine busy: other programs took ${percent(load.outsideShare)} of its CPU time; close them and run again`,
    );
  if (load.stealShare > BUSY_SHARE)
    reasons.push(`machine busy: the hypervisor took ${percent(load.stealShare)} of its CPU time`);
  return reasons;
}

/** Where the system does not tell who used the CPU: whether there was a queue for it before we came. */
function loadAverageReasons({ loadAverageAtStart, cores }: Machine): string[] {
  if (loadAverageAtStart <= cores) return [];
  return [
    `machine busy: the load average was ${Number(loadAverageAtStart.toPrecision(2))} on ${cores} cores before the start; close other programs and run again`,
  ];
}

/** A program that has a core to itself is interrupted by little but the kernel: some tens of times in a second of work. */
const SWITCHES_PER_CPU_SECOND = 200;
/** Less CPU time than this tells nothing. */
const FEWEST_CPU_MS = 100;
/** Share of the time that an executor must be busy: those that wait are woken and switched all the time. */
const COMPUTING = 0.8;

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
): Finding[] {
  const trials = counted(executor);
  const cpuMs = trials.reduce((sum, trial) => sum + trial.cpuMs, 0);
  const switches = trials.reduce((sum, trial) => sum + trial.involuntarySwitches, 0);
  const own = ownThreads(executor, scenario, machine);
  if (!computes(executor) || own >= machine.cores || cpuMs < FEWEST_CPU_MS) return [];
  const perSecond = switches / (cpuMs / 1_000);
  if (perSecond <= SWITCHES_PER_CPU_SECOND || lostShareOf(executor) < LOST_SHARE || isAlone(load)) return [];
  return [
    {
      rule: 'switches',
      executor: executor.id,
      size: perSecond,
      say: ({ names, many, upTo }) =>
        `machine busy: ${names} ${many ? 'were' : 'was'} taken off ${many ? 'their' : 'its'} core ${upTo}${Math.round(perSecond)} times in a second of CPU time, at most ${SWITCHES_PER_CPU_SECOND} are usual; close other programs and run again`,
    },
  ];
}

/** Of the time in which it had something to compute. */
function lostShareOf({ kind, loop, coresUsed, threads }: ExecutorResult): number {
  const wanted = kind === 'loop' ? (loop?.utilization ?? 0) : threads;
  return wanted === 0 ? 0 : 1 - (coresUsed ?? 0) / wanted;
}

/** Whether the system says that nobody else used the machine. */
function isAlone(load: MachineLoad | null): boolean {
  return load !== null && load.outsideShare + load.stealShare < NOBODY_SHARE;
}

/** Those of the run that may want a core at the same time. */
function ownThreads(
  { threads, uvThreads }: ExecutorResult,
  { origin, load, workload }: Scenario,
  machine: Machine,
): number {
  const libuv = workload.kind === 'libuv' ? (uvThreads ?? machine.uvThreads) : 0;
  return threads + libuv + (origin === null ? 0 : 1) + (load.kind === 'rate' ? 1 : 0);
}

/** A loop that never idles computes, even if others take its core, unless its tasks block it; of threads it is the cores that tell. */
function computes({ kind, loop, coresUsed, threads, ideal }: ExecutorResult): boolean {
  if (ideal?.limitedBy === 'blocking') return false;
  if (kind === 'loop') return (loop?.utilization ?? 0) >= COMPUTING;
  return (coresUsed ?? 0) >= COMPUTING * threads;
}

/** A time that is not many steps of the clock long is the clock's, not the task's. */
const STEPS_OF_A_TASK = 10;
const STEPS_OF_A_TRIAL = 100;

export function coarseClockFindings(executor: ExecutorResult, { clockResolutionNs }: Machine): Finding[] {
  const { id, serviceMs, wallMs, batches } = executor;
  const stepMs = clockResolutionNs / 1e6;
  const step = clockResolutionNs >= 1_000 ? `${clockResolutionNs / 1_000} µs` : `${clockResolutionNs} ns`;
  if (wallMs.median !== null && wallMs.median * batches < STEPS_OF_A_TRIAL * stepMs)
    return [
      {
        rule: 'short trials',
        executor: id,
        size: 1 / wallMs.median,
        say: ({ names }) =>
          `clock too coarse: a trial of ${names} is less than ${STEPS_OF_A_TRIAL} steps of the clock (${step}); ask for more tasks`,
      },
    ];
  if (serviceMs.p50 !== null && serviceMs.p50 < STEPS_OF_A_TASK * stepMs)
    return [
      {
        rule: 'short tasks',
        executor: id,
        size: 1 / serviceMs.p50,
        say: ({ names, many }) =>
          `clock too coarse: half of ${names}'s tasks take less than ${STEPS_OF_A_TASK} steps of the clock (${step}): ${many ? 'their times of single tasks say nothing, their' : 'its times of single tasks say nothing, its'} throughput does`,
      },
    ];
  return [];
}

/** Share of what libuv's pool allows from which on the pool is what was measured. */
const POOL_REACHED = 0.7;

/** Share of the machine's cores from which on they, not libuv's threads, are the limit. */
const CORES_FULL = 0.9;

/** Where sizes of the pool are compared the table says what they are worth. */
export function poolFindings(executors: readonly ExecutorResult[], { cores }: Machine): Finding[] {
  if (new Set(executors.map(({ uvThreads }) => uvThreads)).size > 1) return [];
  return executors.flatMap(executor => poolFinding(executor, cores));
}

function poolFinding({ id, ideal, coresUsed }: ExecutorResult, cores: number): Finding[] {
  if (ideal?.limitedBy !== 'libuv' || ideal.share === null || ideal.share < POOL_REACHED) return [];
  if ((coresUsed ?? 0) >= CORES_FULL * cores) return [];
  const { share, uvThreads } = ideal;
  const allowed = uvThreads === 1 ? '1 thread allows' : `${uvThreads} threads allow`;
  return [
    {
      // Variants with pools of other sizes have other sentences.
      rule: `libuv's pool ${uvThreads}`,
      executor: id,
      size: share,
      say: ({ names, upTo }) =>
        `libuv's pool is the limit: ${names} reached ${upTo}${percent(share)} of what its ${allowed}, however many workers queue for them; --uv-threads compares more`,
    },
  ];
}
