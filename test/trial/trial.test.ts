import { describe, expect, it } from 'vitest';
import { compareDigests } from '../../src/stats/digests.js';
import { Batch } from '../../src/tasks/batch.js';
import { CANCELLED, COMPLETED, FAILED, NOT_STARTED } from '../../src/tasks/recorder.js';
import { readColumns } from '../../src/trial/columns.js';
import { digestOf, digestResults } from '../../src/trial/digest.js';
import { Ledger } from '../../src/trial/ledger.js';
import { BatchTrialLoad } from '../../src/trial/loads/batch-load.js';
import { runTrial } from '../../src/trial/trial.js';
import { trialSetting } from '../support/trial-setting.js';

const signal = new AbortController().signal;

describe('Ledger', () => {
  it('hands out each index once, and none after an abort, until it is reset', () => {
    const ledger = Ledger.allocate(4, true);
    const other = new Ledger(ledger.shared);
    ledger.reset(3);
    expect([
      ledger.claims.claim(),
      other.claims.claim(),
      ledger.claims.claim(),
      other.claims.claim(),
    ]).toEqual([0, 1, 2, -1]);
    ledger.reset(3);
    other.abort();
    expect(ledger.claims.claim()).toBe(-1);
    ledger.reset(3);
    expect([ledger.aborted, ledger.claims.claim()]).toEqual([false, 0]);
    expect([ledger.enlist(), other.enlist()]).toEqual([0, 1]);
  });

  it('has no clock running before a trial begins, nor between its batches', () => {
    const ledger = Ledger.allocate(1, true);
    ledger.span.begin(5n);
    expect(new Ledger(ledger.shared).span.startNs).toBe(5n);
    // What the sampler looks at: a start that no clock reaches.
    ledger.span.halt();
    expect(ledger.span.startNs).toBeGreaterThan(process.hrtime.bigint() * 2n);
    ledger.span.begin(5n);
    ledger.reset(1);
    expect(ledger.span.startNs).toBeGreaterThan(process.hrtime.bigint() * 2n);
  });

  it('has one array for finished and delivered where tasks run on the main thread', () => {
    const loop = Ledger.allocate(2, false);
    expect(loop.deliveredNs).toBe(loop.finishedNs);
    expect(new Ledger(loop.shared).deliveredNs[0]).toBe(0n);
  });
});

describe('readColumns', () => {
  it('is exact, counts what was cancelled as at least its limit, and has no time for what failed', () => {
    // A start whose low half is about to overflow.
    const startNs = 7n * 2n ** 32n - 1_000n;
    const ledger = Ledger.allocate(5, true);
    const stamp = (index: number, outcome: number, [started, finished, delivered]: readonly number[]) => {
      ledger.startedNs[index] = startNs + BigInt(started!);
      ledger.finishedNs[index] = startNs + BigInt(finished!);
      ledger.deliveredNs[index] = startNs + BigInt(delivered!);
      ledger.outcome[index] = outcome;
    };
    stamp(0, COMPLETED, [1_000, 2_001_000, 2_501_000]);
    stamp(1, COMPLETED, [500_000, 1_500_000, 1_500_001]);
    stamp(2, FAILED, [0, 1_000_000, 1_200_000]);
    stamp(3, CANCELLED, [0, 3_000_000, 3_000_000]);
    const columns = readColumns(
      {
        load: new BatchTrialLoad({ tasks: 5 }),
        ledger,
        batch: new Batch(5, ledger, signal),
        startNs,
        wallMs: 5,
        record: null,
      },
      100,
    );
    expect(columns).toMatchObject({ issued: 4, completed: 2, failed: 1, cancelled: 1 });
    expect([...columns.latencyMs]).toEqual([2.501, 1.500001, 100]);
    expect([...columns.waitMs]).toEqual([0.001, 0.5, 0, 0]);
    expect([...columns.serviceMs]).toEqual([2, 1, 100]);
    expect([...columns.deliveryMs].map(ms => Number(ms.toFixed(6)))).toEqual([0.5, 0.000001, 0.2, 0]);
    expect([columns.firstResultMs, columns.lastResultMs]).toEqual([1.500001, 2.501]);
  });
});

