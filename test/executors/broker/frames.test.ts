import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BrokerFault,
  decodeFrames,
  encodeFrame,
  MOST_RETRIES,
  type ResultFrame,
  valueOfFrame,
} from '../../../src/executors/broker/frames.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED } from '../../../src/tasks/recorder.js';

const WORKERS = 4;
const ONCE = { retries: 0, takeovers: 0 };
const UNCLONEABLE = {
  ...{ code: 'uncloneable', way: 'process', path: 'result.at', what: 'function', quote: '() => 1' },
};
const ELSEWHERE = { code: 'resolved-elsewhere', host: 'a.example', now: ['192.0.2.1'], before: [] };
/** A reply has both in one number. */
const reply = (value: unknown, outcome: number, worker = 0, startedNs = 5e12, durationNs = 7_000) =>
  [value, outcome + 8 * worker, startedNs, durationNs] as const;
const one = (message: Buffer): ResultFrame => decodeFrames(message, WORKERS)[0]!;

describe('results in a message', () => {
  it.each([
    undefined,
    null,
    0,
    -0,
    Number.NaN,
    Math.PI,
    2n ** 70n,
    new Map([['a', new Set([1])]]),
    new Float64Array([1.5, -0]),
    { nested: { date: new Date(0) } },
  ])('come back as they were: %s', value => {
    const message = Buffer.concat([
      encodeFrame(7, reply(value, COMPLETED, 3), { retries: 0, takeovers: 1 }),
      encodeFrame(2 ** 32 - 1, reply(undefined, NOT_STARTED, 0, 0, 0), ONCE),
    ]);
    const [first, second] = decodeFrames(message, WORKERS);
    expect(first).toMatchObject({ index: 7, outcome: COMPLETED, worker: 3, takeovers: 1 });
    expect(first).toMatchObject({ startedNs: 5e12, durationNs: 7_000 });
    expect(valueOfFrame(first!)).toEqual(value);
    expect(second).toMatchObject({ index: 2 ** 32 - 1, outcome: NOT_STARTED, takeovers: 0 });
    expect(valueOfFrame(second!)).toBe(undefined);
  });

  it('are 32 bytes and their value, which a number is in', () => {
    expect(encodeFrame(1, reply(undefined, COMPLETED), ONCE)).toHaveLength(32);
    expect(encodeFrame(1, reply(Math.PI, COMPLETED), ONCE)).toHaveLength(32);
    expect(encodeFrame(1, reply('text', COMPLETED), ONCE).length).toBeGreaterThan(32);
  });

  it('that cannot be sent are refused where they are', () => {
    expect(() =>
      encodeFrame(
        1,
        reply(() => 1, COMPLETED),
        ONCE,
      ),
    ).toThrow('could not be cloned');
  });

  it.each([0.5, 'text'])('say how often a task was begun before, beside all else: %s', value => {
    const numbers = [0, 2, MOST_RETRIES];
    const counts = numbers.flatMap(retries => numbers.map(takeovers => ({ retries, takeovers })));
    const message = Buffer.concat(counts.map(before => encodeFrame(1, reply(value, COMPLETED), before)));
    const frames = decodeFrames(message, WORKERS);
    expect(frames.map(({ retries, takeovers }) => ({ retries, takeovers }))).toEqual(counts);
    for (const frame of frames) expect([frame.outcome, valueOfFrame(frame)]).toEqual([COMPLETED, value]);
  });

  it('of failed tasks are failures', () => {
    const causes = [
      ...[{ code: 'timeout', limitMs: 5 }, UNCLONEABLE, ELSEWHERE],
      ...[301, 302].map(status => ({ code: 'redirect', status, location: status === 301 ? null : '/' })),
      { code: 'certificate', errorCode: 'CERT_HAS_EXPIRED', message: 'certificate has expired' },
    ];
    const failures = [
      { kind: 'http-500', message: 'no' },
      ...causes.map(cause => ({ kind: cause.code, message: cause })),
    ];
    for (const failure of failures)
      expect(valueOfFrame(one(encodeFrame(1, reply(failure, FAILED), ONCE)))).toEqual(failure);
    const cancelled = { kind: 'cancelled', message: 'cancelled' };
    expect(valueOfFrame(one(encodeFrame(1, reply(cancelled, CANCELLED), ONCE)))).toEqual(cancelled);
  });
});

