import { nowMs } from '../clock.js';
import type { WarmedUp, WarmUpBlock } from '../schema/index.js';
import type { RunRequest, TrialLoadStrategy } from './loads/load.js';
import { strategyOf } from './loads/strategy-of.js';
import { Meters } from './meters.js';
import { isLookedAt, runRequestOf, type TrialSetting, type TrialSpec } from './trial.js';

/** How long a host goes on: until all three are reached, or `enoughCpuMs` or `mostMs` is. At least one pass. */
export interface WarmUpAim {
  /** Ended by each worker. */
  readonly tasksPerWorker: number;
  /** Of the host and its workers, together. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** CPU time from which on fewer tasks do, if each worker had its part of them; left out: none. */
  readonly enoughCpuMs?: number;
  readonly mostMs: number;
  /** Tasks in all, and in one pass; then each pass keeps to the trial's own rate. Absent: as many as it takes. */
  readonly most?: { readonly tasks: number; readonly perPass: number };
}

/** What a host has run so far. */
export interface WarmUpProgress {
  readonly tasksByWorker: readonly number[];
  /** Of the host and its workers, together. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Of the mean over workers: one with less has not had its part. */
const FAIR_SHARE = 0.5;

/** What ends a warm-up; null: it goes on. Pure. */
export function endOfWarmUp(
  { tasksByWorker, cpuMs, wallMs }: WarmUpProgress,
  aim: WarmUpAim,
): 'reached' | 'cpu' | 'time' | null {
  const least = Math.min(...tasksByWorker);
  const mean = tasksByWorker.reduce((sum, one) => sum + one, 0) / tasksByWorker.length;
  if (least >= aim.tasksPerWorker && cpuMs >= aim.cpuMs && wallMs >= aim.wallMs) return 'reached';
  if (cpuMs >= (aim.enoughCpuMs ?? Number.POSITIVE_INFINITY) && least >= FAIR_SHARE * mean) return 'cpu';
  return wallMs >= aim.mostMs ? 'time' : null;
}

/** CPU time from which on a block's figure is worth something. */
const BLOCK_CPU_MS = 100;
const MOST_PASSES_TOLD = 9;

/**
 * Runs the tasks of a trial again and again, unrecorded, as the executor will run them in its trials: V8 compiles what it
 * sees, in each isolate by itself. Pools do not spread tasks evenly, so each worker is counted by the ledger.
 */
export async function warmUp(setting: TrialSetting, spec: TrialSpec, aim: WarmUpAim): Promise<WarmedUp> {
  const { ledger, executor, signal } = setting;
  await executor.refreshUsage?.();
  const startedMs = nowMs();
  const meters = new Meters(executor, spec.probeSeed);
  const load = strategyOf(spec.load);
  const request = runRequestOf(load, setting, spec, meters);
  const blocks = new Blocks();
  const passesMs: number[] = [];
  let byWorker: readonly number[] = [];
  for (;;) {
    ledger.reset(load.tasks, isLookedAt(spec));
    const wallMs = await runPass(load, request, aim);
    const ended = ledger.counts.endedByWorker();
    byWorker = ended.map((tasks, worker) => tasks + (byWorker[worker] ?? 0));
    passesMs.push(wallMs);
    if (passesMs.length > MOST_PASSES_TOLD) passesMs.shift();
    await executor.refreshUsage?.();
    const { cpuMs, loopActiveMs } = meters.usage.timed();
    const tasks = byWorker.reduce((sum, one) => sum + one, 0);
    blocks.add({ tasks, cpuMs, wallMs, loopBusyMs: loopActiveMs });
    const end = endOfWarmUp({ tasksByWorker: byWorker, cpuMs, wallMs: nowMs() - startedMs }, aim);
    const isUsedUp = aim.most !== undefined && tasks + aim.most.perPass > aim.most.tasks;
    if (end !== null || isUsedUp || signal.aborted)
      return { blocks: blocks.end(), leastTasks: Math.min(...byWorker), byCpu: end === 'cpu', passesMs };
    // Passes of tasks that never wait would keep messages, and so a stop, from being heard.
    await new Promise(setImmediate);
  }
}

async function runPass(load: TrialLoadStrategy, request: RunRequest, { most }: WarmUpAim): Promise<number> {
  const passMs = most === undefined ? await load.runPass?.(request) : undefined;
  if (passMs !== undefined) return passMs;
  const { wallMs } = await load.run(request);
  // It must have ended its schedule before it is given another.
  await request.setting.pacer?.end();
  return wallMs;
}

/** Cuts running totals into blocks. */
class Blocks {
  readonly #blocks: WarmUpBlock[] = [];
  #from: WarmUpBlock = { tasks: 0, cpuMs: 0, wallMs: 0, loopBusyMs: 0 };
  #now = this.#from;

  /** @param total so far, but for `wallMs`, which is of the latest pass */
  add({ wallMs, ...total }: WarmUpBlock): void {
    this.#now = { ...total, wallMs: this.#now.wallMs + wallMs };
    if (this.#now.cpuMs - this.#from.cpuMs >= BLOCK_CPU_MS) this.#cut();
  }

  end(): readonly WarmUpBlock[] {
    if (this.#now.tasks > this.#from.tasks) this.#cut();
    return this.#blocks;
  }

  #cut(): void {
    const [from, now] = [this.#from, this.#now];
    this.#blocks.push({
      tasks: now.tasks - from.tasks,
      cpuMs: now.cpuMs - from.cpuMs,
      wallMs: now.wallMs - from.wallMs,
      loopBusyMs: now.loopBusyMs - from.loopBusyMs,
    });
    this.#from = now;
  }
}
