import { expect, it } from 'vitest';
import { ANSWER_LIMIT_MS, BrokerWatch } from '../../../src/executors/broker/broker-watch.js';

/** A watch, its clock, and writes that are answered by hand. */
function scripted(rttMs = 0) {
  const time = { nowMs: 0 };
  const slowest = { slowestAnswerMs: 0 };
  const answers: PromiseWithResolvers[] = [];
  const write = () => {
    const answer = withResolvers();
    answers.push(answer);
    return answer.promise;
  };
  return { time, slowest, answers, watch: new BrokerWatch({ write, slowest, rttMs, now: () => time.nowMs }) };
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function withResolvers(): PromiseWithResolvers {
  let settle = { resolve: () => {}, reject: (_error: Error) => {} };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

it('says what the broker refuses to be written', async () => {
  const { answers, watch } = scripted();
  const look = watch.look();
  answers[0]!.reject(new Error('OOM command not allowed'));
  await expect(look).rejects.toThrow('OOM command not allowed');
});

it.each([
  [0, 900, 0],
  [0, 1_100, 1_100],
  [1_000, 1_900, 0],
  [1_000, 2_100, 2_100],
])(
  'with a round trip of %i ms more, an answer after %i ms is slow for %i ms',
  async (rttMs, tookMs, slowMs) => {
    const { time, slowest, answers, watch } = scripted(rttMs);
    const look = watch.look();
    time.nowMs = tookMs;
    answers[0]!.resolve();
    await look;
    expect(slowest.slowestAnswerMs).toBe(slowMs);
  },
);

it('asks nothing more while it waits, and gives up a broker that does not answer', async () => {
  const { time, slowest, answers, watch } = scripted();
  void watch.look();
  time.nowMs = ANSWER_LIMIT_MS - 1;
  await watch.look();
  expect([answers.length, slowest.slowestAnswerMs]).toEqual([1, ANSWER_LIMIT_MS - 1]);
  time.nowMs = ANSWER_LIMIT_MS;
  const loss = { code: 'broker-silent', limitMs: ANSWER_LIMIT_MS };
  await expect(watch.look()).rejects.toMatchObject({ loss });
});

it('asks anew when it was answered, and remembers the slowest', async () => {
  const { time, slowest, answers, watch } = scripted();
  for (const tookMs of [1_500, 3_000, 10]) {
    const look = watch.look();
    time.nowMs += tookMs;
    answers.at(-1)!.resolve();
    await look;
  }
  expect([answers.length, slowest.slowestAnswerMs]).toEqual([3, 3_000]);
});
