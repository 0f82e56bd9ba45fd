import { describe, expect, it } from 'vitest';
import { refusalOf, spread } from '../../../src/executors/broker/remote/admission.js';
import {
  type Announcement,
  PROTOCOL,
  parseAnnouncement,
  parseOrder,
  parseReply,
} from '../../../src/executors/broker/remote/protocol.js';

const CONTENTS = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const RUN = '01234567';
const ID = '0123456789abcdef';

const WORKER: Announcement = {
  protocol: PROTOCOL,
  host: 'one',
  cores: 4,
  node: 'v24.1.0',
  threads: 2,
  concurrency: 16,
  modules: [{ name: 'render', contents: CONTENTS }],
  busy: false,
};

describe('what a worker says of itself', () => {
  it('is read as it was written', () => {
    expect(parseAnnouncement(JSON.stringify(WORKER))).toEqual(WORKER);
  });

  it.each([
    null,
    'no JSON',
    '[]',
    'null',
    JSON.stringify({ ...WORKER, cores: '4' }),
    JSON.stringify({ ...WORKER, threads: 0 }),
    JSON.stringify({ ...WORKER, threads: 1e9 }),
    JSON.stringify({ ...WORKER, concurrency: 1.5 }),
    JSON.stringify({ ...WORKER, host: 'x'.repeat(301) }),
    JSON.stringify({ ...WORKER, modules: [{ name: 'render', contents: 'short' }] }),
    JSON.stringify({ ...WORKER, modules: [null] }),
    JSON.stringify({ ...WORKER, node: 'x'.repeat(2_000_000) }),
  ])('is nothing where no worker says it: %.60s', text => {
    expect(parseAnnouncement(text)).toBeNull();
  });

  it('has nothing that a terminal obeys', () => {
    const host = 'a\u001b[31m\nb';
    expect(parseAnnouncement(JSON.stringify({ ...WORKER, host }))!.host).toBe('a [31m b');
  });
});

describe('a worker', () => {
  const wanted = { node: 'v24.9.1', modules: WORKER.modules, concurrency: 16 };

  it('is taken with the same modules and the same major of Node', () => {
    expect(refusalOf(WORKER, wanted)).toBeNull();
  });

  it.each<[Partial<Announcement>, RegExp]>([
    [{ node: 'v22.3.0' }, /has Node v22\.3\.0, this run v24\.9\.1/],
    [
      { modules: [{ name: 'render', contents: OTHER }] },
      /has render with the contents b{12}, this run has a{12}/,
    ],
    [{ modules: [{ name: 'parse', contents: OTHER }] }, /was started without render \(a{12}\)/],
    [{ concurrency: 8 }, /takes 8 tasks at a time .* this run has 16/],
    [{ protocol: 1 }, new RegExp(`version 1 of the protocol, this run ${PROTOCOL}`)],
    [{ busy: true }, /works for another run/],
  ])('is refused with both values: %j', (other, why) => {
    expect(refusalOf({ ...WORKER, ...other }, wanted)).toMatch(why);
  });
});

describe('processes of a run', () => {
  it.each([
    [4, [2, 2], [2, 2]],
    [3, [2, 2], [2, 1]],
    [5, [1, 8], [1, 4]],
    [1, [2, 2], [1, 0]],
    [5, [2, 2], null],
  ])('%d over workers with room for %j', (processes, room, counts) => {
    expect(spread(processes, room)).toEqual(counts);
  });
});

describe('what is asked of a worker', () => {
  const replyTo = `{tvl-${RUN}}:replies`;
  const names = {
    run: RUN,
    prefix: `{tvl-${RUN}}`,
    queue: 'tasks',
    trials: 'trials',
    executions: 'executions',
    aborts: 'aborts',
  };
  const workload = { name: 'render', moduleUrl: '', contents: CONTENTS, params: {}, env: {} };
  const open = {
    ...{ names, workload, taskTimeoutMs: 1, payload: null, concurrency: 1 },
    ...{ maxStalled: 0, first: 0, count: 1 },
  };
  const asked = (order: unknown, more: object = {}) =>
    parseOrder(JSON.stringify({ ask: 1, replyTo, order, ...more }));

  it.each([
    { kind: 'clock' },
    { kind: 'usage', run: RUN },
    { kind: 'close', run: RUN },
    { kind: 'open', open },
  ])('is read: %.40j', order => {
    expect(asked(order)?.order).toEqual(order);
  });

  it('is nothing where no controller asks it', () => {
    expect(asked({ kind: 'run', code: 'process.exit()' })).toBeNull();
    expect(asked({ kind: 'close', run: '../x' })).toBeNull();
    expect(asked({ kind: 'open', open: { ...open, workload: { ...workload, contents: 'x' } } })).toBeNull();
    expect(asked({ kind: 'open', open: { ...open, count: 1e6 } })).toBeNull();
    expect(asked({ kind: 'open' })).toBeNull();
    expect(asked({ kind: 'clock' }, { replyTo: 'somebody' })).toBeNull();
    expect(asked({ kind: 'clock' }, { ask: -1 })).toBeNull();
  });

  it('is answered with stamps, and by nothing else', () => {
    const reply = { worker: ID, ask: 1, arrivedNs: 1, answeredNs: 2 };
    expect(parseReply(JSON.stringify(reply))).toEqual(reply);
    for (const wrong of [
      { worker: 'x' },
      { arrivedNs: '1' },
      { usage: {} },
      { refused: 1 },
      { answeredNs: 1e300 },
    ])
      expect(parseReply(JSON.stringify({ ...reply, ...wrong }))).toBeNull();
  });
});
