import { fileURLToPath } from 'node:url';
import { codeOf, describeShortly, explainLoadFailure, missingFileOf, remedyOfFile } from '../load-failure.js';
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
  | { readonly type: 'uncloneable'; readonly what: string; readonly site: string };

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
    const refused: string[] = [];
    const untilMs = nowMs() + ENOUGH_MS;
    let index = 0;
    do {
      try {
        const what = this.#uncloneable(await this.#task(index));
        if (what !== null) refused.push(what);
      } catch (error) {
        failures.push(error);
      }
      index++;
    } while (index < MOST_TASKS && nowMs() < untilMs);
    if (refused[0] !== undefined && refused.length + failures.length === index)
      return { type: 'uncloneable', what: refused[0], site: await taskSite(moduleUrl) };
    if (failures.length < index || !areAlike(failures)) return { type: 'ran' };
    const thrown = thrownOf(failures[0], moduleUrl);
    const site = thrown.site || (await taskSite(moduleUrl));
    return { type: 'all failed', tasks: index, thrown: { ...thrown, site } };
  }

  async #task(index: number): Promise<unknown> {
    const { taskSync } = this.#workload;
    if (this.#setting.sync && taskSync !== undefined)
      return taskSync.call(this.#workload, this.#context, index);
    return this.#workload.task(this.#context, index, new TaskSignal());
  }

  #uncloneable(result: unknown): string | null {
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
