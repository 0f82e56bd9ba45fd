import { describe, expect, it } from 'vitest';
import { ClaimLoop, type ClaimLoopOptions } from '../../src/tasks/claim-loop.js';
import { localSource, NONE_LEFT, NOT_YET, type TaskSource } from '../../src/tasks/source.js';

const { signal } = new AbortController();

/** A loop whose tasks end when the test says so. */
function loopOf(source: TaskSource, options: Partial<ClaimLoopOptions> = {}) {
  const started: number[] = [];
  const loop = new ClaimLoop({ source, start: index => started.push(index), ...options });
  return { loop, started };
}

describe('a claim loop', () => {
  it('starts as many as there is room for, and another one for each that ends', async () => {
    const { loop, started } = loopOf(localSource(4, signal), { most: 2 });
    const running = loop.run();
    expect(started).toEqual([0, 1]);
    loop.ended();
    expect(started).toEqual([0, 1, 2]);
    loop.addRoom();
    expect(started).toEqual([0, 1, 2, 3]);
    loop.ended(3);
    await running;
  });

  it('in windows: starts as many again only when all have ended', async () => {
    const { loop, started } = loopOf(localSource(5, signal), { most: 2, inWindows: true });
    const running = loop.run();
    loop.ended();
    expect(started).toEqual([0, 1]);
    loop.ended();
    expect(started).toEqual([0, 1, 2, 3]);
    loop.ended(2);
    loop.ended();
    await running;
    expect(started).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes tasks that end while they are started', async () => {
    for (const inWindows of [true, false]) {
      const started: number[] = [];
      const loop = new ClaimLoop({
        source: localSource(100_000, signal),
        most: 3,
        inWindows,
        start(index) {
          started.push(index);
          loop.ended();
        },
      });
      await loop.run();
      expect(started).toHaveLength(100_000);
    }
  });

  it('waits for what is yet to come; a window that has begun goes on without it', async () => {
    const answers = [0, NOT_YET, 1, NOT_YET, 2, NONE_LEFT];
    let arrive: () => void = () => {};
    const source: TaskSource = {
      claim: () => answers.shift()!,
      arrival: () =>
        new Promise(resolve => {
          arrive = resolve;
        }),
    };
    const { loop, started } = loopOf(source, { most: 9, inWindows: true });
    const running = loop.run();
    loop.ended();
    expect(started).toEqual([0, 1]);
    loop.ended();
    expect(started).toEqual([0, 1, 2]);
    loop.ended();
    await running;
    arrive();
  });

  it('tells when there are no more, before those that run have ended', async () => {
    let told = 0;
    const { loop } = loopOf(localSource(2, signal), { exhausted: () => told++ });
    const running = loop.run();
    expect([told, loop.isExhausted]).toEqual([1, true]);
    loop.ended(2);
    await running;
    expect(told).toBe(1);
  });

  it('rejects with what could not be started', async () => {
    const start = () => {
      throw new Error('no such worker');
    };
    await expect(loopOf(localSource(2, signal), { start }).loop.run()).rejects.toThrow('no such worker');
  });
});
