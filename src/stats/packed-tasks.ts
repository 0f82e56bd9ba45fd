/** What became of a task. Codes in a column are places in this list. */
export const TASK_OUTCOMES = ['not started', 'running', 'completed', 'failed', 'cancelled'] as const;

/** Every task of a trial by its index: ms after its start; NaN where a task was not started. */
export interface TaskTable {
  readonly queuedMs: Float64Array;
  readonly startedMs: Float64Array;
  readonly finishedMs: Float64Array;
  readonly deliveredMs: Float64Array;
  readonly worker: Uint16Array;
  readonly outcome: Uint8Array;
}

const WORD = 4;
/** Four columns of times in words, a worker in two bytes and an outcome in one. */
const BYTES_PER_TASK = 4 * WORD + 2 + 1;
/** A trial has about so many units of time: finer than any picture of it, and no more digits than that are kept. */
const UNITS = 1e6;

/** The unit of a table of this length: a power of ten, from a nanosecond to a millisecond. */
export function unitMsOf(wallMs: number): number {
  const power = Math.round(Math.log10(Math.max(wallMs, 1e-6) / UNITS));
  return 10 ** Math.min(0, Math.max(-6, power));
}

/**
 * A table in bytes that compress well: times in whole units, each as what it is more than the one before it (of the task
 * before, or of the same task: started, finished, delivered), and byte by byte of all tasks. 50,000 tasks are about 200 kB
 * when they have been through gzip, where objects in JSON are a megabyte.
 */
export function packTasks(table: TaskTable, unitMs: number): Uint8Array {
  const tasks = table.outcome.length;
  const units = (column: Float64Array, index: number) => Math.round((column[index] || 0) / unitMs);
  const words = [0, 1, 2, 3].map(() => new Uint32Array(tasks));
  const [queued, started, ran, delivery] = words as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let [lastQueued, lastStarted] = [0, 0];
  for (let index = 0; index < tasks; index++) {
    const isStarted = !Number.isNaN(table.startedMs[index]!);
    const at = units(table.queuedMs, index);
    queued[index] = zigzag(at - lastQueued);
    lastQueued = at;
    if (!isStarted) continue;
    const [startedAt, finishedAt] = [units(table.startedMs, index), units(table.finishedMs, index)];
    started[index] = zigzag(startedAt - lastStarted);
    ran[index] = Math.max(0, finishedAt - startedAt);
    delivery[index] = Math.max(0, units(table.deliveredMs, index) - finishedAt);
    lastStarted = startedAt;
  }
  const bytes = new Uint8Array(BYTES_PER_TASK * tasks);
  const plane = (at: number) => bytes.subarray(at * tasks, (at + 1) * tasks);
  words.forEach((column, at) => {
    for (let byte = 0; byte < WORD; byte++) {
      const to = plane(at * WORD + byte);
      for (let index = 0; index < tasks; index++) to[index] = column[index]! >>> (8 * byte);
    }
  });
  const [low, high, outcome] = [plane(4 * WORD), plane(4 * WORD + 1), plane(4 * WORD + 2)];
  for (let index = 0; index < tasks; index++) {
    low[index] = table.worker[index]!;
    high[index] = table.worker[index]! >>> 8;
  }
  outcome.set(table.outcome);
  return bytes;
}

/**
 * The table again, to half a unit.
 *
 * @throws RangeError for bytes that are not those of so many tasks
 */
export function unpackTasks(bytes: Uint8Array, tasks: number, unitMs: number): TaskTable {
  if (bytes.length !== BYTES_PER_TASK * tasks)
    throw new RangeError(`expected ${BYTES_PER_TASK * tasks} bytes of ${tasks} tasks, got ${bytes.length}`);
  const plane = (at: number) => bytes.subarray(at * tasks, (at + 1) * tasks);
  // Read in place: a page does this for 50,000 tasks of each executor before it draws anything.
  const word = (column: number, index: number) => {
    let value = 0;
    for (let byte = WORD - 1; byte >= 0; byte--)
      value = value * 256 + bytes[(column * WORD + byte) * tasks + index]!;
    return value;
  };
  const table = {
    queuedMs: new Float64Array(tasks),
    startedMs: new Float64Array(tasks).fill(Number.NaN),
    finishedMs: new Float64Array(tasks).fill(Number.NaN),
    deliveredMs: new Float64Array(tasks).fill(Number.NaN),
    worker: new Uint16Array(tasks),
    outcome: plane(4 * WORD + 2).slice(),
  };
  const [low, high] = [plane(4 * WORD), plane(4 * WORD + 1)];
  let [queued, started] = [0, 0];
  for (let index = 0; index < tasks; index++) {
    queued += unzigzag(word(0, index));
    table.queuedMs[index] = queued * unitMs;
    table.worker[index] = low[index]! + 256 * high[index]!;
    if (table.outcome[index] === 0) continue;
    started += unzigzag(word(1, index));
    const finished = started + word(2, index);
    table.startedMs[index] = started * unitMs;
    table.finishedMs[index] = finished * unitMs;
    table.deliveredMs[index] = (finished + word(3, index)) * unitMs;
  }
  return table;
}

/** Small numbers of either sign as small ones without: 0, −1, 1, −2, … are 0, 1, 2, 3, … */
function zigzag(value: number): number {
  return value >= 0 ? 2 * value : -2 * value - 1;
}

function unzigzag(code: number): number {
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}
