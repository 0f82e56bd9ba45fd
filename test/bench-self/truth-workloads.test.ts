import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { PROGRAMS } from '../../bench/self/checks/truth.js';
import type { BareWorkload } from '../../bench/self/truth/bare-side.js';

const COMPILED = new URL('../../dist/bench/self/truth/', import.meta.url);
const BARE = new URL('bare.js', COMPILED).pathname;
const { runPair } = (await import(
  new URL('run-bare.js', COMPILED).href
)) as typeof import('../../bench/self/truth/run-bare.js');
const execute = promisify(execFile);

describe.each(PROGRAMS)('%s', program => {
  test('gives the same result for an index, and another for another', async () => {
    const { default: workload } = (await import(`../../bench/self/truth/workloads/${program}.ts`)) as {
      default: BareWorkload;
    };
    const results = async () => {
      const context = await workload.open({}, {});
      return Promise.all(Array.from({ length: 20 }, (_, index) => workload.task(context, index)));
    };
    const first = await results();
    expect(await results()).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(1);
  });
});

test('the bare loop and the bare threads hand on the same results, all of them, and take turns', async () => {
  const pair = await runPair('ejs', { threads: 2, first: 'threads', warmMs: 0 });
  for (const { coldMs, steadyMs } of [pair.loop, pair.threads]) {
    expect(coldMs).toBeGreaterThan(0);
    expect(steadyMs).toBeGreaterThan(0);
  }
  expect(pair.steadyRatio).toBeGreaterThan(0);
});

test('a program that there is not is an error, and leaves no process behind', async () => {
  await expect(runPair('nobodys', { threads: 2, first: 'loop', warmMs: 0 })).rejects.toThrow(
    'a bare process ended before it answered',
  );
});

test('the bare script says how it is called', async () => {
  await expect(execute(process.execPath, [BARE, 'ejs', 'sideways'])).rejects.toThrow(
    /usage: echo BATCHES \| bare\.js PROGRAM/,
  );
});
