import { nowNs } from '../clock.js';
import { outcomeOfReply, type TaskReply, workerOfReply } from '../tasks/message-recorder.js';
import { NOT_STARTED, type Recorder } from '../tasks/recorder.js';

/**
 * The clock of a worker on another machine, beside this one's: by the exchange of messages that took the shortest time, half of which
 * was the way there (as NTP has it). Nanoseconds, as numbers.
 */
export class RemoteClock {
  #aheadNs = 0;
  #shortestNs = Number.POSITIVE_INFINITY;

  /** @param theirNs what the other clock said between `sentNs` and `receivedNs` on this one */
  exchange(sentNs: number, theirNs: number, receivedNs: number): void {
    if (receivedNs - sentNs >= this.#shortestNs) return;
    this.#shortestNs = receivedNs - sentNs;
    this.#aheadNs = theirNs - (sentNs + receivedNs) / 2;
  }

  /** On this machine's clock; never later than now, when the news has come. */
  pastNs(theirNs: number): number {
    return Math.min(Math.round(theirNs - this.#aheadNs), Number(nowNs()));
  }
}

/**
 * Writes down what a worker without shared memory has recorded of a task.
 *
 * @param clock of the worker, where it is not this machine's
 * @returns the value that the reply held
 */
export function readReply(recorder: Recorder, index: number, reply: TaskReply, clock?: RemoteClock): unknown {
  const [value, , startedNs, durationNs] = reply;
  const outcome = outcomeOfReply(reply);
  if (outcome !== NOT_STARTED) {
    // How long it took is a difference on one clock: only its place in time is converted.
    const finishedNs = startedNs + durationNs;
    const hereNs = clock === undefined ? finishedNs : clock.pastNs(finishedNs);
    recorder.receive(index, outcome, workerOfReply(reply), hereNs - durationNs, hereNs);
  }
  return value;
}
