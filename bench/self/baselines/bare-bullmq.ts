/**
 * BullMQ as its documentation has it, for batches: `addBulk`, jobs that are forgotten when they complete, and results by a
 * stream, in messages that hold what came while the one before was on its way. The same engine, connections and settings as the
 * executor's.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { elapsedMs, nowNs } from '../../../src/clock.js';
import type { Measured } from '../support/measured.js';
import { serveMeasured } from '../support/serve.js';

const MOST_AHEAD = 20_000;
const BULK = 500;
const PREFIX = '{bare}';

serveMeasured(async ({ socket, workers, concurrency, waitMs }) => {
  const connection = { path: String(socket) };
  const client = new Redis(connection);
  const waiter = new Redis(connection);
  const queue = new Queue('bare', {
    connection: client,
    prefix: PREFIX,
    defaultJobOptions: { attempts: 1, removeOnComplete: true },
  });
  const children = await Promise.all(
    Array.from({ length: Number(workers) }, () =>
      startWorker([socket, PREFIX, concurrency, waitMs].map(String)),
    ),
  );
  let trial = 0;
  return async (tasks): Promise<Measured> => {
    const stream = `${PREFIX}:results:${++trial}`;
    const workersBefore = await cpuMsOf(children);
    const before = process.cpuUsage();
    const startNs = nowNs();
    await runAll({ queue, client, waiter, stream, tasks, trial });
    const wallMs = elapsedMs(startNs);
    const { user, system } = process.cpuUsage(before);
    await client.del(stream);
    return {
      wallMs,
      cpuMs: (user + system) / 1_000,
      workersCpuMs: (await cpuMsOf(children)) - workersBefore,
    };
  };
});

interface Run {
  readonly queue: Queue;
  readonly client: Redis;
  readonly waiter: Redis;
  readonly stream: string;
  readonly tasks: number;
  readonly trial: number;
}

async function runAll({ queue, client, waiter, stream, tasks, trial }: Run): Promise<void> {
  let added = 0;
  let ended = 0;
  let isAdding = false;
  const add = async () => {
    if (isAdding) return;
    isAdding = true;
    while (added < Math.min(tasks, ended + MOST_AHEAD)) {
      const count = Math.min(BULK, Math.min(tasks, ended + MOST_AHEAD) - added);
      const from = added;
      added += count;
      await queue.addBulk(
        Array.from({ length: count }, (_, at) => ({
          name: 'task',
          data: null,
          opts: { jobId: `bare-${trial}-${from + at}` },
        })),
      );
    }
    isAdding = false;
  };
  void add();
  for (let after = '0-0'; ended < tasks; ) {
    const found = await waiter.xread('COUNT', 64, 'BLOCK', 5_000, 'STREAMS', stream, after);
    for (const [id, fields] of found?.[0]?.[1] ?? []) {
      after = id;
      ended += (JSON.parse(fields[1]!) as unknown[]).length;
    }
    client.xtrim(stream, 'MINID', after).catch(() => {});
    void add();
  }
}

async function startWorker(args: readonly string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('bare-bullmq-worker.js', import.meta.url)), args, {
    execArgv: [],
  });
  await once(child, 'message');
  return child;
}

async function cpuMsOf(children: readonly ChildProcess[]): Promise<number> {
  const answers = await Promise.all(
    children.map(async child => {
      const answer = once(child, 'message');
      child.send('cpu');
      return Number((await answer)[0]);
    }),
  );
  return answers.reduce((sum, one) => sum + one, 0);
}
