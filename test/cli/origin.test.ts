import { EventEmitter, once } from 'node:events';
import { expect, test } from 'vitest';
import { outside } from './outside.js';

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
] as const)('the origin serves until %s, and exits %i', async (signal, code) => {
  const printed = new EventEmitter();
  const stdout = { write: (text: string) => printed.emit('url', text.trim()) };
  const { run, signals } = outside({ stdout, catalogue: undefined as never });
  const url = once(printed, 'url');
  const ended = run('origin', '--param', 'waitMs=0', '--seed', '7');
  const [base] = await url;
  expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${base}/todos/1`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ id: 1 });
  signals.emit(signal);
  expect(await ended).toBe(code);
  await expect(fetch(`${base}/todos/1`)).rejects.toThrow();
});
