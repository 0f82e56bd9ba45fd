import { MOST_RECORDED_TASKS, type Scenario } from '../schema/index.js';

/** More variants are no picture that anybody looks at. */
const MOST_EXECUTORS = 8;
/** All that is recorded without being asked for adds no more than this to a results file. */
const MOST_BYTES = 3e6;
/** Of a task, packed and in base64, and of all else that a trial says of itself. */
const BYTES_PER_TASK = 6;
const BYTES_PER_TRIAL = 40_000;
const BYTES_PER_WORKER = 1_500;

/** Chooses the trials of which all tasks are recorded without being asked for: a plan has room for so many. */
export class RecordingChoice {
  #leftBytes = MOST_BYTES;

  /** Of the places of an axis the two ends: they tell what changes along it. */
  of(scenarios: readonly Scenario[]): readonly Scenario[] {
    return scenarios.map((scenario, at) =>
      at === 0 || at === scenarios.length - 1
        ? { ...scenario, recorded: this.#executorsOf(scenario) }
        : scenario,
    );
  }

  #executorsOf(scenario: Scenario): string[] {
    const { tasks, load, remote } = scenario;
    // Another machine is sent what figures are made of, and no more.
    if (tasks === null || tasks > MOST_RECORDED_TASKS || load.kind === 'duration' || remote !== undefined)
      return [];
    return someOf(scenario).filter(id => this.#takes(scenario, id));
  }

  #takes({ tasks, executors }: Scenario, id: string): boolean {
    const { threads } = executors.find(one => one.id === id)!;
    const bytes = BYTES_PER_TASK * tasks! + BYTES_PER_TRIAL + BYTES_PER_WORKER * threads;
    if (bytes > this.#leftBytes) return false;
    this.#leftBytes -= bytes;
    return true;
  }
}

/** All where they are few; else the baseline, one of each executor, and others evenly spread. */
function someOf({ executors, baseline }: Scenario): string[] {
  const ids = executors.map(({ id }) => id);
  if (ids.length <= MOST_EXECUTORS) return ids;
  const firsts = [...new Map(executors.toReversed().map(({ name, id }) => [name, id])).values()];
  const spread = Array.from(
    { length: MOST_EXECUTORS },
    (_, at) => ids[Math.round((at * (ids.length - 1)) / (MOST_EXECUTORS - 1))]!,
  );
  const chosen = [...new Set([baseline, ...firsts, ids.at(-1)!, ...spread])].slice(0, MOST_EXECUTORS);
  return ids.filter(id => chosen.includes(id));
}
