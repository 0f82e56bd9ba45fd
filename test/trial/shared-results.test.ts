import { describe, expect, it } from 'vitest';
import { Batch } from '../../src/tasks/batch.js';
import { runBlocking } from '../../src/tasks/blocking.js';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { ResultBuffer, type ResultMessage, type UnsentResult } from '../../src/tasks/result-buffer.js';
import { ResultLook } from '../../src/tasks/result-look.js';
import { SharedObjects } from '../../src/tasks/shared-objects.js';
import { localSource } from '../../src/tasks/source.js';
import { TaskRunner } from '../../src/tasks/task-runner.js';
import { Ledger } from '../../src/trial/ledger.js';
import type { Workload } from '../../src/workloads/workload.js';

function bufferOf(cold: boolean, refused?: (unsent: UnsentResult) => void) {
  const ledger = Ledger.allocate(300, true);
  ledger.reset(300, cold, cold);
  const look = new ResultLook(ledger, 'thread');
  const posted: ResultMessage[] = [];
  const open = () =>
    new ResultBuffer(
      ledger,
      message => {
        structuredClone(message);
        posted.push(message);
      },
      { refused },
    );
  let buffer = open();
  return {
    ledger,
    posted,
    /** All within a microsecond, after a first message of its own. */
    finish(results: readonly unknown[]) {
      for (const [index, result] of results.entries()) {
        ledger.finishedNs[index] = 5_000_000_000n + BigInt(index);
        ledger.outcome[index] = COMPLETED;
        if (ledger.checked) look.refusal(result);
        buffer.complete(index, result);
      }
      buffer.flush(true);
      return posted.splice(0).map(({ indexes }) => indexes.length);
    },
    reopen(asCold: boolean) {
      ledger.reset(300, asCold, asCold);
      buffer = open();
    },
  };
}

const many = <T>(of: () => T) => Array.from({ length: 65 }, of);

describe('messages of results', () => {
  it.each([true, false])('hold fresh objects together (cold: %s)', cold => {
    expect(bufferOf(cold).finish(many(() => ({ rows: [1] })))).toEqual([1, 64, 0]);
  });

  it.each([true, false])('hold the same object once (cold: %s)', cold => {
    const constant = { rows: [1] };
    expect(
      bufferOf(cold)
        .finish(many(() => constant))
        .slice(0, -1),
    ).toEqual(many(() => 1).slice(1));
  });

  it('hold one result each, from the cold trial on, where results share what is in them', () => {
    const cached = { rows: [1] };
    const buffer = bufferOf(true);
    const results = () => many(() => ({ cached }));
    expect(Math.max(...buffer.finish(results()).slice(2))).toBe(1);
    buffer.reopen(false);
    expect(Math.max(...buffer.finish(results()))).toBe(1);
  });

  it('tell of a result that cannot be sent when nobody looks at results', () => {
    const refused: UnsentResult[] = [];
    bufferOf(false, unsent => refused.push(unsent)).finish([1, { callback: () => 1 }]);
    const uncloneable = expect.objectContaining({ path: 'result.callback', what: 'function' });
    expect(refused).toEqual([{ task: 1, uncloneable, message: null }]);
  });
});

describe('objects that results share are looked for', () => {
  const signal = new AbortController().signal;
  const table = { of: 'all' };

  /** How often each of three results was read, and whether the objects that they share were seen. */
  async function readsOf(shape: 'loop' | 'thread' | 'blocking', checked: boolean, sharing: boolean) {
    const ledger = Ledger.allocate(3, false);
    ledger.reset(3, checked, sharing);
    let reads = 0;
    const result = () => ({
      get table() {
        reads++;
        return table;
      },
    });
    const workload = { task: async () => result(), taskSync: result } as unknown as Workload;
    const options = { workload, context: null, recorder: ledger, worker: 0, taskTimeoutMs: 1_000 };
    const batch = new Batch(3, ledger, signal);
    const source = localSource(3, signal);
    if (shape === 'blocking') await runBlocking(options, source, batch);
    else {
      const runner = new TaskRunner({ ...options, ...(shape === 'thread' && { way: 'thread' as const }) });
      await runner.runLanes(1, source, batch);
    }
    return { readsEach: reads / 3, apart: ledger.apart };
  }

  it.each(['loop', 'thread', 'blocking'] as const)(
    'alike in every executor, in cold trials alone: %s',
    async shape => {
      const cold = await readsOf(shape, true, true);
      const looking = await readsOf(shape, true, false);
      const measured = await readsOf(shape, false, false);
      expect([cold.apart, looking.apart, measured.apart]).toEqual([true, false, false]);
      expect(cold.readsEach).toBe((await readsOf('thread', true, true)).readsEach);
      expect(cold.readsEach).toBeGreaterThan(looking.readsEach);
      expect(looking.readsEach).toBeGreaterThan(measured.readsEach);
      expect(measured.readsEach).toBe(0);
    },
  );

  it('in the first results of a thread: a heap full of them is not searched through', () => {
    const ledger = Ledger.allocate(100, false);
    ledger.reset(100, true, true);
    const look = new ResultLook(ledger);
    for (let index = 0; index < 64; index++) look.refusal({ index });
    for (let index = 64; index < 100; index++) look.refusal({ table });
    expect(ledger.apart).toBe(false);
  });
});

describe('SharedObjects', () => {
  const finds = (a: unknown, b: unknown) => {
    const shared = new SharedObjects();
    shared.has(a);
    return shared.has(b);
  };
  const table = { of: 'all' };
  const pool = Buffer.alloc(100);
  it.each<[string, unknown, unknown]>([
    ['in fields', { table }, { rows: [table] }],
    ['in maps', new Map([[1, table]]), { table }],
    ['in sets', new Set([table]), [table]],
    ['of memory', pool.subarray(0, 10), pool.subarray(20, 30)],
  ])('finds what is shared %s', (_, a, b) => expect(finds(a, b)).toBe(true));

  it.each<[string, unknown, unknown]>([
    ['numbers and texts', { a: 1, b: 'x' }, { a: 1, b: 'x' }],
    ['an object twice in one result', 0, [table, table]],
    ['shared memory', new SharedArrayBuffer(1), new SharedArrayBuffer(1)],
    [
      'what cannot be read',
      {
        get a() {
          throw new Error('no');
        },
      },
      1,
    ],
  ])('finds nothing in %s', (_, a, b) => expect(finds(a, b)).toBe(false));
});