describe('digests', () => {
  const same: [string, unknown, unknown][] = [
    ['a number that is held as a double', Math.fround(5), structuredClone([0.5, 5])[1]],
    ['an array of doubles with a whole one', [1.5, 2], structuredClone(structuredClone([1.5, 2]))],
    ['a Buffer and its bytes', Buffer.from('abc'), new Uint8Array([97, 98, 99])],
    [
      'an instance and its fields',
      new (class Point {
        x = 1;
      })(),
      { x: 1 },
    ],
    ['a text of wide characters cut to narrow ones', 'añ€'.slice(0, 2), 'añ'],
  ];
  it.each(same)('are equal for %s', (_, a, b) => expect(digestOf(a)).toBe(digestOf(b)));

  const values: unknown[] = [
    undefined,
    null,
    0,
    -0,
    1,
    '1',
    1n,
    true,
    false,
    '',
    'ab',
    ['a', 'b'],
    ['ab'],
    [],
    {},
    { a: 1 },
    { a: '1' },
    { b: 1 },
    [[1], 2],
    [1, [2]],
    new Map([['a', 1]]),
    new Set(['a', 1]),
    new Date(0),
    new Date(1),
    new Uint8Array([1, 2]),
    new Uint8Array([2, 1]),
    Number.NaN,
    Number.POSITIVE_INFINITY,
    new Error('a'),
    new Error('b'),
  ];
  it('differ for values that differ', () => {
    expect(new Set(values.map(digestOf)).size).toBe(values.length);
  });

  it('survive cycles and values that cannot travel', () => {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(digestOf(ring)).toBe(digestOf(structuredClone(ring)));
    expect(digestOf(() => 1)).not.toBe(digestOf(() => 2));
  });

  it('are compared with nothing where a result cannot be read', () => {
    const unreadable = {
      get value() {
        throw new Error('no');
      },
    };
    const [first, second] = digestResults([unreadable, 'text']);
    expect(first).toBeNaN();
    expect(second).toBe(digestOf('text'));
  });

  it('are compared over the tasks that completed in both', () => {
    const batch = new Batch(3, Ledger.allocate(3, false), signal);
    batch.complete(2, 'c');
    batch.fail(1, { kind: 'error', message: 'b' });
    batch.complete(0, 'a');
    const digests = digestResults(batch.results);
    expect(digests[1]).toBeNaN();
    const other = Float64Array.from([digestOf('a'), digestOf('b'), digestOf('C')]);
    expect(compareDigests(digests, other)).toEqual({ compared: 2, different: 1, firstIndex: 2 });
  });
});

