import { describeThrown } from '../errors.js';
import { groupBy } from '../group-by.js';
import type { Host } from '../hosts/launcher.js';
import type {
  DigestMismatch,
  ExecutorForkResult,
  ExecutorVariant,
  ResultDifference,
  ScenarioWorkload,
} from '../schema/index.js';
import { compareDigests, differingIndexes } from '../stats/digests.js';
import type { ShownResult } from '../trial/shown-result.js';
import { loadWorkloadModule } from '../workloads/registry.js';
import type { Workload } from '../workloads/workload.js';
import type { ExecutorInFork } from './fork-executor.js';

/** One side of a comparison: an executor after its cold trial. */
export interface Digested {
  readonly id: string;
  readonly digests: Float64Array;
  /** Null: it is lost, and its results with it. */
  readonly host: Pick<Host, 'results'> | null;
}

export type SameResult = NonNullable<Workload['sameResult']>;

/** `sameResult` is asked about so many tasks; their results have to be sent for that. */
const MOST_ASKED = 1_000;

/** Once all of a fork have had their cold trial: until the next one hosts hold the results of it. */
export async function compareColdResults(
  executors: readonly ExecutorInFork[],
  { resultsCompared, moduleUrl }: ScenarioWorkload,
): Promise<void> {
  if (executors.some(({ isFirst, result }) => isFirst && result.trials.length === 0)) return;
  const workload = resultsCompared === 'sameResult' ? await loadWorkloadModule(moduleUrl) : null;
  const sameResult = workload?.sameResult?.bind(workload) ?? null;
  const digested = executors.flatMap(({ variant, host, result }) => {
    const { id, digests } = result;
    return digests === null ? [] : [{ variant, id, digests, host: host.process, result }];
  });
  for (const [reference, ...others] of comparable(digested, ({ variant }) => variant)) {
    // A host that is lost over this is found out in its next trial.
    for (const other of others)
      other.result.difference = await differenceOf(other, reference!, sameResult).catch(() => undefined);
  }
}

/** Versions are to give the same results; with other values of a parameter a task may give others. */
function comparable<T>(all: readonly T[], variantOf: (one: T) => ExecutorVariant): readonly (readonly T[])[] {
  return [...groupBy(all, one => variantOf(one).alternative?.sameResults ?? '').values()];
}

/**
 * Two executors' cold results, task by task: by their digests, and where these differ by what the workload says of them.
 *
 * @returns null when the digests are alike
 */
export async function differenceOf(
  executor: Digested,
  other: Digested,
  sameResult: SameResult | null,
): Promise<ResultDifference | null> {
  const { compared, different, firstIndex } = compareDigests(other.digests, executor.digests);
  if (different === 0) return null;
  const asked = differingIndexes(other.digests, executor.digests, sameResult === null ? 1 : MOST_ASKED);
  const [ours, theirs] = [await shown(executor, asked), await shown(other, asked)];
  const names = { executor: executor.id, other: other.id, compared };
  const says = (at: number): readonly [string, string] | null => {
    const [a, b] = [ours[at], theirs[at]];
    return a === undefined || b === undefined ? null : parting(a.text, b.text);
  };
  const answered = Math.min(ours.length, theirs.length);
  if (sameResult === null || answered === 0)
    return { mismatch: { ...names, different, firstIndex, says: says(0) }, notAsked: 0 };

  const verdicts = asked
    .slice(0, answered)
    .map((_, at) => ask(sameResult, ours[at]!.value, theirs[at]!.value));
  const first = verdicts.findIndex(verdict => verdict !== true);
  const notAsked = different - answered;
  if (first === -1) return { mismatch: null, notAsked };
  const threw = typeof verdicts[first] === 'string' ? verdicts[first] : null;
  return {
    mismatch: {
      ...names,
      different: verdicts.filter(verdict => verdict !== true).length,
      firstIndex: asked[first]!,
      says: says(first),
      threw,
    },
    notAsked,
  };
}

/** Of a fork: every executor's cold results against those of the first that has some. */
export function mismatchesOf(
  results: readonly ExecutorForkResult[],
  executors: readonly ExecutorVariant[],
  fork: number,
): DigestMismatch[] {
  const digested = results.filter(result => result.digests !== null);
  const groups = comparable(digested, ({ id }) => executors.find(variant => variant.id === id)!);
  return groups.flatMap(group => mismatchesAmong(group, fork));
}

function mismatchesAmong(
  [reference, ...others]: readonly ExecutorForkResult[],
  fork: number,
): DigestMismatch[] {
  return others.flatMap(result => {
    if (result.difference !== undefined)
      return result.difference?.mismatch == null ? [] : [{ ...result.difference.mismatch, fork }];
    const difference = compareDigests(reference!.digests!, result.digests!);
    if (difference.different === 0) return [];
    return [{ executor: result.id, other: reference!.id, fork, ...difference }];
  });
}

async function shown({ host }: Digested, indexes: readonly number[]): Promise<readonly ShownResult[]> {
  return (await host?.results?.(indexes)) ?? [];
}

/** A user's function: what it throws is no reason to end a run. */
function ask(sameResult: SameResult, a: unknown, b: unknown): boolean | string {
  try {
    return Boolean(sameResult(a, b));
  } catch (error) {
    return describeThrown(error);
  }
}

/** Characters of each that are shown. */
const LONGEST = 40;
/** Of what is the same before the place where they part. */
const LEAD = 12;

/** Two lines cut to a few words, from before the place where they part. */
export function parting(a: string, b: string): readonly [string, string] {
  const [ours, theirs] = [[...a], [...b]];
  let same = 0;
  while (same < ours.length && ours[same] === theirs[same]) same++;
  const from = same < LONGEST - LEAD ? 0 : same - LEAD;
  return [cut(ours, from), cut(theirs, from)];
}

function cut(characters: readonly string[], from: number): string {
  const end = characters.length - from > LONGEST ? from + LONGEST - 1 : characters.length;
  return `${from > 0 ? '…' : ''}${characters.slice(from, end).join('')}${end < characters.length ? '…' : ''}`;
}
