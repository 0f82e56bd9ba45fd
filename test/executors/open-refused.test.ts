import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { allOpen } from '../../src/executors/all-open.js';

const execute = promisify(execFile);
const TIMES = 6;

test('a failure is told when the others have answered too', async () => {
  let answer = (_: string) => {};
  const slow = new Promise<string>(resolve => {
    answer = resolve;
  });
  const order: string[] = [];
  const opened = allOpen([Promise.reject(new Error('no database')), slow], 60_000).catch(error =>
    order.push(error.message),
  );
  void slow.then(() => order.push('answered'));
  // More turns than any chain of promises here has.
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  answer('open');
  await opened;
  expect(order).toEqual(['answered', 'no database']);
});

test('one that never answers does not keep the failure back for ever', async () => {
  await expect(allOpen([Promise.reject(new Error('no database')), new Promise(() => {})], 0)).rejects.toThrow(
    'no database',
  );
});

test.each(['queue', 'piscina', 'tinypool', 'poolifier', 'workerpool', 'processes'])(
  '%s: an open that throws in every worker is told each time, and ends no process',
  async name => {
    const script = fileURLToPath(new URL('../fixtures/start-often.mjs', import.meta.url));
    const { stdout } = await execute(process.execPath, [script, name, String(TIMES)]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(TIMES);
    for (const line of lines) expect(line).toMatch(/no database here$/);
  },
);
