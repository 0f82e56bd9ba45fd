import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { recruit } from '../../src/executors/broker/remote/recruit.js';
import type { Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { GIVEN } from './given-broker.js';
import { becomes, type ForeignBroker, processesWith, startForeignBroker } from './processes.js';

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
  const child = startIn(cwd, args);
  started.push(child);
  return child;
}

function startIn(folder: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, CI: 'true', NO_COLOR: '1', FORCE_COLOR: undefined };
  const limits = { timeout: LIMIT_MS, killSignal: 'SIGKILL' } as const;
  return spawn(process.execPath, [main, ...args], { cwd: folder, env, ...limits });
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
  expect(await isReady(said)).toBe(true);
  return { child, said };
}

const isReady = (said: () => string) => becomes(() => said().includes('Worker '));
const SHORT = ['--forks', '1', '--rounds', '1', '--warmup', '10ms', '--tasks', '200', '--seed', '1'];
const run = (url: string, ...more: string[]) =>
  start(['run', 'noop', '--executors', 'limited,bullmq', ...SHORT, '--broker', url, ...more]);
const report = () => JSON.parse(readFileSync(join(cwd, 'results/latest.json'), 'utf8')) as Report;

/** A run waits for its workers for a minute: this one does so from before the first test on, and is looked at by the last. */
class RunWithOtherContents implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tvl-workers-'));
  readonly #children: ChildProcess[] = [];
  #broker: ForeignBroker | undefined;
  ended: ReturnType<typeof ended> | undefined;

  async begin(): Promise<void> {
    this.#broker = await startForeignBroker();
    const through = ['--broker', `redis://127.0.0.1:${this.#broker.port}`];
    this.#write('2 * index');
    expect(await isReady(saying(this.#start('worker', './twice.mjs', ...through)))).toBe(true);
    this.#write('index + index');
    const executors = ['--executors', 'limited,bullmq', '--workers', '1'];
    this.ended = ended(this.#start('run', './twice.mjs', ...executors, ...SHORT, ...through));
  }

  #write(result: string): void {
    const text = `export async function task(index) { return ${result}; }\n`;
    writeFileSync(join(this.#folder, 'twice.mjs'), text);
  }

  #start(...args: string[]): ChildProcess {
    const child = startIn(this.#folder, args);
    this.#children.push(child);
    return child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.#broker?.[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true });
  }
}
const withOtherContents = new RunWithOtherContents();
beforeAll(() => withOtherContents.begin());
afterAll(() => withOtherContents[Symbol.asyncDispose]());

const through = it.each(Object.keys(GIVEN));

through(
  '%s: runs tasks in processes of workers that were started elsewhere, and names these',
  async engine => {
    await using broker = await GIVEN[engine]!(PASSWORD);
    const { url } = broker;
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
  },
);

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

through('%s: is found again after a lost connection', async engine => {
  await using broker = await GIVEN[engine]!(PASSWORD);
  const { url } = broker;
  const { said } = await startWorker(url);
  await broker.hangUp();
  expect(await becomes(() => said().includes('Connected again.'))).toBe(true);
  const { code, stderr } = await ended(run(url, '--workers', '1', '--threads', '2', '--in-flight', '32'));
  expect(code, stderr).toBe(0);
});

through('%s: stops on SIGTERM with 143, leaves no process, and is in the broker no more', async engine => {
  await using broker = await GIVEN[engine]!(PASSWORD);
  const { child } = await startWorker(broker.url);
  while ((await broker.announced()).length === 0) await sleep(20);
  child.kill('SIGTERM');
  expect((await ended(child)).code).toBe(143);
  expect(processesWith(broker.url)).toEqual([]);
  expect(await broker.announced()).toEqual([]);
});

through('%s: loses nothing when it is ended by SIGTERM in the middle of a trial', async engine => {
  await using broker = await GIVEN[engine]!(PASSWORD);
  const { url } = broker;
  const startTimers = async () => {
    const child = start(['worker', 'timer', '--broker', url, '--threads', '1']);
    expect(await isReady(saying(child))).toBe(true);
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
  const isAmidst = (jobs: number | null) => jobs !== null && jobs > tasks / 10 && jobs < 0.9 * tasks;
  while (!isAmidst(await broker.waiting())) await sleep(20);
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

it('refuses a worker whose module has other contents', async () => {
  const { code, stderr } = await withOtherContents.ended!;
  expect(code).toBe(2);
  expect(stderr).toMatch(/got 0 \(refused: .* with the contents [\da-f]{12}, this run has [\da-f]{12}\)/);
});
