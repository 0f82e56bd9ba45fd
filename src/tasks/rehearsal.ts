import { fileURLToPath } from 'node:url';
import { groupBy } from '../group-by.js';
import { codeOf, describeShortly, explainLoadFailure, missingFileOf, remedyOfFile } from '../load-failure.js';
import type { Uncloneable } from '../schema/index.js';
import { loadWorkloadModule } from '../workloads/registry.js';
import { loadedTask, readTaskFunctionUrl } from '../workloads/task-function.js';
import { TaskSignal } from '../workloads/task-signal.js';
import type { Workload, WorkloadRef } from '../workloads/workload.js';
import { findUncloneable, type Way } from './cloneable.js';
import { functionSite } from './function-site.js';

export interface RehearsalSetting {
  readonly workload: WorkloadRef;
  /** Whether `taskSync` is what will be called. */
  readonly sync: boolean;
  /** How results will travel; empty: not at all. */
  readonly ways: readonly Way[];
}

/** What was thrown, as data that goes to another process. */
export interface Thrown {
  readonly description: string;
  /** Where, ` (render.ts:12)`; empty where nobody knows. */
  readonly site: string;
  readonly code: string | null;
  /** A failure that the task counts by its kind: it is meant. */
  readonly isTaskError: boolean;
  /** What to do where a file was not found; null: it is something else. */
  readonly fileRemedy: string | null;
}

/** What became of a user's own code when it was tried. */
export type Rehearsal =
  | { readonly type: 'ran' }
  | { readonly type: 'failed'; readonly at: 'load' | 'open' | 'run'; readonly thrown: Thrown }
  /** Every task that was tried, in the same way. */
  | { readonly type: 'all failed'; readonly tasks: number; readonly thrown: Thrown }
  /** Every result that there was. */
  | (Refused & { readonly type: 'uncloneable'; readonly site: string });

interface Refused {
  readonly what: Uncloneable;
  /** Of a mix; of others empty. */
  readonly part: string;
}

const MOST_TASKS = 5;
/** Then no further task is begun. */
const ENOUGH_MS = 100;
/** A `close` that takes longer is not waited for. */
const CLOSE_MS = 100;

/**
 * Loads a workload in this thread, opens it and runs its first tasks.
 *
 * @param nowMs for how long it has been at it
 */
export async function rehearse(setting: RehearsalSetting, nowMs: () => number): Promise<Rehearsal> {
  const { moduleUrl, params, env } = setting.workload;
  let at: 'load' | 'open' = 'load';
  try {
    // First as it is: what the workload's own loading throws is for people to read.
    await import(readTaskFunctionUrl(moduleUrl).fileUrl);
    const workload = await loadWorkloadModule(moduleUrl);
    at = 'open';
    const context = await workload.open(params, env);
    const rehearsal = await new Rehearsing(setting, workload, context).run(nowMs);
    await closed(workload, context);
    return rehearsal;
  } catch (error) {
    return { type: 'failed', at, thrown: thrownOf(error, moduleUrl) };
  }
}

/** Of a mix: so many of each part, among that many of all. */
const TASKS_OF_A_PART = 2;
const FARTHEST_TASK = 1_000;

/** A result that there was. */
interface Tried extends Pick<Refused, 'part'> {
  /** What of it cannot be sent; null: nothing. */
  readonly what: Uncloneable | null;
}

/** What cannot be sent where that is so of every result of a part; null: some can be. */
function refusedIn(results: readonly Tried[]): Refused | null {
  for (const [part, own] of groupBy(results, one => one.part)) {
    const [first] = own;
    if (!first || first.what === null || own.some(({ what }) => what === null)) continue;
    return { part, what: first.what };
  }
  return null;
}

class Rehearsing {
  readonly #setting: RehearsalSetting;
  readonly #workload: Workload;
  readonly #context: unknown;

