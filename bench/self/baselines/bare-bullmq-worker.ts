/** A worker process of `bare-bullmq`: SOCKET PREFIX CONCURRENCY WAIT_MS. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, Worker } from 'bullmq';
import { Redis } from 'ioredis';

const [path, prefix, concurrency, waitMs] = process.argv.slice(2) as [string, string, string, string];
const client = new Redis({ path, maxRetriesPerRequest: null });
let waiting: string[] = [];
let isWriting = false;
let written: Promise<unknown> = Promise.resolve();

/** What ends while a message is on its way goes with the next one. */
function put(stream: string, id: string): Promise<unknown> {
  waiting.push(id);
  if (isWriting) return written.then(() => (waiting.includes(id) ? write(stream) : written));
  isWriting = true;
  written = Promise.resolve().then(() => write(stream));
  return written;
}

function write(stream: string): Promise<unknown> {
  const results = waiting;
  waiting = [];
  written = client.xadd(stream, '*', 'results', JSON.stringify(results)).finally(() => {
    if (waiting.length === 0) isWriting = false;
  });
  return written;
}

async function run(job: Job): Promise<void> {
  const [, trial] = job.id!.split('-');
  if (Number(waitMs) > 0) await sleep(Number(waitMs));
  await put(`${prefix}:results:${trial}`, job.id!);
}

const worker = new Worker('bare', run, { connection: { path }, prefix, concurrency: Number(concurrency) });
worker.on('error', () => {});
await worker.waitUntilReady();
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1_000);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
