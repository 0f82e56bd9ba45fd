import { TaskSignal } from '../workloads/task-signal.js';
import type { Failure } from './failure.js';

/** Index of a lane that runs no task. */
export const IDLE = -1;

/** A place for one task at a time: it holds the signal of the task that runs there. */
export class Lane {
  index = IDLE;
  signal = new TaskSignal();
  /** Its task ignored the abort after its time-out: whatever it still does is not recorded. */
  abandoned = false;
  /** Reports the abandoned task and goes on without this lane. */
  readonly giveUp: (index: number, failure: Failure) => void;

  constructor(giveUp: (index: number, failure: Failure) => void) {
    this.giveUp = giveUp;
  }

  /** A signal serves task after task, until it has aborted one. */
  take(index: number): TaskSignal {
    if (this.signal.aborted) this.signal = new TaskSignal();
    this.index = index;
    return this.signal;
  }
}

/** A lane whose tasks are started by somebody who does not wait for them. */
export class StartedLane extends Lane {
  /** Called by the end of the task that runs there. */
  complete: (result: unknown) => void = nobody;
  fail: (error: unknown) => void = nobody;
  /** Where only one waits for the outcome: that one. */
  answer: (outcome: unknown) => void = nobody;
}

function nobody(): void {}
