import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { choosePrograms } from '../../bench/self/checks/truth.js';
import type { BareRun } from '../../bench/self/truth/bare.js';
import type { BareWorkload } from '../../bench/self/truth/bare-side.js';

const BARE = new URL('../../dist/bench/self/truth/bare.js', import.meta.url).pathname;
const execute = promisify(execFile);

describe.each(choosePrograms([]))('%s', program => {
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

test('the bare loop and the bare threads hand on the same results, all of them', async () => {
  const runSide = async (side: string) => {
    const args = [BARE, 'ejs', side, '--warm-ms', '0', '--batches', '2'];
    return JSON.parse((await execute(process.execPath, args)).stdout) as BareRun;
  };
  const loop = await runSide('loop');
  const threads = await runSide('threads');
  expect(threads.digest).toBe(loop.digest);
  for (const time of [loop.coldMs, loop.steadyMs, threads.coldMs, threads.steadyMs])
    expect(time).toBeGreaterThan(0);
});

test('the bare script says how it is called', async () => {
  await expect(execute(process.execPath, [BARE, 'ejs', 'sideways'])).rejects.toThrow(
    /usage: bare\.js PROGRAM/,
  );
});
