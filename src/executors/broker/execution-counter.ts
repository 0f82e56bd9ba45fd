/** Adds to the count of executions of a trial, in the broker, in the order of calls. @returns as `count` of a `WorkerLink` */
export type AddExecutions = (trial: number, executions: number) => unknown;

/**
 * Counts executions before they begin, those that begin together at once: results and new jobs come to a worker by the
 * handful, and a command for each task is a good part of what a short one costs.
 *
 * None of them begins before all are told: a worker that is killed in the midst of the first has counted the others too, and
 * counts are never less than executions.
 */
export class ExecutionCounter {
  readonly #add: AddExecutions;
  #trial = 0;
  #waiting = 0;
  #told: Promise<void> = Promise.resolve();
  /** Of the latest that was told; a promise where that takes its time. */
  #telling: unknown;

  constructor(add: AddExecutions) {
    this.#add = add;
  }

  /** Resolves when the execution may begin. */
  count(trial: number): Promise<void> {
    // One job of the trial before may come with the first of the next one.
    if (this.#waiting > 0 && trial !== this.#trial) this.#tell();
    this.#trial = trial;
    if (this.#waiting++ === 0) this.#told = this.#tellAfterThisTurn();
    return this.#told;
  }

  async #tellAfterThisTurn(): Promise<void> {
    await undefined;
    this.#tell();
    if (this.#telling instanceof Promise) await this.#telling;
  }

  #tell(): void {
    const executions = this.#waiting;
    this.#waiting = 0;
    if (executions > 0) this.#telling = this.#add(this.#trial, executions);
  }
}
