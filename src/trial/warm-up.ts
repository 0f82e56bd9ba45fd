import { nowMs, nowNs } from '../clock.js';
import { createRandom } from '../random.js';
import type { WarmedUp, WarmUpBlock } from '../schema/index.js';
import { Batch } from '../tasks/batch.js';
import { LoopWatch } from './loop-watch.js';
import { isLookedAt, type Meters, runBatch, type TrialSetting, type TrialSpec } from './trial.js';
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
  const usage = new UsageWatch(executor);
  const meters = { usage, loopWatch: new LoopWatch(createRandom(spec.probeSeed)) };
  const blocks = new Blocks();
  const passesMs: number[] = [];
  let byWorker: readonly number[] = [];
  for (;;) {
    const wallMs = await runPass(setting, spec, meters);
    const ended = ledger.endedByWorker();
    byWorker = ended.map((tasks, worker) => tasks + (byWorker[worker] ?? 0));
    passesMs.push(wallMs);
    if (passesMs.length > MOST_PASSES_TOLD) passesMs.shift();
    await executor.refreshUsage?.();
    const { cpuMs, loopActiveMs } = usage.timed();
    const tasks = byWorker.reduce((sum, one) => sum + one, 0);
    blocks.add({ tasks, cpuMs, wallMs, loopBusyMs: loopActiveMs });
    const spentMs = nowMs() - startedMs;
    const leastTasks = Math.min(...byWorker);
    const isReached = leastTasks >= aim.tasksPerWorker && cpuMs >= aim.cpuMs && spentMs >= aim.wallMs;
    if (isReached || spentMs >= aim.mostMs || signal.aborted)
      return { blocks: blocks.end(), leastTasks, passesMs };
    // Passes of tasks that never wait would keep messages, and so a stop, from being heard.
    await new Promise(setImmediate);
  }
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

/** @returns its wall time in ms */
async function runPass(setting: TrialSetting, spec: TrialSpec, meters: Meters): Promise<number> {
  const { executor, ledger, signal } = setting;
  const { load } = spec;
  ledger.reset(load.kind === 'duration' ? 0 : load.tasks, isLookedAt(spec));
  if (load.kind !== 'rate') return (await runBatch(setting, spec, meters)).wallMs;
  // All due at once: at the rate of the trials an idle executor would take minutes to see enough tasks.
  ledger.dueMs.fill(0, 0, load.tasks);
  ledger.begin(nowNs());
  meters.usage.start();
  const startedMs = nowMs();
  ledger.releaseUpTo(load.tasks);
  ledger.close();
  await executor.run(new Batch(load.tasks, ledger, signal, { ended: () => ledger.countEnded() }));
  const wallMs = nowMs() - startedMs;
  meters.usage.stop();
  return wallMs;
}
