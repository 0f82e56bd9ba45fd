import { expect, it } from 'vitest';
import { Listener } from '../../../src/executors/broker/postgres/listener.js';

/** Nothing listens at the first port. */
const NOWHERE = { url: 'postgres://me:secret@127.0.0.1:1/postgres', caFile: null };

it('looks for a broker that was lost before it listened, where that is watched', async () => {
  const told: string[] = [];
  const watch = { lost: () => told.push('lost'), found: () => told.push('found') };
  const listener = new Listener(NOWHERE, 'orders', () => {}, watch);
  await listener.open();
  listener.close();
  expect([told, listener.isOpen]).toEqual([['lost'], false]);
});

it('says so to whoever opens it where nobody watches', async () => {
  await expect(new Listener(NOWHERE, 'orders', () => {}).open()).rejects.toThrow(/ECONNREFUSED/);
});
