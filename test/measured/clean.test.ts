import { expect, it } from 'vitest';
import { sentenceOf } from '../../src/report/words/findings.js';
import { Cli } from '../faults/cli.js';

/** Drift is judged at 1 % for each executor, and the machine may be somebody else's too: once in a while it is right. */
const AGAIN = { retry: 2 };

/** Alone on the machine: nothing may be found wrong where nothing is. */
async function reasonsOf(executors: string, ...args: string[]): Promise<readonly string[]> {
  using cli = new Cli([...args, '--executors', executors, '--budget', '120s', '--quiet']);
  const { report, code, stderr } = await cli.finished;
  if (report === null) throw new Error(stderr);
  expect(code).toBe(0);
  const [{ findings }] = report.scenarios as [(typeof report.scenarios)[number]];
  // That an interval is wide is no fault of a run of five rounds.
  return findings.filter(({ code: kind }) => kind !== 'precision-missed').map(sentenceOf);
}

it('a clean run of a batch is VALID, without a note', AGAIN, async () => {
  const batch = ['timer', '--param', 'waitMs=10', '--tasks', '60', '--in-flight', '10'];
  expect(await reasonsOf('sequential,limited,queue', ...batch, '--forks', '5', '--rounds', '2')).toEqual([]);
});

it("a clean run by rate is VALID, and Little's law holds in each of its trials", AGAIN, async () => {
  const rate = ['timer', '--param', 'waitMs=2', '--load', 'rate=1000/s', '--in-flight', '10'];
  expect(await reasonsOf('limited,queue', ...rate, '--forks', '5', '--rounds', '1')).toEqual([]);
});
