import { expect, test } from 'vitest';
import { Gauge } from '../../src/origin/gauge.js';

function scripted() {
  let nowMs = 1000;
  const gauge = new Gauge(() => nowMs);
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { gauge, pass };
}

test('mean concurrency is weighted by time', () => {
  const { gauge, pass } = scripted();
  gauge.connected();
  pass(10); // nobody
  expect(gauge.arrived()).toBe(1);
  pass(20); // one
  expect(gauge.arrived()).toBe(2);
  pass(30); // two
  gauge.answered();
  pass(40); // one
  expect(gauge.take()).toMatchObject({
    requests: 2,
    responses: 1,
    connections: 1,
    maxConcurrency: 2,
    meanConcurrency: (20 + 2 * 30 + 40) / 100,
    elapsedMs: 100,
  });
});

test('a reading starts where the one before ended', () => {
  const { gauge, pass } = scripted();
  gauge.arrived();
  gauge.arrived();
  gauge.left(1);
  pass(10);
  gauge.take();
  pass(50);
  gauge.answered();
  pass(50);
  expect(gauge.take()).toMatchObject({
    requests: 0,
    responses: 1,
    connections: 0,
    maxConcurrency: 1,
    meanConcurrency: 0.5,
    elapsedMs: 100,
  });
  expect(gauge.take()).toMatchObject({ maxConcurrency: 0, meanConcurrency: 0, elapsedMs: 0 });
});

test('CPU time and loop utilisation are those since the last reading', () => {
  const gauge = new Gauge();
  let word = 1;
  for (let i = 0; i < 3e7; i++) word = Math.imul(word, 48271) + i;
  expect(word).toBeTypeOf('number');
  const busy = gauge.take();
  const idle = gauge.take();
  expect(busy.cpuMs).toBeGreaterThan(idle.cpuMs);
  // What is a share of a time is that time, as long as the loop has come round.
  expect(busy.loopActiveMs).toBeGreaterThanOrEqual(0);
});
