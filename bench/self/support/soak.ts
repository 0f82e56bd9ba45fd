import { setTimeout as sleep } from 'node:timers/promises';
import { startExecutor } from '../../../src/contract/start.js';
import { startBrokerExecutor } from '../../../src/executors/broker/executor.js';
import { SHORTEST_LOCK_MS } from '../../../src/executors/broker/intervals.js';
import bullmq from '../../../src/executors/bullmq.js';
import type { Executor } from '../../../src/executors/executor.js';
import { createRandom } from '../../../src/random.js';
import type { Executions } from '../../../src/schema/index.js';
import { COMPLETED, FAILED } from '../../../src/tasks/recorder.js';
import { findWorkload } from '../../../src/workloads/registry.js';

export interface SoakRequest {
  readonly kills: number;
  /** Between two kills, on average. */
  readonly everyMs: number;
  /** Decides who is killed, and when. */
  readonly seed: number;
  /** For which a job is held without a sign of life. Default: as in a run. */
  readonly lockMs?: number;
}

/** What became of all tasks while workers were killed. */
export interface Soaked {
  readonly tasks: number;
  readonly completed: number;
  readonly failedByKind: Readonly<Record<string, number>>;
  /** By the ledger. */
  readonly ended: number;
  /** Results that are not those of their tasks. */
  readonly misplaced: number;
  readonly killed: number;
  readonly executions: Executions;
}

const WORKERS = 4;
const IN_FLIGHT = 16;
const TASK_MS = 20;
/** What is lost waits for its lock to run out, and may be lost again. */
const LOCKS_TO_RECOVER = 3;

/** Kills worker processes of `bullmq` by SIGKILL while they run tasks, as often as asked, and counts. */
export async function soak({
  kills,
  everyMs,
  seed,
  lockMs = SHORTEST_LOCK_MS,
}: SoakRequest): Promise<Soaked> {
  const tasks = Math.ceil((kills * everyMs + LOCKS_TO_RECOVER * lockMs) / TASK_MS) * IN_FLIGHT;
  const executor: Executor = {
    ...bullmq,
    start: (workload, options) => startBrokerExecutor(workload, options, lockMs),
  };
  const timer = findWorkload('timer')!;
  await using probe = await startExecutor(executor, {
    workload: { name: 'timer', moduleUrl: timer.moduleUrl, params: { waitMs: TASK_MS, stepMs: 0 } },
    threads: WORKERS,
    inFlight: IN_FLIGHT,
    capacity: tasks,
  });
  const counts = new Uint8Array(tasks);
  const batch = probe.batch(tasks, undefined, { ended: index => counts[index]!++ });
  const over = new AbortController();
  const killing = killWorkers(() => probe.executor.usage!().pids, { kills, everyMs, seed }, over.signal);
  try {
    await probe.executor.run(batch);
  } finally {
    over.abort();
  }
  const outcomes = [...probe.ledger.outcome];
  return {
    tasks,
    completed: batch.completed,
    failedByKind: batch.failedByKind,
    ended: outcomes.filter(outcome => outcome === COMPLETED || outcome === FAILED).length,
    misplaced: counts.filter(count => count !== 1).length,
    killed: await killing,
    executions: await probe.executor.executions!(),
  };
}

/** @returns how many were killed */
async function killWorkers(
  pids: () => readonly number[],
  { kills, everyMs, seed }: SoakRequest,
  over: AbortSignal,
): Promise<number> {
  const random = createRandom(seed);
  for (let killed = 0; killed < kills; killed++) {
    await sleep(2 * everyMs * random.next());
    const living = pids();
    if (over.aborted) return killed;
    const pid = living[Math.floor(random.next() * living.length)];
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }
  return kills;
}
