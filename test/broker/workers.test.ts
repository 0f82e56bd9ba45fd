import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recruit } from '../../src/executors/broker/remote/recruit.js';
import type { Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { becomes, processesWith, startForeignBroker } from './processes.js';

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const PASSWORD = 'a-word-that-nobody-sees';
const LIMIT_MS = 100_000;

let cwd: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-workers-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(cwd, { recursive: true });
});

function start(args: readonly string[]): ChildProcess {
  const env = { ...process.env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined };
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env,
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  started.push(child);
  return child;
}

/** What it has said by now. */
function saying(child: ChildProcess): () => string {
  let text = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    text += chunk;
  });
  return () => text;
}

async function startWorker(url: string, ...more: string[]) {
  const child = start(['worker', 'noop', '--broker', url, ...more]);
  const said = saying(child);
  expect(await becomes(() => said().includes('Worker '))).toBe(true);
  return { child, said };
}

const SHORT = ['--forks', '1', '--rounds', '1', '--warmup', '10ms', '--tasks', '200', '--seed', '1'];
const run = (url: string, ...more: string[]) =>
  start(['run', 'noop', '--executors', 'limited,bullmq', ...SHORT, '--broker', url, ...more]);
const report = () => JSON.parse(readFileSync(join(cwd, 'results/latest.json'), 'utf8')) as Report;

it('runs tasks in processes of workers that were started elsewhere, and names these', async () => {
  await using broker = await startForeignBroker(['--requirepass', PASSWORD], PASSWORD);
  const url = `redis://:${PASSWORD}@127.0.0.1:${broker.port}`;
  const workers = [await startWorker(url), await startWorker(url)];
  const { code, stdout, stderr } = await ended(run(url, '--workers', '2', '--threads', '4'));
  expect(code, stderr).toBe(0);
  const [told] = report().brokers!;
  expect(told!.workers).toHaveLength(2);
  for (const worker of told!.workers!) {
    expect(worker).toMatchObject({ node: process.version, threads: 2, concurrency: 16 });
    // One machine has one clock.
    expect(Math.abs(worker.clockOffsetMs!)).toBeLessThanOrEqual(worker.clockErrorMs! + 0.01);
  }
  const bullmq = report().scenarios[0]!.executors.find(({ variant }) => variant.name === 'bullmq')!;
  expect(bullmq.lostTrials).toBe(0);
  expect(bullmq.rounds).toBe(1);
  for (const trial of bullmq.trials)
    expect(trial).toMatchObject({ executions: { clockErrorMs: expect.any(Number) } });
  for (const { said } of workers) expect(said()).toMatch(/Run [\da-f]{8}: noop, 2 × \d+/);
  const texts = [stdout, stderr, readFileSync(join(cwd, 'results/latest.json'), 'utf8')];
  for (const text of [...texts, ...workers.map(({ said }) => said())]) expect(text).not.toContain(PASSWORD);
});

it('says how many workers came where too few did, and why others were refused', async () => {
  await using broker = await startForeignBroker();
  const url = `redis://127.0.0.1:${broker.port}`;
  await startWorker(url);
  const address = { url, caFile: null };
  const wanted = { count: 1, processes: 1, concurrency: 1, node: process.version, modules: [] };
  expect((await recruit(address, wanted, 5_000)).stations).toHaveLength(1);
  await expect(recruit(address, { ...wanted, count: 2 }, 500)).rejects.toThrow(
    /^--workers: expected 2 workers within 0\.5 s, got 1\. Start them/,
  );
  const contents = 'f'.repeat(64);
  const other = { ...wanted, modules: [{ name: 'noop', contents }] };
  await expect(recruit(address, other, 500)).rejects.toThrow(
    /got 0 \(refused: \S+ has noop with the contents [\da-f]{12}, this run has f{12}\)/,
  );
  await expect(recruit(address, { ...wanted, node: 'v1.0.0' }, 500)).rejects.toThrow(
    new RegExp(`has Node ${process.version.replaceAll('.', '\\.')}, this run v1\\.0\\.0`),
  );
  await expect(recruit(address, { ...wanted, processes: 3 }, 500)).rejects.toThrow(/at most 2 processes/);
});

