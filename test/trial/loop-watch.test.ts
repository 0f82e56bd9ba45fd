import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { BusySpells, MOST_SPELLS } from '../../src/trial/busy-spells.js';
import { LoopWatch, type WatchedLoop } from '../../src/trial/loop-watch.js';

/** A loop whose time passes only when the script says so. */
class ScriptedLoop implements WatchedLoop {
  #nowMs = 1_000;
  #idleMs = 0;
  #turn: (() => void) | null = null;
  #timer: { readonly atMs: number; readonly callback: () => void } | null = null;
  /** How often the loop was woken, or looked at, for the watch. */
  wakes = 0;
  looks = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  idleMs(): number {
    return this.#idleMs;
  }

  atNextTurn(callback: () => void): () => void {
    this.#turn = callback;
    return () => {
      this.#turn = null;
    };
  }

  after(ms: number, callback: () => void): () => void {
    this.#timer = { atMs: this.#nowMs + ms, callback };
    return () => {
      this.#timer = null;
    };
  }

  /** Works without coming round. */
  block(ms: number): void {
    this.#nowMs += ms;
  }

  /** Comes round once. */
  turn(): void {
    const timer = this.#timer;
    if (timer !== null && timer.atMs <= this.#nowMs) {
      this.#timer = null;
      timer.callback();
    }
    const callback = this.#turn;
    this.#turn = null;
    if (callback !== null) this.looks++;
    callback?.();
  }

  sleep(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let timer = this.#timer; timer !== null && timer.atMs <= untilMs; timer = this.#timer) {
      this.#idleMs += timer.atMs - this.#nowMs;
      this.#nowMs = timer.atMs;
      this.wakes++;
      this.turn();
    }
    this.#idleMs += untilMs - this.#nowMs;
    this.#nowMs = untilMs;
  }
}

function watched(spells: BusySpells | null = null) {
  const loop = new ScriptedLoop();
  return { loop, watch: new LoopWatch(createRandom(1), spells, loop) };
}

describe('the mean wait is Σ block² ÷ 2 ÷ wall, within 3 %,', () => {
  it.each([
    ['3 ms, 1 ms of sleep between', 3, 1],
    ['6 ms, 1 ms between', 6, 1],
    ['15 ms, 1 ms between', 15, 1],
    ['40 ms, 1 ms between', 40, 1],
    ['6 ms, back to back', 6, 0],
    ['20 ms, mostly asleep', 20, 180],
    ['0.4 ms', 0.4, 0.1],
  ])('of blocks of %s', (_, blockMs, sleepMs) => {
    const { loop, watch } = watched();
    watch.start();
    const blocks = Math.ceil(100_000 / (blockMs + sleepMs));
    for (let i = 0; i < blocks; i++) {
      loop.block(blockMs);
      loop.turn();
      loop.sleep(sleepMs);
      loop.turn();
    }
    watch.stop();
    const truth = (blocks * blockMs ** 2) / 2 / (blocks * (blockMs + sleepMs));
    expect(watch.delay(1).bystanderWaitMs! / truth).toBeGreaterThan(0.97);
    expect(watch.delay(1).bystanderWaitMs! / truth).toBeLessThan(1.03);
    expect(watch.delay(1).maxMs).toBeLessThanOrEqual(blockMs + 1e-9);
  });

  it('of a mixture of fast turns and blocks', () => {
    const { loop, watch } = watched();
    watch.start();
    let squares = 0;
    const startMs = loop.nowMs();
    for (let i = 0; i < 2_000; i++) {
      for (let fast = 0; fast < 1_000; fast++) {
        loop.block(0.02);
        loop.turn();
      }
      loop.block(12);
      loop.turn();
      squares += 12 ** 2 + 1_000 * 0.02 ** 2;
    }
    watch.stop();
    const truth = squares / 2 / (loop.nowMs() - startMs);
    expect(watch.delay(1).bystanderWaitMs! / truth).toBeGreaterThan(0.97);
    expect(watch.delay(1).bystanderWaitMs! / truth).toBeLessThan(1.03);
    // Of 1,001 turns in each of 2,000 stretches.
    expect(loop.looks).toBeLessThan(2_000 * 1_001 * 0.2);
  });
});

