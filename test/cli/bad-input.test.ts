import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { outside } from './outside.js';

const measurePlan = vi.hoisted(() =>
  vi.fn(() => {
    throw new Error('nothing bad is measured');
  }),
);
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-bad-'));
  writeFileSync(join(cwd, 'text.json'), 'no JSON at all');
  writeFileSync(join(cwd, 'other.json'), '{"name":"another program\'s"}');
});
afterAll(() => rmSync(cwd, { recursive: true }));

/** Command line; expected, got and remedy, in this order. */
const bad: [argv: string, expected: string, got: string, remedy: string][] = [
  ['run --executors quue', 'Expected one of sequential', '--executors: got "quue"', 'Did you mean queue?'],
  ['run --executors ,', '--executors: expected a name', 'got nothing', 'Write for example --executors'],
  [
    'compare a.json b.json --assert x',
    'threads-vs-loop compare: expected one of its flags',
    'got "--assert"',
    'It asks one run: threads-vs-loop report FILE --assert "queue/limited ratio>1.5".',
  ],
  ['run htp', 'Expected one of default, waiting', 'got "htp"', 'Did you mean http?'],
  ['run defualt', 'Expected one of default', 'got "defualt"', 'Did you mean default?'],
  ['run ./none.js', 'expected a file', 'got none at this path', 'Check the path.'],
  ['run --param waitms=5', 'Expected one of waitMs', '--param: got "waitms"', 'Did you mean waitMs?'],
  ['run --param waitMs=long', 'expected a number from 0 to 60000', 'got "long"', 'Leave it out for 50.'],
  ['run --param x', '--param: expected NAME=VALUE', 'got "x"', 'See "threads-vs-loop list"'],
  [
    'run http --param client=request,fetch --baseline client=fetsh',
    'Expected one of sequential client=request',
    '--baseline: got "client=fetsh"',
    'Did you mean client=fetch?',
  ],
  [
    'run --versus ./old.mjs',
    '--versus: expected one target to compare it with',
    'got none',
    'Name the newer one behind it, such as run --versus ./old.mjs ./new.ts.',
  ],
  [
    'run http cpu --versus http',
    '--versus: expected one target to compare it with',
    'got http, cpu',
    'Name the newer one behind it',
  ],
  ['run http --versus htp', 'Expected one of http, cpu', '--versus: got "htp"', 'Did you mean http?'],
  [
    'run http --versus http',
    '--versus: expected another module than the target',
    'got "http"',
    'Name the older one.',
  ],
  ['run --option atomic=sync', 'Expected one of', '--option: got "atomic"', 'Did you mean atomics?'],
  ['run --option atomics=x', 'expected one of async, sync, disabled', 'got "x"', 'Leave it out for async.'],
  ['run --batch-size 0', 'expected a whole number from 1 to 100', 'got "0"', 'Leave it out for 10.'],
  ['run --on-error stop', 'expected one of continue, abort', 'got "stop"', 'Leave it out for continue.'],
  [
    'run http --executors limited --batch-size 5',
    'expected nothing',
    'got "batchSize"',
    'No chosen executor has it',
  ],
  ['run --thread 2', 'run: expected one of its flags', 'got "--thread"', 'Did you mean --threads?'],
  [
    'run --threads 0',
    '--threads: expected a whole number from 1 to 1,024',
    'got 0',
    'Write for example --threads 2.',
  ],
  ['run --threads 1.5', '--threads: expected a whole number', 'got 1.5', 'Write for example --threads 2.'],
  [
    'run --threads 1,,2',
    '--threads: expected a whole number',
    'got nothing',
    'Write for example --threads 2.',
  ],
  ['run --threads', 'run: expected a value after', 'got nothing', 'run --help'],
  ['run --tasks -1', '--tasks: expected a whole number from 1', 'got -1', 'Write for example --tasks 100.'],
  [
    'run --tasks many',
    '--tasks: expected a whole number from 1',
    'got "many"',
    'Write for example --tasks 100.',
  ],
  ['run --in-flight 0', '--in-flight: expected a whole number from 1', 'got 0', '--in-flight 16.'],
  ['run --forks 0', '--forks: expected a whole number from 1', 'got 0', '--forks 5.'],
  ['run --rounds x', '--rounds: expected a whole number from 1', 'got "x"', '--rounds 5.'],
  ['run --precision 3', '--precision: expected a share above 0 and below 1', 'got 3', '--precision 3%.'],
  ['run --budget soon', '--budget: expected a duration above 0', 'got "soon"', '--budget 20s.'],
  ['run --budget 20', '--budget: expected a duration above 0', 'got "20"', '--budget 20s.'],
  ['run --task-timeout 0s', '--task-timeout: expected a duration', 'got 0', '--task-timeout 5s.'],
  ['run --max-failed 200%', '--max-failed: expected a share from 0 to 1', 'got "200%"', '--max-failed 1%.'],
  ['run --seed 0.5', '--seed: expected a whole number', 'got 0.5', '--seed 7.'],
  [
    'run --baseline nobody',
    '--baseline: expected one of sequential',
    'got "nobody"',
    'Add it to the executors.',
  ],
  [
    'run --out text.json',
    '--out: expected a folder that can be written',
    '(EEXIST)',
    'Choose another with --out',
  ],
  ['run --out text.json/x', '--out: expected a folder that can be written', '(ENOTDIR)', 'Choose another'],
  ['run --json none/x.json', '--json: expected a folder that can be written', '(ENOENT)', 'Choose another'],
  ['rnu', 'threads-vs-loop: expected one of its commands', 'got "rnu"', 'Did you mean run?'],
  [
    'list executor',
    'Expected one of executors, workloads, suites',
    'got "executor"',
    'Did you mean executors?',
  ],
  ['report', 'report: expected files', 'got nothing', 'See "threads-vs-loop report --help".'],
  ['contract a b', 'expected 1 argument', 'got 2', 'contract --help'],
  ['report a.json b.json', 'a.json: expected a results file', 'got no such file', 'results/latest.json'],
  ['report none.json', 'none.json: expected a results file', 'got no such file', 'results/latest.json'],
  ['report text.json', 'text.json: expected', 'got', ''],
  ['report other.json', 'other.json: expected', 'got', ''],
  ['report .', '.: expected a folder with results files', 'other.json (', '--save-baseline'],
  ['report text.json --format pdf', '--format: expected one of terminal, json', 'got "pdf"', 'Leave it out'],
  ['origin --port x', '--port: expected a whole number from 0 to 65535', 'got "x"', 'Write --port 0'],
  ['origin --port 70000', '--port: expected a whole number from 0 to 65535', 'got 70000', 'Write --port 0'],
  ['origin --param wait=5', 'Expected one of waitMs', 'got "wait"', 'Did you mean waitMs?'],
  [
    'origin --param waitMs=5,6',
    '--param waitMs: expected one value',
    'got 5, 6',
    'Start one origin for each.',
  ],
];

test.each(bad)('%s', async (argv, expected, got, remedy) => {
  const { run, written } = outside({ cwd });
  expect(await run(...argv.split(' '))).toBe(2);
  const { stdout, stderr } = written;
  expect(stdout).toBe('');
  expect(stderr.startsWith('error: ')).toBe(true);
  for (const part of [expected, got, remedy]) expect(stderr).toContain(part);
  // One line and a stop: no stack, no second message.
  expect(
    stderr
      .trimEnd()
      .split('\n')
      .filter(line => /^\s+at |Error:/.test(line)),
  ).toEqual([]);
  expect(measurePlan).not.toHaveBeenCalled();
});

test('nothing is left behind by what was refused', async () => {
  expect(readdirSync(cwd)).toEqual(['other.json', 'text.json']);
});

test('a port in use', async () => {
  const server = createServer();
  const port = await new Promise<number>(resolve =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  try {
    const { run, written } = outside({ cwd });
    expect(await run('origin', '--port', String(port))).toBe(2);
    expect(written.stderr).toMatch(/^error: .*port.*: expected .*, got .*in use.*\n$/);
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
});
