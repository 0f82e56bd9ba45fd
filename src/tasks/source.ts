/** Every task has been handed out, or the trial was aborted. */
export const NONE_LEFT = -1;
/** No task is due, or there is no room for one: ask again after `arrival()`. */
export const NOT_YET = -2;

/** Where tasks come from: each index once, whoever asks on whatever thread. */
export interface TaskSource {
  /** An index, NONE_LEFT or NOT_YET. */
  claim(): number;
  /** After NOT_YET: resolves when it is worth asking again. */
  arrival(): Promise<void>;
}

/** The tasks of a batch for its only claimer, 0 … n−1, without the price of shared memory; nothing after an abort. */
export function localSource(tasks: number, signal: AbortSignal): TaskSource {
  let next = 0;
  return { claim: () => (next < tasks && !signal.aborted ? next++ : NONE_LEFT), arrival: noArrival };
}

/** A batch is all there: nobody has to wait for it. */
export function noArrival(): Promise<void> {
  return Promise.reject(new Error('a batch has no arrivals to wait for'));
}
