import { expect, it } from 'vitest';
import { DelayLine } from '../../../src/executors/broker/relay/delay-line.js';
import { leastRoundTripMs } from '../../../src/executors/broker/round-trip.js';

/** A line of 5 ms, its clock and what its alarm was set to. */
function scripted() {
  const time = { nowMs: 0, setTo: [] as number[] };
  const line = new DelayLine({
    delayMs: 5,
    nowMs: () => time.nowMs,
    alarm: { set: atMs => time.setTo.push(atMs) },
  });
  const done: string[] = [];
  return { time, line, done, hold: (name: string) => line.hold(() => done.push(name)) };
}

it('does in order what is due, and sets its alarm to what is due next', () => {
  const { time, line, done, hold } = scripted();
  hold('a');
  time.nowMs = 1;
  hold('b');
  time.nowMs = 3;
  hold('c');
  expect(time.setTo).toEqual([5]);
  time.nowMs = 6.2;
  line.ring();
  expect(done).toEqual(['a', 'b']);
  expect(time.setTo).toEqual([5, 8]);
  time.nowMs = 8;
  line.ring();
  expect(done).toEqual(['a', 'b', 'c']);
  expect(time.setTo).toEqual([5, 8]);
  hold('d');
  expect(time.setTo).toEqual([5, 8, 13]);
});

it('does not wait for what is due so soon that to be woken takes longer', () => {
  const { time, line, done, hold } = scripted();
  hold('a');
  time.nowMs = 0.09;
  hold('b');
  time.nowMs = 0.2;
  hold('c');
  time.nowMs = 5;
  line.ring();
  expect(done).toEqual(['a', 'b']);
  expect(time.setTo).toEqual([5, 5.2]);
});

it('holds what comes of what it does for as long again', () => {
  const { time, line, done, hold } = scripted();
  line.hold(() => hold('answer'));
  time.nowMs = 5;
  line.ring();
  expect(done).toEqual([]);
  expect(time.setTo).toEqual([5, 10]);
  time.nowMs = 10;
  line.ring();
  expect(done).toEqual(['answer']);
});

it('a round trip is the least of sixteen', async () => {
  const tookMs = Array.from({ length: 16 }, (_, question) => (question === 9 ? 0.2 : 0.5 + question));
  let nowMs = 0;
  let asked = 0;
  const ask = async () => {
    nowMs += tookMs[asked++]!;
  };
  expect(await leastRoundTripMs(ask, () => nowMs)).toBeCloseTo(0.2, 9);
  expect(asked).toBe(16);
});
