import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpackTasks } from '../../src/stats/packed-tasks.js';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { notesOf, reasonsOf } from '../support/sentences.js';
import { batchesOf, Cli, PROBE, UV_POOL } from './cli.js';

const SMALL = ['--forks', '1', '--rounds', '1', '--tasks', '20', '--quiet'];

async function run(...args: string[]) {
  using cli = new Cli([...args, ...SMALL]);
  return await cli.finished;
}

it('failures that are expected make nothing invalid, and are told of those who met them', async () => {
  const limit = ['--param', 'waitMs=5', '--param', 'limit=5', '--param', 'overLimit=503'];
  const executors = [
    '--executors',
    'promise-all,batched',
    '--batch-size',
    '5',
    '--expect-failures',
    'http-503',
  ];
  const { code, report, stdout } = await run('http', ...limit, ...executors);
  const [all, batched] = report!.scenarios[0]!.executors;
  expect(all!.outcomes.failed['http-503']).toBeGreaterThan(0);
  expect(batched!.outcomes.failed).toEqual({});
  expect(report!.scenarios[0]!.validity).not.toBe('INVALID');
  expect(code).toBe(0);
  expect(stdout).toMatch(/Only `batched` finishes all tasks: `promise-all` fails \d+ % of them/);
  expect(stdout).toMatch(
    /expected: failures by http-503: `promise-all` [\d,]+ of [\d,]+ tasks,\s+none\s+with\s+`batched`/,
  );
});

it('failures that are not expected do, whatever else is', async () => {
  const { code, stdout } = await run('http', '--param', 'errorRate=1', '--expect-failures', 'http-503');
  expect(code).toBe(3);
  expect(stdout).toContain('too many failed tasks');
});

it('data goes to the tasks of every executor and comes back, by every way', async () => {
  const executors = 'limited,blocking,queue,piscina,processes,tinypool,poolifier,workerpool';
  const ways = ['--payload', '10kB', '--payload-by', 'clone,shared'];
  const { code, report, stdout } = await run('noop', ...ways, '--executors', executors, '--threads', '2');
  const [scenario] = report!.scenarios;
  expect(scenario!.scenario.payloadBytes).toBe(10_000);
  expect(scenario!.executors.map(({ variant: { id } }) => id)).toContain('queue payloadBy=shared');
  for (const executor of scenario!.executors)
    expect(executor.outcomes).toMatchObject({ completed: 20 * batchesOf(executor), failed: {} });
  expect(reasonsOf(scenario!).join()).not.toMatch(/differ|disagree/);
  expect(code).toBe(0);
  expect(stdout).toContain('10 kB in and out');
});

it("a host has as many threads in libuv's pool as it was asked for", async () => {
  const { report } = await run(UV_POOL, '--executors', 'limited,queue', '--uv-threads', '1,3');
  const executors = report!.scenarios[0]!.executors;
  expect(executors.map(({ variant: { id, uvThreads } }) => [id, uvThreads])).toEqual([
    ['limited uv-threads=1', 1],
    ['limited uv-threads=3', 3],
    ['queue uv-threads=1', 1],
    ['queue uv-threads=3', 3],
  ]);
  for (const executor of executors)
    expect(executor.outcomes.failed).toEqual({
      [`pool-of-${executor.variant.uvThreads}`]: 20 * batchesOf(executor),
    });
});

it('a timeline tells what every worker did, processes too', async () => {
  const { report, stdout } = await run(
    'timer',
    '--timeline',
    '--executors',
    'promise-all,queue,processes',
    '--threads',
    '2',
  );
  const [all, queue, processes] = report!.scenarios[0]!.executors.map(({ trace }) => trace!);
  expect(all!.tracks.map(({ worker, tasks }) => [worker, tasks])).toEqual([[0, 20]]);
  for (const trace of [queue!, processes!]) {
    expect(trace.tracks.map(({ worker }) => worker)).toEqual([0, 1]);
    expect(trace.tracks.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(20);
  }
  for (const { all: packed, wallMs, tracks } of [all!, queue!, processes!]) {
    const { tasks, unitMs, data } = packed!;
    const table = unpackTasks(gunzipSync(Buffer.from(data, 'base64')), tasks, unitMs);
    expect([...table.outcome]).toEqual(Array.from({ length: 20 }, () => COMPLETED));
    for (const { worker, tasks: ran } of tracks)
      expect(table.worker.filter(one => one === worker)).toHaveLength(ran);
    expect(Math.max(...table.deliveredMs)).toBeLessThanOrEqual(wallMs + unitMs);
  }
  expect(all!.arrived.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(stdout).toMatch(/promise-all loop +│/);
  expect(stdout).toMatch(/processes +process 1 │/);
  expect(stdout).toContain('the main thread');
});

it('what processes use is theirs: their CPU time is in the figures', async () => {
  const asked = ['--param', 'cpuMs=5', '--executors', 'limited,processes', '--threads', '2'];
  const { report } = await run('cpu', ...asked);
  const [limited, processes] = report!.scenarios[0]!.executors;
  // The same computing, which happens nowhere but in the processes. How long it takes was calibrated on a machine that may have been busy.
  expect(processes!.cpuMsPerTask).toBeGreaterThan(0.6 * limited!.cpuMsPerTask!);
  expect(processes!.peakRssBytes).toBeGreaterThan(60e6);
});

it('memory is what an executor takes over a bare host, its threads and processes included', async () => {
  const { report } = await run('timer', '--executors', 'limited,piscina,processes', '--threads', '2');
  const [limited, piscina, processes] = report!.scenarios[0]!.executors;
  for (const { bareRssBytes, peakRssBytes } of [limited!, piscina!]) {
    expect(bareRssBytes).toBeGreaterThan(20e6);
    expect(peakRssBytes).toBeGreaterThan(bareRssBytes!);
  }
  // Two threads are two heaps; a loop has none of its own.
  expect(piscina!.memoryBytes).toBeGreaterThan(limited!.memoryBytes! + 8e6);
  expect(piscina!.memoryBytes).toBeGreaterThan(piscina!.idleRssBytes! - piscina!.bareRssBytes!);
  // Pages that processes share count once, where the system tells: a process is 42 MB by RSS and 10 MB by PSS.
  expect(processes!.memoryBytes).toBeGreaterThan(limited!.memoryBytes! + 12e6);
  expect(processes!.memoryBytes).toBeLessThanOrEqual(processes!.peakRssBytes!);
});

it.each([
  ['piscina', 'thread'],
  ['tinypool', 'thread'],
  ['processes', 'process'],
  ['queue', 'thread'],
])(
  '%s: a result that cannot travel to another %s is one failed task with its value, and no lost worker',
  async (executor, way) => {
    const args = ['--param', 'does=uncloneable', '--executors', executor, '--max-failed', '100%'];
    const { code, report } = await run(PROBE, ...args);
    const [result] = report!.scenarios[0]!.executors;
    expect(result!.lostTrials).toBe(0);
    expect(result!.outcomes.failed).toEqual({ uncloneable: batchesOf(result!) });
    expect(batchesOf(result!)).toBeGreaterThanOrEqual(2);
    const { findings } = report!.scenarios[0]!;
    const example = {
      code: 'uncloneable',
      way,
      path: 'result.callback',
      what: 'function',
      quote: '() => index',
    };
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'failed-tasks', values: { kind: 'uncloneable', example } }),
    );
    const said = notesOf(report!.scenarios[0]!).join('\n');
    expect(said).toContain(`result.callback, a function (() => index), cannot be sent to another ${way}`);
    expect(code).toBe(0);
  },
);
