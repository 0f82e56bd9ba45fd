import { expect, it } from 'vitest';
import { MessageLog } from '../../src/ui/server/message-log.js';

const failed = (error: string) => ({ type: 'failed', run: 1, error }) as const;
const progress = (text: string) => ({ type: 'progress', run: 1, leftMs: null, text }) as const;

it('gives messages growing ids, and those after one again', () => {
  const log = new MessageLog();
  for (const error of ['a', 'b', 'c']) log.add(failed(error));
  expect(log.after(0).map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(log.after(2)).toEqual([{ id: 3, ...failed('c') }]);
  expect(log.after(3)).toEqual([]);
});

it('keeps of progress the latest alone, which is no gap', () => {
  const log = new MessageLog();
  log.add(failed('a'));
  for (const text of ['one', 'two', 'three']) log.add(progress(text));
  expect(log.after(0)).toEqual([
    { id: 1, ...failed('a') },
    { id: 4, ...progress('three') },
  ]);
  expect(log.after(2)).toEqual([{ id: 4, ...progress('three') }]);
});

it.each([
  ['messages', { messages: 2, bytes: 1e6 }],
  ['bytes', { messages: 100, bytes: 120 }],
])('is bounded in %s, and says that older ones are gone', (_, limits) => {
  const log = new MessageLog(limits);
  for (const error of ['a', 'b', 'c', 'd']) log.add(failed(error));
  expect(log.after(0)).toEqual([
    { id: 2, type: 'gap' },
    { id: 3, ...failed('c') },
    { id: 4, ...failed('d') },
  ]);
  // Who has seen those that are gone misses nothing.
  expect(log.after(2).map(({ type }) => type)).toEqual(['failed', 'failed']);
});

it('takes an id that it never gave for one of another server', () => {
  const log = new MessageLog();
  log.add(failed('a'));
  expect(log.after(77).map(({ id, type }) => [id, type])).toEqual([
    [0, 'gap'],
    [1, 'failed'],
  ]);
});

it('gives who comes anew the latest result of each kind', () => {
  const log = new MessageLog();
  for (const error of ['a', 'b']) log.add(failed(error));
  log.add(progress('one'));
  log.add({ type: 'state', state: 'idle' });
  expect(log.latest().map(({ id }) => id)).toEqual([2, 3]);
});

it('tells listeners until they end it', () => {
  const log = new MessageLog();
  const heard: number[] = [];
  const end = log.listen(({ id }) => heard.push(id));
  log.add(failed('a'));
  end();
  log.add(failed('b'));
  expect([heard, log.listeners]).toEqual([[1], 0]);
});
