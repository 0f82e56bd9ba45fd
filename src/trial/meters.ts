import { nowNs } from '../clock.js';
import { createRandom } from '../random.js';
import type { BusySpells } from './busy-spells.js';
import { LoopWatch } from './loop-watch.js';
import { UsageWatch, type WorkerUsage } from './usage.js';

/** What runs while a trial's clock does. */
export class Meters {
  readonly usage: UsageWatch;
  readonly loopWatch: LoopWatch;

  /**
   * @param probeSeed decides when the bystander's probes come
   * @param spells is told when the loop was at work
   */
  constructor(executor: { usage?(): WorkerUsage }, probeSeed: number, spells: BusySpells | null = null) {
    this.usage = new UsageWatch(executor);
    this.loopWatch = new LoopWatch(createRandom(probeSeed), spells);
  }

  start(): void {
    this.usage.start();
    this.loopWatch.start();
  }

  /** The end of what is timed: nothing may come before it. @returns the wall time, ms */
  stop(startNs: bigint): number {
    const wallMs = Number(nowNs() - startNs) / 1e6;
    this.usage.stop();
    this.loopWatch.stop();
    return wallMs;
  }
}
