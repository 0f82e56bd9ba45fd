import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packReply, unpackReply } from '../../src/tasks/packed-reply.js';

it('gives a reply back as it was, whatever numbers it has', () => {
  const numbers = fc.double({ noNaN: true });
  const replies = fc.tuple(fc.string(), numbers, numbers, numbers);
  fc.assert(
    fc.property(replies, reply => {
      expect(unpackReply(structuredClone(packReply(reply)))).toEqual(reply);
    }),
  );
});

it('leaves the value to whoever sends it', () => {
  const value = { by: new Map() };
  expect(unpackReply(packReply([value, 2, 1e15, 7_000]))[0]).toBe(value);
});
