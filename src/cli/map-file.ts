import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { machineOf, taskOf } from '../map/task.js';
import { parseReport } from '../report/json.js';
import type { MapCell, MapTask, Plan, Report, ThreadsMap } from '../schema/index.js';

/** Of the last map that was measured, in the folder of results. */
export const LATEST_MAP = 'latest-map';

interface Request {
  readonly flag: string;
  readonly file: string;
  readonly cwd: string;
}

/** @throws UsageError for a file that cannot be read or is no results file */
async function readReport({ flag, file, cwd }: Request, expected: string, remedy: string): Promise<Report> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch(() => {
    throw new UsageError(flag, `${expected} in ${file}`, 'none that can be read', remedy);
  });
  return parseReport(text, file);
}

const NO_TASK = 'Give the results of `tune`, such as results/latest.json.';

/** The task of a tune. @throws UsageError where there is none that a map has */
export async function taskOfFile(file: string, cwd: string): Promise<MapTask> {
  const { tune } = await readReport({ flag: '--task', file, cwd }, 'the results of a tune', NO_TASK);
  if (tune == null)
    throw new UsageError('--task', 'the results of a tune', `those of a run in ${file}`, NO_TASK);
  const task = taskOf(tune);
  if (task !== null) return task;
  const got = `${tune.target}, of which that is not known`;
  throw new UsageError('--task', 'a task that waits and computes', got, 'Leave --task out.');
}

const NOT_RESUMED = 'Leave --resume out to begin anew.';

/** Cells of an interrupted map of the same. @throws UsageError for another one */
export async function resumedCells(request: Request, plan: Plan): Promise<readonly MapCell[]> {
  const { file } = request;
  const expected = 'the map of the same';
  const saved = await readReport({ ...request, flag: '--resume' }, expected, NOT_RESUMED);
  if (saved.map != null && shapeOf(saved.plan) === shapeOf(plan)) return saved.map.cells;
  const got = saved.map == null ? 'no map' : 'one of something else';
  throw new UsageError('--resume', `${expected} in ${file}`, got, NOT_RESUMED);
}

/** Of what is compared; which cells were asked for may differ. */
function shapeOf({ scenarios }: Plan): string {
  const executors = scenarios[0]?.executors ?? [];
  return JSON.stringify(
    executors.map(({ id, threads, inFlight, options }) => [id, threads, inFlight, options]),
  );
}

/**
 * The saved map for a tune to show its task on; null: there is none that holds here, or that has such a task.
 *
 * @param asked the file of `--map`; undefined: the last one in the folder, of which nothing is said where it does not hold
 */
export async function mapFor(
  tuned: Report,
  asked: string | undefined,
  { out, cwd, say }: { readonly out: string; readonly cwd: string; say(text: string): void },
): Promise<ThreadsMap | null> {
  const file = asked ?? `${out}/${LATEST_MAP}.json`;
  const saved = await savedMap(file, cwd, asked !== undefined);
  // Interrupted before it knew its task.
  if (saved?.map == null || tuned.tune?.alone == null) return null;
  const reason = whyNot(saved, tuned);
  if (reason !== null) {
    if (asked !== undefined) say(`The map of ${file} is not shown: ${reason}.\n`);
    return null;
  }
  return { ...saved.map, task: taskOf(tuned.tune) };
}

/** @throws UsageError for one that was asked for and is none */
export async function savedMap(file: string, cwd: string, isAsked: boolean): Promise<Report | null> {
  const remedy = '`threads-vs-loop map` measures one.';
  try {
    const saved = await readReport({ flag: '--map', file, cwd }, 'a map', remedy);
    if (saved.map == null) throw new UsageError('--map', `a map in ${file}`, 'something else', remedy);
    return saved;
  } catch (error) {
    if (isAsked || !(error instanceof UsageError)) throw error;
    return null;
  }
}

function whyNot(saved: Report, tuned: Report): string | null {
  const [there, here] = [machineOf(saved), machineOf(tuned)];
  if (there !== here) return `it is of another machine (${there}; this one is ${here})`;
  return taskOf(tuned.tune!) === null
    ? 'a map has tasks that wait and compute, and this one blocks its thread or has others compute'
    : null;
}
