import { nowMs, nowNs } from '../clock.js';
import { Batch } from './batch.js';
import { runBatch, type TrialSetting, type TrialSpec } from './trial.js';
import { UsageWatch } from './usage.js';

/** How long a host goes on: until all three are reached, or `mostMs` is. At least one pass. */
export interface WarmUpAim {
  /** Ended by each worker. */
  readonly tasksPerWorker: number;
  /** Of the host and its workers, together. */
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly mostMs: number;
}

/** Passes over the same tasks, one after the other, as much as makes a figure. */
export interface WarmUpBlock {
  readonly tasks: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface WarmedUp {
  readonly blocks: readonly WarmUpBlock[];
  /** Tasks that the worker with the fewest has ended. */
  readonly leastTasks: number;
  /** Wall times of the latest passes, ms. */
  readonly passesMs: readonly number[];
}

/** CPU time from which on a block's figure is worth something. */
const BLOCK_CPU_MS = 100;
const MOST_PASSES_TOLD = 9;

/**
 * Runs the tasks of a trial again and again, unrecorded, as the executor will run them in its trials: V8 compiles what it
 * sees, in each isolate by itself. Pools do not spread tasks evenly, so each worker is counted by the ledger.
 */
export async function warmUp(setting: TrialSetting, spec: TrialSpec, aim: WarmUpAim): Promise<WarmedUp> {
  const { ledger, executor } = setting;
  const startedMs = nowMs();
  const cpuBeforeMs = cpuOf(executor);
  let byWorker: readonly number[] = [];
  const passesMs: number[] = [];
  const blocks: WarmUpBlock[] = [];
  let open = { tasks: 0, wallMs: 0, cpuFromMs: cpuBeforeMs };
  for (;;) {
    const wallMs = await runPass(setting, spec);
    const ended = ledger.endedByWorker();
    byWorker = ended.map((tasks, worker) => tasks + (byWorker[worker] ?? 0));
    passesMs.push(wallMs);
    if (passesMs.length > MOST_PASSES_TOLD) passesMs.shift();
    const cpuMs = cpuOf(executor);
    open.tasks += ended.reduce((sum, tasks) => sum + tasks, 0);
    open.wallMs += wallMs;
    const spentMs = nowMs() - startedMs;
    const leastTasks = Math.min(...byWorker);
    const isReached =
      leastTasks >= aim.tasksPerWorker && cpuMs - cpuBeforeMs >= aim.cpuMs && spentMs >= aim.wallMs;
    const isOver = isReached || spentMs >= aim.mostMs || setting.signal.aborted;
    if (isOver || cpuMs - open.cpuFromMs >= BLOCK_CPU_MS) {
      blocks.push({ tasks: open.tasks, wallMs: open.wallMs, cpuMs: cpuMs - open.cpuFromMs });
      open = { tasks: 0, wallMs: 0, cpuFromMs: cpuMs };
    }
    if (isOver) return { blocks, leastTasks, passesMs };
  }
}

/** @returns its wall time in ms */
async function runPass(setting: TrialSetting, spec: TrialSpec): Promise<number> {
  const { executor, ledger, signal } = setting;
  const { load } = spec;
  ledger.reset(load.kind === 'duration' ? 0 : load.tasks);
  if (load.kind !== 'rate') return (await runBatch(setting, spec, new UsageWatch(executor))).wallMs;
  // All due at once: at the rate of the trials an idle executor would take minutes to see enough tasks.
  ledger.dueMs.fill(0, 0, load.tasks);
  ledger.begin(nowNs());
  const startedMs = nowMs();
  ledger.releaseUpTo(load.tasks);
  ledger.close();
  await executor.run(new Batch(load.tasks, ledger, signal, { ended: () => ledger.countEnded() }));
  return nowMs() - startedMs;
}

/** CPU time so far, ms: of this process, and of those that its executor has started. */
function cpuOf(executor: TrialSetting['executor']): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + (executor.usage?.().cpuMs ?? 0);
}