  constructor(setting: RehearsalSetting, workload: Workload, context: unknown) {
    this.#setting = setting;
    this.#workload = workload;
    this.#context = context;
  }

  async run(nowMs: () => number): Promise<Rehearsal> {
    const { moduleUrl } = this.#setting.workload;
    const failures: unknown[] = [];
    const results: Tried[] = [];
    const untilMs = nowMs() + ENOUGH_MS;
    let tried = 0;
    for (const { index, part } of this.#chosen()) {
      // Of each part one at least: what it returns nobody knows from the others.
      if (tried > 0 && nowMs() >= untilMs && results.some(one => one.part === part)) continue;
      try {
        results.push({ part, what: this.#uncloneable(await this.#task(index)) });
      } catch (error) {
        failures.push(error);
      }
      tried++;
    }
    const refused = refusedIn(results);
    if (refused !== null) return { type: 'uncloneable', ...refused, site: await this.#site(refused.part) };
    if (failures.length < tried || !areAlike(failures)) return { type: 'ran' };
    const thrown = thrownOf(failures[0], moduleUrl);
    const site = thrown.site || (await this.#site());
    return { type: 'all failed', tasks: tried, thrown: { ...thrown, site } };
  }

  /** The first tasks, of a mix those of each part. */
  #chosen(): { index: number; part: string }[] {
    const { mix } = this.#workload;
    if (mix === undefined) return Array.from({ length: MOST_TASKS }, (_, index) => ({ index, part: '' }));
    const chosen: { index: number; part: string }[] = [];
    const missing = new Map(Object.keys(mix.shares).map(part => [part, TASKS_OF_A_PART]));
    for (let index = 0; index < FARTHEST_TASK && missing.size > 0; index++) {
      const part = mix.partOf(this.#context, index);
      const left = missing.get(part);
      if (left === undefined) continue;
      chosen.push({ index, part });
      if (left > 1) missing.set(part, left - 1);
      else missing.delete(part);
    }
    return chosen;
  }

  /** Where the task is, of a mix that of one of its parts: it has none of its own. */
  async #site(part = ''): Promise<string> {
    const { mix } = this.#workload;
    return mix === undefined ? taskSite(this.#setting.workload.moduleUrl) : functionSite(mix.taskOf?.(part));
  }

  async #task(index: number): Promise<unknown> {
    const { taskSync } = this.#workload;
    if (this.#setting.sync && taskSync !== undefined)
      return taskSync.call(this.#workload, this.#context, index);
    return this.#workload.task(this.#context, index, new TaskSignal());
  }

  #uncloneable(result: unknown): Uncloneable | null {
    for (const way of this.#setting.ways) {
      const what = findUncloneable(result, way);
      if (what !== null) return what;
    }
    return null;
  }
}

/** By their codes: each may name another file. */
function areAlike(failures: readonly unknown[]): boolean {
  const kinds = failures.map(error => codeOf(error) ?? describeShortly(error));
  return new Set(kinds).size === 1;
}

export function thrownOf(error: unknown, moduleUrl: string): Thrown {
  const { fileUrl } = readTaskFunctionUrl(moduleUrl);
  const missing = missingFileOf(error);
  return {
    description: describeShortly(error),
    site: explainLoadFailure(error, fileUrl).site,
    code: codeOf(error),
    isTaskError: error instanceof Error && error.name === 'TaskError',
    fileRemedy: missing === null ? null : remedyOfFile(missing, fileURLToPath(fileUrl)),
  };
}

async function taskSite(moduleUrl: string): Promise<string> {
  return functionSite(await loadedTask(moduleUrl));
}

async function closed(workload: Workload, context: unknown): Promise<void> {
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<void>(resolve => {
    late = setTimeout(resolve, CLOSE_MS);
  });
  // What it throws is told when it matters.
  const closing = (async () => workload.close(context))().catch(() => {});
  await Promise.race([closing, limit]);
  clearTimeout(late);
}