it('a trial that is one block from its start to its end is counted whole', () => {
  const { loop, watch } = watched();
  watch.start();
  loop.block(60_000);
  watch.stop();
  expect(watch.delay(1).bystanderWaitMs! / 30_000).toBeCloseTo(1, 1);
  expect(watch.delay(1).maxMs! / 60_000).toBeCloseTo(1, 2);
});

it('what is done between two batches is nobody’s wait', () => {
  const { loop, watch } = watched();
  for (let batch = 0; batch < 500; batch++) {
    watch.start();
    for (let block = 0; block < 10; block++) {
      loop.block(4);
      loop.turn();
    }
    watch.stop();
    loop.block(100);
    loop.turn();
  }
  expect(watch.delay(1).bystanderWaitMs!).toBeGreaterThan(1.9);
  expect(watch.delay(1).bystanderWaitMs!).toBeLessThan(2.1);
  expect(watch.delay(1).maxMs).toBeLessThanOrEqual(4 + 1e-9);
});

it('a loop that sleeps serves at once, and is not woken for the watch', () => {
  const { loop, watch } = watched();
  watch.start();
  for (let i = 0; i < 100; i++) {
    loop.sleep(100);
    loop.turn();
  }
  watch.stop();
  expect(watch.delay(0)).toEqual({ utilization: 0, bystanderWaitMs: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
  expect(loop.wakes).toBe(0);
});

describe('when the loop was at work', () => {
  /** Works for so long, comes round, sleeps. */
  function spellsOf(steps: readonly (readonly [blockMs: number, sleepMs: number])[]) {
    const spells = new BusySpells();
    const { loop, watch } = watched(spells);
    const startMs = loop.nowMs();
    watch.start();
    for (const [blockMs, sleepMs] of steps) {
      loop.block(blockMs);
      loop.turn();
      if (sleepMs > 0) loop.sleep(sleepMs);
    }
    watch.stop();
    return { spells, startMs };
  }

  it('is told from one sleep to the next, turns without sleep between them as one', () => {
    const { spells, startMs } = spellsOf([
      [5, 10],
      [3, 0],
      [4, 20],
      [2, 0],
    ]);
    expect(spells.since(startMs)).toEqual([
      [0, 5],
      [15, 22],
      [42, 44],
    ]);
  });

  it('is no long spell where a loop turns fast, with short sleeps between', () => {
    const short = Array.from({ length: 20_000 }, () => [0.02, 0.15] as const);
    const { spells, startMs } = spellsOf([...short, [5, 10], ...short]);
    const told = spells.since(startMs);
    expect(told.map(([fromMs, toMs]) => Math.round(toMs - fromMs))).toEqual([5]);
  });

  it('leaves out what is shorter than a millisecond, and what was before the trial', () => {
    const { spells, startMs } = spellsOf([
      [5, 10],
      [0.5, 10],
      [4, 10],
    ]);
    expect(spells.since(startMs + 3)).toEqual([
      [0, 2],
      [22.5, 26.5],
    ]);
    expect(spells.since(startMs + 6)).toEqual([[19.5, 23.5]]);
  });

  it('keeps the longest of many, by time', () => {
    const spells = new BusySpells();
    for (let at = 0; at < 5 * MOST_SPELLS; at++) spells.add(at * 10, at * 10 + (at % 5 === 4 ? 8 : 2));
    const kept = spells.since(0);
    expect(kept).toHaveLength(MOST_SPELLS);
    expect(kept.every(([from, to]) => to - from === 8)).toBe(true);
    expect(kept.map(([from]) => from)).toEqual(kept.map(([from]) => from).toSorted((a, b) => a - b));
  });
});

it('says nothing of a time in which nobody came', () => {
  const { watch } = watched();
  watch.start();
  watch.stop();
  expect(watch.delay(0.5)).toMatchObject({ utilization: 0.5, bystanderWaitMs: null, maxMs: null });
});

it('on a real loop: a block to the end of the trial is seen, and no handle is left behind', () => {
  const before = process.getActiveResourcesInfo().length;
  const watch = new LoopWatch(createRandom(1));
  watch.start();
  const start = process.hrtime.bigint();
  while (process.hrtime.bigint() - start < 60_000_000n);
  watch.stop();
  expect(watch.delay(1).bystanderWaitMs).toBeGreaterThan(15);
  expect(process.getActiveResourcesInfo()).toHaveLength(before);
});
