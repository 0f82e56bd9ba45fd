import { expect, test } from 'vitest';
import { askToSend, type ConsentRequest } from '../../src/cli/consent.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { outside } from './outside.js';

const HOST = 'staging.example.com';

async function asked(input: PlanInput, answer?: string | null, more: Partial<ConsentRequest> = {}) {
  const plan = await makePlan({
    targets: ['http'],
    params: { url: `https://${HOST}` },
    allowRemote: [HOST],
    executors: ['limited'],
    ...input,
  });
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answer!;
  };
  const { deps, written } = outside(answer === undefined ? {} : { ask });
  const code = await askToSend({ plan, yes: false, inFlight: 16, ...more }, deps);
  return { code, questions, stderr: written.stderr };
}

const TOLD = `This run sends requests to another machine:
  GET https://${HOST}/todos/{index}
at most 100 a second, 16 in flight, 10,000 in all (--remote-rate, --remote-total).
Executors that could do more are held to that rate and give no verdict: --load rate=50/s compares their latencies.
`;

test('what will be sent is told, and asked for on a terminal', async () => {
  for (const answer of ['y', 'yes', ' Y '])
    expect(await asked({}, answer)).toEqual({ code: null, questions: ['Send this? [y/N] '], stderr: TOLD });
});

test.each(['', 'n', 'no', 'yess', 'x'])('%j is no', async answer => {
  const { code, stderr } = await asked({}, answer);
  expect({ code, stderr }).toEqual({ code: 130, stderr: `${TOLD}Nothing was sent, and nothing was run.\n` });
});

test('nor is Ctrl-C', async () => {
  expect(await asked({}, null)).toMatchObject({ code: 130 });
});

test('without a terminal, or with --yes, it is told and goes on', async () => {
  expect(await asked({})).toEqual({ code: null, questions: [], stderr: TOLD });
  expect(await asked({}, 'n', { yes: true })).toEqual({ code: null, questions: [], stderr: TOLD });
});

test('limits that were lifted, and the rate of a load, are told as they are', async () => {
  const lifted = await asked({ remoteRate: 'none', remoteTotal: 'none' });
  expect(lifted.stderr).toContain(
    'as many a second as there is room for, 16 in flight, without a limit in all',
  );
  expect(lifted.stderr).not.toContain('held');
  const { stderr } = await asked({ load: 'rate=20,50/s' });
  expect(stderr).toContain('at most 50 a second');
  expect(stderr).not.toContain('held');
});

test('nothing is told of loopback', async () => {
  const local = await asked({ params: { url: 'http://localhost:3000' } }, 'n');
  expect(local).toEqual({ code: null, questions: [], stderr: '' });
});

test('neither a secret nor what a terminal would obey is shown', async () => {
  const headers = { cookie: 'id=123456789' };
  const params = { url: `https://${HOST}`, path: '/?id=123456789', headers };
  const { stderr } = await asked({ params: { ...params, path: '/a?id=123456789' } });
  expect(stderr).toContain('/a?•••');
});