it('refuses a worker whose module has other contents', async () => {
  await using broker = await startForeignBroker();
  const url = `redis://127.0.0.1:${broker.port}`;
  const file = join(cwd, 'twice.mjs');
  writeFileSync(file, 'export async function task(index) { return 2 * index; }\n');
  const child = start(['worker', './twice.mjs', '--broker', url]);
  const said = saying(child);
  expect(await becomes(() => said().includes('Worker '))).toBe(true);
  writeFileSync(file, 'export async function task(index) { return index + index; }\n');
  const { code, stderr } = await ended(
    start([
      'run',
      './twice.mjs',
      '--executors',
      'limited,bullmq',
      ...SHORT,
      '--broker',
      url,
      '--workers',
      '1',
    ]),
  );
  expect(code).toBe(2);
  expect(stderr).toMatch(/got 0 \(refused: .* with the contents [\da-f]{12}, this run has [\da-f]{12}\)/);
});

it('is found again after a lost connection', async () => {
  await using broker = await startForeignBroker();
  const url = `redis://127.0.0.1:${broker.port}`;
  const { said } = await startWorker(url);
  await broker.ask('CLIENT KILL TYPE normal');
  await broker.ask('CLIENT KILL TYPE pubsub');
  expect(await becomes(() => said().includes('Connected again.'))).toBe(true);
  const { code, stderr } = await ended(run(url, '--workers', '1', '--threads', '2', '--in-flight', '32'));
  expect(code, stderr).toBe(0);
});

it('stops on SIGTERM with 143, leaves no process, and is in the broker no more', async () => {
  await using broker = await startForeignBroker();
  const { child } = await startWorker(`redis://127.0.0.1:${broker.port}`);
  child.kill('SIGTERM');
  expect((await ended(child)).code).toBe(143);
  expect(processesWith(`redis://127.0.0.1:${broker.port}`)).toEqual([]);
  expect(await broker.ask('KEYS *:workers*')).toMatch(/^\*0\r\n/);
});

it('loses nothing when it is ended by SIGTERM in the middle of a trial', async () => {
  await using broker = await startForeignBroker();
  const url = `redis://127.0.0.1:${broker.port}`;
  const startTimers = async () => {
    const child = start(['worker', 'timer', '--broker', url, '--threads', '1']);
    const said = saying(child);
    expect(await becomes(() => said().includes('Worker '))).toBe(true);
    return child;
  };
  const [first] = [await startTimers(), await startTimers()];
  const gone = ended(first);
  const tasks = 1_000;
  const flags = ['--in-flight', '8', '--param', 'waitMs=20', '--workers', '2', '--threads', '2'];
  const many = SHORT.map(word => (word === '200' ? String(tasks) : word));
  const running = ended(
    start(['run', 'timer', '--executors', 'limited,bullmq', ...many, '--broker', url, ...flags]),
  );
  /** Jobs that wait; there are keys of no other run. */
  const waiting = async () => {
    const [, key] = /(\{tvl-[^}]+\}:tasks:wait)\r/.exec(await broker.ask('KEYS *:wait')) ?? [];
    return key === undefined ? null : Number(/:(\d+)\r/.exec(await broker.ask(`LLEN ${key}`))?.[1]);
  };
  const isAmidst = (jobs: number | null) => jobs !== null && jobs > tasks / 10 && jobs < 0.9 * tasks;
  while (!isAmidst(await waiting())) await new Promise(resolve => setTimeout(resolve, 20));
  first.kill('SIGTERM');
  expect((await gone).code).toBe(143);
  const { code, stderr } = await running;
  expect(code, stderr).toBe(0);
  const bullmq = report().scenarios[0]!.executors.find(({ variant }) => variant.name === 'bullmq')!;
  expect(bullmq.lostTrials).toBe(0);
  const trials = bullmq.trials.flatMap(trial => (trial.state === 'lost' ? [] : [trial]));
  expect(trials.length).toBeGreaterThan(0);
  for (const { outcomes, executions, batches } of trials) {
    expect(outcomes).toMatchObject({ completed: tasks * batches, failed: {} });
    expect(executions).toMatchObject({ started: tasks * batches, duplicates: 0 });
  }
});

it('ends with 0 when it was idle for too long', async () => {
  await using broker = await startForeignBroker();
  const { child, said } = await startWorker(`redis://127.0.0.1:${broker.port}`, '--idle-timeout', '1s');
  expect((await ended(child)).code).toBe(0);
  expect(said()).toContain('Idle for 1s.');
});