describe('runTrial', () => {
  const trialOf = (run: (batch: Batch, ledger: Ledger) => Promise<void>, tasks = 4, repeats = 1) => {
    const ledger = Ledger.allocate(tasks, false);
    const setting = trialSetting({ executor: { run: batch => run(batch, ledger) }, ledger });
    return runTrial(setting, {
      load: { kind: 'batch', tasks },
      repeats,
      probeSeed: 1,
      taskTimeoutMs: 1_000,
      digest: true,
      gauge: false,
      trace: false,
    });
  };
  const complete = (batch: Batch, index: number) => {
    batch.recorder.start(index, 0);
    batch.recorder.finish(index, COMPLETED);
    batch.complete(index, index);
  };

  it('counts completed tasks against the wall, and finds nothing to object to', async () => {
    const { figures, faults, digests } = await trialOf(async batch => {
      for (let index = 0; index < batch.tasks; index++) complete(batch, index);
    });
    expect(faults).toEqual([]);
    expect(figures.outcomes).toEqual({ issued: 4, completed: 4, cancelled: 0, failed: {} });
    expect(figures.tasksPerSecond).toBeCloseTo(4 / (figures.wallMs / 1000), 9);
    expect(figures.peakRssBytes).toBeGreaterThan(1e6);
    expect([...digests!]).toEqual([0, 1, 2, 3].map(digestOf));
  });

  it('says so when an executor loses, invents or leaves out results', async () => {
    const lost = await trialOf(async batch => {
      for (let index = 0; index < 4; index++) complete(batch, index);
      batch.completed--;
    });
    expect(lost.faults).toEqual([{ code: 'not-received', outcome: 'completed', inLedger: 4, received: 3 }]);
    const leftOut = await trialOf(async batch => complete(batch, 0));
    expect(leftOut.faults).toEqual([{ code: 'not-issued', issued: 1, expected: 4 }]);
    const twice = await trialOf(async batch => {
      for (const index of [0, 1, 2, 3, 3]) complete(batch, index);
    });
    expect(twice.faults).toEqual([{ code: 'not-received', outcome: 'completed', inLedger: 4, received: 5 }]);
  });

  it('runs its batch as often as asked, each complete before the next, on clocks that stand in between', async () => {
    const starts: bigint[] = [];
    const fresh: boolean[] = [];
    const { figures, faults, digests, histograms, examples } = await trialOf(
      async (batch, ledger) => {
        starts.push(ledger.span.startNs);
        fresh.push(ledger.outcome.every(outcome => outcome === NOT_STARTED));
        for (let index = 0; index < 3; index++) complete(batch, index);
        batch.recorder.start(3, 0);
        batch.fail(3, batch.recorder.fail(3, { kind: 'error', message: `batch ${starts.length}` }));
      },
      4,
      5,
    );
    expect(new Set(starts).size).toBe(5);
    expect(fresh).toEqual([true, true, true, true, true]);
    expect(faults).toEqual([]);
    expect(figures.batches).toBe(5);
    expect(figures.outcomes).toEqual({ issued: 20, completed: 15, cancelled: 0, failed: { error: 5 } });
    expect(figures.tasksPerSecond).toBeCloseTo(15 / (figures.wallMs / 1000), 9);
    expect(figures.serviceMs).toMatchObject({ count: 15, failed: 5 });
    expect(histograms.serviceMs).toMatchObject({ count: 15, failed: 5 });
    expect(figures.waitMs.count).toBe(20);
    // Within a batch, not since the first of them began.
    expect(figures.lastResultMs!).toBeLessThanOrEqual(figures.wallMs);
    expect(digests?.length).toBe(4);
    expect(examples).toEqual([{ kind: 'error', message: 'batch 1' }]);
  });

  it('finds a fault in one of many batches, though another one makes up for it', async () => {
    let run = 0;
    const { faults } = await trialOf(
      async batch => {
        for (let index = 0; index < 4; index++) complete(batch, index);
        batch.completed += [1, -1, 0][run++]!;
      },
      4,
      3,
    );
    expect(faults).toEqual([
      { code: 'not-received', outcome: 'completed', inLedger: 4, received: 5 },
      { code: 'not-received', outcome: 'completed', inLedger: 4, received: 3 },
    ]);
  });

  it('keeps exact times of a few tasks, and histograms of many', async () => {
    const all = async (batch: Batch) => {
      for (let index = 0; index < batch.tasks; index++) complete(batch, index);
    };
    const { figures } = await trialOf(all, 6_000, 3);
    expect(figures.serviceMs.count).toBe(18_000);
    expect(figures.serviceMs.p999).not.toBeNull();
    expect(figures.firstResultMs!).toBeLessThan(figures.lastResultMs!);
  });

  it('runs no further batch when it is stopped', async () => {
    const stop = new AbortController();
    const ledger = Ledger.allocate(2, false);
    const executor = { run: async () => stop.abort() };
    const setting = trialSetting({ executor, ledger, signal: stop.signal });
    const spec = { taskTimeoutMs: 1_000, probeSeed: 1, digest: false, gauge: false, trace: false };
    const { figures } = await runTrial(setting, { load: { kind: 'batch', tasks: 2 }, repeats: 9, ...spec });
    expect(figures.batches).toBe(1);
  });

  it('resets the ledger of the trial before', async () => {
    const ledger = Ledger.allocate(2, false);
    const executor = { run: async () => {} };
    const setting = trialSetting({ executor, ledger });
    ledger.outcome.fill(COMPLETED);
    await runTrial(setting, {
      load: { kind: 'batch', tasks: 2 },
      repeats: 1,
      probeSeed: 1,
      taskTimeoutMs: 1_000,
      digest: false,
      gauge: false,
      trace: false,
    });
    expect([...ledger.outcome]).toEqual([NOT_STARTED, NOT_STARTED]);
  });
});
