import { cpus } from 'node:os';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { nowMs } from '../clock.js';
import { numbersIn, parseProcStat, readTextOrNull, STAT, statSum } from '../proc.js';
import type { ThreadUse } from '../schema/index.js';
import { parseSchedstat, type ThreadTimes, threadTimes } from './thread-cpu.js';

interface Reading {
  readonly atMs: number;
  readonly loop: EventLoopUtilization;
  readonly thread: ThreadTimes | null;
  readonly processCpuMs: number;
  readonly v8CpuMs: number | null;
  readonly othersQueuedMs: number | null;
  readonly childrenCpuMs: number;
  readonly stolenMs: number;
  readonly machine: { readonly busyMs: number; readonly totalMs: number };
}

/** Reads what the main thread and the process use from now on. */
export class ThreadUseWatch {
  readonly #before: Reading;

  constructor() {
    // What takes long comes before what it would be part of.
    const slow = readSlow();
    settle();
    this.#before = { ...slow, ...readCpu(), ...readLoop() };
  }

  end(): ThreadUse {
    const before = this.#before;
    const loop = readLoop();
    settle();
    const after: Reading = { ...loop, ...readCpu(), ...readSlow() };
    const processCpuMs = after.processCpuMs - before.processCpuMs;
    const machineBusyMs = after.machine.busyMs - before.machine.busyMs;
    const outsideMs = machineBusyMs - processCpuMs;
    const ownShare = machineBusyMs > 0 ? Math.min(1, processCpuMs / machineBusyMs) : 1;
    const totalMs = after.machine.totalMs - before.machine.totalMs;
    return {
      wallMs: after.atMs - before.atMs,
      busyMs: performance.eventLoopUtilization(after.loop, before.loop).active,
      threadCpuMs: difference(after.thread?.cpuMs, before.thread?.cpuMs),
      queuedMs: difference(after.thread?.queuedMs, before.thread?.queuedMs),
      processCpuMs,
      v8CpuMs: difference(after.v8CpuMs, before.v8CpuMs),
      othersQueuedMs: difference(after.othersQueuedMs, before.othersQueuedMs),
      childrenCpuMs: after.childrenCpuMs - before.childrenCpuMs,
      stolenMs: (after.stolenMs - before.stolenMs) * ownShare,
      outsideShare: totalMs > 0 ? Math.max(0, outsideMs / totalMs) : 0,
    };
  }
}

function difference(after: number | null | undefined, before: number | null | undefined): number | null {
  return after == null || before == null ? null : after - before;
}

const cell = new Int32Array(new SharedArrayBuffer(4));

/** The kernel brings a thread's times up to date when it gives up its core; at other times they are a tick old. */
function settle(): void {
  Atomics.wait(cell, 0, 0, 0.05);
}

function readLoop(): Pick<Reading, 'atMs' | 'loop'> {
  return { atMs: nowMs(), loop: performance.eventLoopUtilization() };
}

function readCpu(): Pick<Reading, 'thread' | 'processCpuMs'> {
  const thread = threadTimes();
  const { user, system } = process.cpuUsage();
  return { thread, processCpuMs: (user + system) / 1_000 };
}

function readSlow(): Omit<Reading, 'thread' | 'processCpuMs' | 'atMs' | 'loop'> {
  return {
    ...readOthers(),
    childrenCpuMs: statSum(readTextOrNull('/proc/self/stat') ?? '', STAT.children) * MS_OF_A_TICK,
    stolenMs: (parseProcStat(readTextOrNull('/proc/stat') ?? '')?.stolen ?? 0) * MS_OF_A_TICK,
    machine: machineTimes(),
  };
}

/** USER_HZ, which is 100 wherever Node runs. */
const MS_OF_A_TICK = 10;

function machineTimes(): Reading['machine'] {
  let busyMs = 0;
  let totalMs = 0;
  for (const { times } of cpus()) {
    const used = times.user + times.nice + times.sys + times.irq;
    busyMs += used;
    totalMs += used + times.idle;
  }
  return { busyMs, totalMs };
}

/** A thread of this process as /proc shows it. */
export interface ThreadShown {
  readonly id: number;
  readonly name: string;
}

/** V8's threads have names of their own in newer versions of Node, and are the first that a process starts in all. */
const V8_NAMES = /^(?:V8Worker|DelayedTask|DefaultWorker)/;
const V8_POOL_SIZE = 4;
const V8_SCHEDULER = 1;

/**
 * Which threads are V8's; null where that cannot be told.
 *
 * @param options of Node, of the command line and of NODE_OPTIONS
 */
export function v8ThreadsOf(threads: readonly ThreadShown[], options: string): number[] | null {
  const named = threads.filter(({ name }) => V8_NAMES.test(name));
  if (named.length > 0) return named.map(({ id }) => id);
  if (/v8[-_]pool[-_]size/.test(options)) return null;
  const [, ...others] = threads.map(({ id }) => id).sort((a, b) => a - b);
  const first = others.slice(0, V8_POOL_SIZE + V8_SCHEDULER);
  return first.length === V8_POOL_SIZE + V8_SCHEDULER ? first : null;
}

/** Beside the main thread: the CPU time of V8's, and how long all others waited for a core. */
function readOthers(): Pick<Reading, 'v8CpuMs' | 'othersQueuedMs'> {
  const threads = numbersIn('/proc/self/task').map(id => ({
    id,
    name: readTextOrNull(`/proc/self/task/${id}/comm`)?.trim() ?? '',
  }));
  const options = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');
  const v8 = v8ThreadsOf(threads, options);
  if (v8 === null) return { v8CpuMs: null, othersQueuedMs: null };
  let v8CpuMs = 0;
  let othersQueuedMs = 0;
  for (const { id } of threads) {
    const times = parseSchedstat(readTextOrNull(`/proc/self/task/${id}/schedstat`) ?? '');
    if (v8.includes(id)) v8CpuMs += times?.cpuMs ?? 0;
    else if (id !== process.pid) othersQueuedMs += times?.queuedMs ?? 0;
  }
  return { v8CpuMs, othersQueuedMs };
}
