import { describe, expect, it } from 'vitest';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { ResultBuffer, type ResultMessage } from '../../src/tasks/result-buffer.js';
import { Ledger } from '../../src/trial/ledger.js';

function bufferOf(post?: (message: ResultMessage) => void) {
  const ledger = Ledger.allocate(200, true);
  const posted: ResultMessage[] = [];
  const buffer = new ResultBuffer(ledger, message => {
    post?.(message);
    posted.push(message);
  });
  /** Ends a task at a time of the script. */
  const finish = (index: number, atNs: bigint, result: unknown = index) => {
    ledger.finishedNs[index] = atNs;
    ledger.outcome[index] = COMPLETED;
    buffer.complete(index, result);
  };
  return { ledger, posted, buffer, finish };
}

const START_NS = 5_000_000_000n;

describe('ResultBuffer', () => {
  it('posts 64 results together, as parallel arrays', () => {
    const { posted, finish } = bufferOf();
    // The first comes long after anything else: it goes at once. The others come 1 µs apart.
    finish(0, START_NS);
    for (let index = 1; index <= 64; index++) finish(index, START_NS + BigInt(index) * 1_000n);
    expect(posted.map(message => message.indexes.length)).toEqual([1, 64]);
    expect(posted[1]!.results).toEqual(posted[1]!.indexes);
  });

  it('posts at once when more than a millisecond has passed since the last message', () => {
    const { posted, finish } = bufferOf();
    finish(0, START_NS);
    finish(1, START_NS + 900_000n);
    finish(2, START_NS + 1_100_000n);
    finish(3, START_NS + 3_200_000n);
    expect(posted.map(message => message.indexes)).toEqual([[0], [1, 2], [3]]);
  });

  it('counts that across the overflow of the low half of the clock', () => {
    const { posted, finish } = bufferOf();
    const beforeOverflow = 2n ** 32n - 500_000n;
    finish(0, beforeOverflow);
    finish(1, beforeOverflow + 900_000n);
    expect(posted).toHaveLength(1);
    finish(2, beforeOverflow + 1_100_000n);
    expect(posted.map(message => message.indexes)).toEqual([[0], [1, 2]]);
  });

  it('posts what is there when the loop turns', async () => {
    const { posted, finish } = bufferOf();
    finish(0, START_NS);
    finish(1, START_NS + 1_000n);
    expect(posted).toHaveLength(1);
    await new Promise(setImmediate);
    expect(posted.map(message => message.indexes)).toEqual([[0], [1]]);
  });

  it('ends with a message that says so, even an empty one', () => {
    const { posted, buffer } = bufferOf();
    buffer.flush(false);
    expect(posted).toEqual([]);
    buffer.flush(true);
    expect(posted).toEqual([{ indexes: [], results: [], failedIndexes: [], failures: [], done: true }]);
  });

  it('makes a failure of the one result that cannot travel, and sends the others', () => {
    const { ledger, posted, buffer, finish } = bufferOf(message => structuredClone(message));
    finish(0, START_NS);
    finish(1, START_NS + 1n, () => 1);
    finish(2, START_NS + 2n);
    buffer.flush(true);
    expect(posted[1]).toMatchObject({ indexes: [2], results: [2], failedIndexes: [1], done: true });
    const found = {
      code: 'uncloneable',
      way: 'thread',
      path: 'result',
      what: 'function',
      quote: '() => 1',
    };
    expect(posted[1]!.failures).toEqual([{ kind: 'uncloneable', message: found }]);
    expect(ledger.outcome[1]).toBe(FAILED);
  });
});
