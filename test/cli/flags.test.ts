import { expect, test } from 'vitest';
import { readRunFlags } from '../../src/cli/flags.js';
import { UsageError } from '../../src/errors.js';
import { bytesOrText, durationMsOrText, readAssignments, shareOrText } from '../../src/settings/text.js';

test.each([
  ['20s', 20_000],
  ['500ms', 500],
  ['1.5m', 90_000],
  ['0s', 0],
  ['-1s', -1000],
  ['20', '20'],
  ['soon', 'soon'],
  ['s', 's'],
  ['', ''],
])('the duration %j is %j', (text, value) => {
  expect(durationMsOrText(text)).toBe(value);
});

test.each([
  ['3%', 0.03],
  ['1.1%', 0.011],
  ['0.03', 0.03],
  ['.5', 0.5],
  ['three', 'three'],
  ['x%', 'x%'],
])('the share %j is %j', (text, value) => {
  expect(shareOrText(text)).toBe(value);
});

test.each([
  [['a=1'], { a: ['1'] }],
  [['a=1,2', 'b=x', 'a=3'], { a: ['1', '2', '3'], b: ['x'] }],
  [['path=/a?b=c'], { path: ['/a?b=c'] }],
  [['a='], { a: [''] }],
  [['h={"a":"b","c":"d"}'], { h: ['{"a":"b","c":"d"}'] }],
  [['p=["a,b","c"]'], { p: ['a,b', 'c'] }],
  [['p="a,b"'], { p: ['a,b'] }],
])('%j is %j', (texts, assigned) => {
  expect(readAssignments('--param', texts)).toEqual(assigned);
});

test.each(['x', '=1', ''])('%j assigns nothing', text => {
  expect(() => readAssignments('--param', [text])).toThrow(
    /--param: expected NAME=VALUE\[,VALUE\], got .*"threads-vs-loop list"/,
  );
});

test('JSON that does not parse', () => {
  expect(() => readAssignments('--param', ['path=["a"'])).toThrow(UsageError);
});

test('flags become the input of a plan', () => {
  const given = {
    executors: 'limited, queue',
    tasks: '50,1e2',
    threads: '1,x',
    batchSize: '5,10',
    onError: 'abort',
  };
  const input = readRunFlags({
    ...given,
    param: ['a=1'],
    option: ['atomics=sync'],
    budget: '2s',
    maxFailed: '5%',
    load: 'rate=100..200/s',
    duration: '10s',
    maxBacklog: '500',
    slo: 'p99<50ms',
    equivalence: '2%',
  });
  expect(Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))).toEqual({
    executors: ['limited', 'queue'],
    tasks: [50, 100],
    threads: [1, 'x'],
    params: { a: ['1'] },
    options: { atomics: ['sync'], batchSize: ['5', '10'], onError: ['abort'] },
    budgetMs: 2000,
    maxFailed: '5%',
    load: 'rate=100..200/s',
    durationMs: 10_000,
    maxBacklog: 500,
    slo: 'p99<50ms',
    equivalence: 0.02,
  });
});

test.each([
  ['64kB', 64_000],
  ['1.5MB', 1_500_000],
  ['10B', 10],
  ['4096', 4_096],
  ['1e6', 1_000_000],
  ['64KB', '64KB'],
  ['much', 'much'],
])('the size %j is %j', (text, value) => {
  expect(bytesOrText(text)).toBe(value);
});

test('what moves data, sizes pools and scales waits', () => {
  const given = {
    payload: '0,64kB',
    payloadBy: 'clone,shared',
    uvThreads: '2,8',
    timeScale: '0.1',
    expectFailures: 'http-503, reset',
    timeline: true,
  };
  expect(readRunFlags(given)).toMatchObject({
    payloadBytes: [0, 64_000],
    options: { payloadBy: ['clone', 'shared'] },
    uvThreads: [2, 8],
    timeScale: 0.1,
    expectedFailures: ['http-503', 'reset'],
    timeline: true,
  });
});

test.each([
  [{ executor: ['queue'] }, ['queue']],
  [{ executor: ['queue', 'limited,piscina'] }, ['queue', 'limited', 'piscina']],
  [{ executors: 'limited', executor: ['queue'] }, ['limited', 'queue']],
])('--executor is --executors: %j', (flags, executors) => {
  expect(readRunFlags(flags)).toEqual({ executors });
});
