import { describe, expect, it } from 'vitest';
import { COMPLETED } from '../../src/tasks/recorder.js';
import { ResultBuffer, type ResultMessage } from '../../src/tasks/result-buffer.js';
import { SharedObjects } from '../../src/tasks/shared-objects.js';
import { Ledger } from '../../src/trial/ledger.js';

function bufferOf(checked: boolean, refused?: (reason: string) => void) {
  const ledger = Ledger.allocate(300, true);
  ledger.reset(300, checked);
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
        buffer.complete(index, result);
      }
      buffer.flush(true);
      return posted.splice(0).map(({ indexes }) => indexes.length);
    },
    reopen(asChecked: boolean) {
      ledger.reset(300, asChecked);
      buffer = open();
    },
  };
}

const many = <T>(of: () => T) => Array.from({ length: 65 }, of);

describe('messages of results', () => {
  it.each([true, false])('hold fresh objects together (cold: %s)', checked => {
    expect(bufferOf(checked).finish(many(() => ({ rows: [1] })))).toEqual([1, 64, 0]);
  });

  it.each([true, false])('hold the same object once (cold: %s)', checked => {
    const constant = { rows: [1] };
    expect(
      bufferOf(checked)
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
    const reasons: string[] = [];
    bufferOf(false, reason => reasons.push(reason)).finish([1, { callback: () => 1 }]);
    expect(reasons[0]).toMatch(/^could not send the result of task 1: result\.callback, a function/);
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
