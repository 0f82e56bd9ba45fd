import { expect, it } from 'vitest';
import { nowMs } from '../../src/clock.js';
import { createRandom } from '../../src/random.js';
import { LoopWatch } from '../../src/trial/loop-watch.js';

const WALL_MS = 3_000;

/** What is true is known from the blocks themselves: Σ block² ÷ 2 ÷ wall. */
it.each([3, 6, 15, 40])(
  'a loop busy in blocks of %i ms: a bystander waits as long as is true, within a tenth',
  async blockMs => {
    const watch = new LoopWatch(createRandom(blockMs));
    let squares = 0;
    const startMs = nowMs();
    watch.start();
    while (nowMs() - startMs < WALL_MS) {
      const blockStartMs = nowMs();
      while (nowMs() - blockStartMs < blockMs);
      await new Promise(setImmediate);
      // To the end of the turn: what the system takes from a block it takes from a bystander.
      squares += (nowMs() - blockStartMs) ** 2;
    }
    watch.stop();
    const truth = squares / 2 / (nowMs() - startMs);
    expect(watch.delay(1).bystanderWaitMs! / truth).toBeGreaterThan(0.9);
    expect(watch.delay(1).bystanderWaitMs! / truth).toBeLessThan(1.1);
  },
);
