import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import type { Report } from '../../src/schema/index.js';
import { batchesOf, Cli } from './cli.js';

const SMALL = ['--forks', '1', '--rounds', '1', '--executors', 'limited,queue,piscina', '--quiet'];

/** Failed tasks of each executor by kind, in all its trials, and tasks completed. */
function failuresOf(report: Report | null) {
  return Object.fromEntries(
    report!.scenarios[0]!.executors.map(({ variant: { id }, outcomes }) => [
      id,
      [outcomes.completed, outcomes.failed],
    ]),
  );
}

async function runHttp(...args: string[]) {
  using cli = new Cli(['http', ...SMALL, '--tasks', '20', '--param', 'waitMs=1', ...args]);
  return await cli.finished;
}

it.each([
  ['answers 500', ['--param', 'errorRate=1'], 'http-500'],
  ['resets the connection', ['--param', 'resetRate=1'], 'reset'],
  ['answers JSON that does not parse', ['--param', 'brokenRate=1'], 'bad-json'],
  ['stalls past the time-out', ['--param', 'stallRate=1', '--task-timeout', '100ms'], 'timeout'],
])('an origin that %s: counted by kind, and the run goes on', async (_, args, kind) => {
  const { code, report, stdout } = await runHttp(...args);
  // The cold trial of 20 tasks: where none of all executors is completed there is nothing to warm, and no more to learn.
  const all = [0, { [kind]: 20 }];
  expect(failuresOf(report)).toEqual({ limited: all, queue: all, piscina: all });
  expect(code).toBe(3);
  expect(stdout).toContain('too many failed tasks');
});

it('an origin that refuses: counted, and the run goes on', async () => {
  // A port that was just free.
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  const { code, report } = await runHttp('--param', `url=http://127.0.0.1:${port}`);
  const { executors } = report!.scenarios[0]!;
  expect(executors.map(({ variant: { id } }) => id)).toEqual(['limited', 'queue', 'piscina']);
  for (const executor of executors)
    expect(executor.outcomes).toMatchObject({ completed: 0, failed: { refused: 20 * batchesOf(executor) } });
  expect(code).toBe(3);
});

it('failures that were declared make nothing invalid, and every executor meets the same', async () => {
  // Waits of 100 ms: of 1 ms, an origin that gets no core on a busy machine is rightly told to be saturated.
  const allowed = ['--param', 'errorRate=0.3', '--max-failed', '60%', '--seed', '1', '--param', 'waitMs=100'];
  const { code, report } = await runHttp(...allowed);
  const counts = Object.values(failuresOf(report)).map(value => JSON.stringify(value));
  expect(new Set(counts).size).toBe(1);
  expect(counts[0]).toMatch(/http-500/);
  expect(report!.scenarios[0]!.validity).toBe('WEAK');
  expect(code).toBe(0);
});
