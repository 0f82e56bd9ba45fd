import { setMaxListeners } from 'node:events';
import { Bench, type Task } from 'tinybench';
import type { TrialResult } from '../model.js';

/**
 * Runs trials through tinybench: one Bench a scenario, one of its tasks an executor, one iteration a trial, timed by
 * the host's own clock (`overriddenDuration`), not by the time that its messages take.
 *
 * Its statistics are not ours (its throughput is 1000 ÷ latency, its samples are sorted), so each trial is read and
 * reset; what it serves is the abort of a run between trials and the state of an error.
 */
export class TrialTimer {
  readonly #bench: Bench;
  readonly #results = new Map<string, TrialResult>();
  #runNext: (id: string) => Promise<TrialResult> = () => Promise.reject(new Error('no trial to run'));

  constructor(ids: readonly string[], signal: AbortSignal) {
    // A signal of its own: each of tinybench's tasks listens to it for good, and a run has many scenarios.
    const ofScenario = AbortSignal.any([signal]);
    setMaxListeners(0, ofScenario);
    this.#bench = new Bench({ iterations: 1, time: 0, warmup: false, signal: ofScenario });
    for (const id of ids) this.#bench.add(id, () => this.#iterate(id), { async: true });
  }

  /** @throws whatever `trial` throws, and the reason of an abort */
  async run(id: string, trial: () => Promise<TrialResult>): Promise<TrialResult> {
    const task = this.#bench.getTask(id) as Task;
    this.#runNext = trial;
    task.reset();
    await task.run();
    const { result } = task;
    if (result.state === 'errored') throw result.error;
    const recorded = this.#results.get(id);
    this.#results.delete(id);
    if (recorded === undefined) throw this.#bench.signal?.reason ?? new Error(`${id}: trial ${result.state}`);
    return recorded;
  }

  async #iterate(id: string): Promise<{ overriddenDuration: number }> {
    const result = await this.#runNext(id);
    this.#results.set(id, result);
    return { overriddenDuration: result.state === 'measured' ? result.wallMs : 0 };
  }
}
