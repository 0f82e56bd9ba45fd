import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { lostTrialText } from '../../src/report/words/losses.js';
import { noteCodesOf, reasonsOf } from '../support/sentences.js';
import { Cli } from './cli.js';

const SALTED = fileURLToPath(new URL('../fixtures/salted.mjs', import.meta.url));

async function run(says: string, ...args: string[]) {
  const small = ['--forks', '1', '--rounds', '1', '--quiet', '--threads', '2'];
  using cli = new Cli([SALTED, ...small, ...args], { SALTED_SAYS: says });
  return await cli.finished;
}

const pair = ['--executors', 'limited,queue'];

it('results that differ are INVALID, and say which and what to do', async () => {
  const { code, report, stdout } = await run('nothing', ...pair);
  expect(code).toBe(3);
  const [reason] = reasonsOf(report!.scenarios[0]!);
  expect(reason).toMatch(
    /^results differ: `queue` and `limited` disagree on 20 of 20 tasks in fork 1, the first is task 0: /,
  );
  expect(reason).toMatch(
    /: \{ index: 0, id: '\S+…? and \{ index: 0, id: '\S+…?; if they may, say so by sameResult/,
  );
  expect(reason).toContain("digest(result) or results: 'may differ'");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(reason).not.toMatch(/[\u0000-\u001f]/);
  expect(stdout).toContain('results differ');
});

it.each(['digest', 'sameResult'])('a workload that says by %s what counts is believed', async says => {
  const { code, report } = await run(says, ...pair);
  expect(reasonsOf(report!.scenarios[0]!).join()).not.toContain('differ');
  expect(code).toBe(0);
});

it('a workload may say that its results differ, which the report states', async () => {
  const { code, report, stdout } = await run('may differ', ...pair);
  expect(code).toBe(0);
  expect(noteCodesOf(report!.scenarios[0]!)).toContain('results-not-compared');
  expect(stdout.replace(/\s+/g, ' ')).toContain('results were not compared between executors');
});

it('what is no function is refused before anything is run', async () => {
  const { code, stderr } = await run('nonsense', ...pair);
  expect(code).toBe(2);
  expect(stderr).toMatch(/sameResult true \(expected a function\)/);
});

it('results are kept where that is asked for, as a variant', async () => {
  const { report } = await run('digest', ...pair, '--results', 'drop,keep');
  expect(report!.scenarios[0]!.executors.map(({ variant: { id, results } }) => [id, results])).toEqual([
    ['limited results=drop', 'drop'],
    ['limited results=keep', 'keep'],
    ['queue results=drop', 'drop'],
    ['queue results=keep', 'keep'],
  ]);
});

it('a result that is refused after the cold trial loses its trial, with the reason', async () => {
  const executors = ['--executors', 'limited,queue,piscina,processes'];
  const { report } = await run('a function, later', ...executors, '--threads', '1');
  const reasons = report!.scenarios[0]!.executors.flatMap(({ variant: { id }, trials }) =>
    trials.flatMap(trial => (trial.state === 'lost' ? [`${id}: ${lostTrialText(trial)}`] : [])),
  );
  expect(reasons.map(reason => reason.split(':')[0])).toEqual(['queue', 'piscina', 'processes']);
  for (const reason of reasons) expect(reason).toMatch(/could not .*\(\) => index/);
});