describe('what no worker sends', () => {
  const good = encodeFrame(1, reply('text', COMPLETED), ONCE);
  const changed = (change: (message: Buffer) => void) => {
    const message = Buffer.from(good);
    change(message);
    return () => decodeFrames(message, WORKERS).map(valueOfFrame);
  };

  it.each([
    ['is cut', () => decodeFrames(good.subarray(0, -1), WORKERS), 'cut-off'],
    ['has less than a head', () => decodeFrames(good.subarray(0, 31), WORKERS), 'cut-off'],
    ['says a length beyond its end', changed(message => message.writeUInt32LE(2 ** 31, 24)), 'cut-off'],
    ['has an outcome that is none', changed(message => message.writeUInt8(7, 6)), 'unknown-outcome'],
    ['is of a worker that is none', changed(message => message.writeUInt16LE(4, 4)), 'unknown-worker'],
    ['began before time', changed(message => message.writeDoubleLE(-1, 8)), 'impossible-time'],
    ['took no number', changed(message => message.writeDoubleLE(Number.NaN, 16)), 'impossible-time'],
    ['is of another kind', changed(message => message.writeUInt32LE(2, 28)), 'unknown-kind'],
    ['has a value that V8 did not write', changed(message => message.fill(0xff, 32)), 'unreadable'],
  ])('and %s is a fault', (_, read, said) => {
    expect(read).toThrow(BrokerFault);
    expect(read).toThrow(said);
  });

  it.each([
    ['no kind', { message: 'no' }],
    ['a number in its place', 7],
    ['a kind that objects have', { kind: 'constructor', message: 'no' }],
    ['no text', { kind: 'error', message: 5 }],
    ['the kind of a cancelled task', { kind: 'cancelled', message: 'no' }],
    ['a text without an end', { kind: 'error', message: 'x'.repeat(100_001) }],
    ['nothing', undefined],
    ['a cause of another kind', { kind: 'error', message: { code: 'timeout', limitMs: 5 } }],
    ['a cause that no worker finds', { kind: 'stalled', message: { code: 'stalled' } }],
    ['a cause that is none', { kind: 'toString', message: { code: 'toString' } }],
    ['a value of another type', { kind: 'timeout', message: { code: 'timeout', limitMs: '5' } }],
    ['a value that is missing', { kind: 'timeout', message: { code: 'timeout' } }],
    ['a value too many', { kind: 'timeout', message: { code: 'timeout', limitMs: 5, more: 1 } }],
    ['what is no part', { kind: 'uncloneable', message: { ...UNCLONEABLE, what: 'planet' } }],
    ['no list', { kind: 'resolved-elsewhere', message: { ...ELSEWHERE, now: '192.0.2.1' } }],
  ])('a failure with %s is a fault', (_, failure) => {
    expect(() => valueOfFrame(one(encodeFrame(1, reply(failure, FAILED), ONCE)))).toThrow(BrokerFault);
  });

  it('is a fault and nothing else, whatever bytes they are', () => {
    const read = (bytes: Uint8Array) => {
      try {
        decodeFrames(Buffer.from(bytes), WORKERS).map(valueOfFrame);
      } catch (error) {
        expect(error).toBeInstanceOf(BrokerFault);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), read));
    const damaged = fc.tuple(fc.nat(good.length - 1), fc.nat(255)).map(([at, byte]) => {
      const message = Buffer.from(good);
      message[at] = byte;
      return message;
    });
    fc.assert(fc.property(damaged, read));
  });
});
