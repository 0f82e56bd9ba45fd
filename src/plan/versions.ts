import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../errors.js';
import type { Params, Revision, ScenarioWorkload } from '../schema/index.js';
import { describe } from '../suggest.js';
import { originOf } from '../workloads/origin-of.js';
import type { Lookup } from './catalogue.js';
import { type LoadedWorkload, loadWorkload } from './loaded-workload.js';
import { baseName, nameOfTarget } from './targets.js';
import { looksLikePath, splitExport } from './user-module.js';

/** One of two workloads that are compared, and what reports call it. */
export interface Version extends LoadedWorkload {
  readonly label: string;
  /** Of a git repository; left out: a file as it is. */
  readonly revision?: Revision;
}

/** A workload as it was written, and what its path starts from. */
interface Asked extends Lookup {
  readonly given: string;
}

/**
 * The older version beside the newer one, by names that tell them apart.
 *
 * @param args absolute path of the arguments of both; null: none
 * @throws UsageError when both are the same, or the older one cannot be used
 */
export async function loadVersions(
  older: Asked,
  newer: Asked & LoadedWorkload,
  args: string | null,
): Promise<readonly Version[]> {
  const loaded = await loadWorkload(older.given, args, older);
  if (loaded.moduleUrl === newer.moduleUrl)
    throw new UsageError(
      older.subject,
      'another module than the target',
      describe(older.given),
      'Name the older one.',
    );
  const [old, own] = labelsOf(older, newer);
  return [
    { ...loaded, label: old },
    { moduleUrl: newer.moduleUrl, workload: newer.workload, label: own },
  ];
}

/** The shortest names in which the two differ: `old`, `new`; `old#render`; `v1/render`; else what was written. */
function labelsOf(older: Asked, newer: Asked): readonly [string, string] {
  const names: readonly ((asked: Asked) => string)[] = [
    ({ given, baseDir }) => nameOfTarget(given, baseDir),
    ({ given, baseDir }) => baseName(splitExport(given, baseDir).path),
    ({ given, baseDir }) => inItsFolder(splitExport(given, baseDir).path),
  ];
  for (const name of names) {
    const pair = [older, newer].map(asked => (looksLikePath(asked.given) ? name(asked) : asked.given));
    if (pair[0] !== pair[1]) return [pair[0]!, pair[1]!];
  }
  return [older.given, newer.given];
}

function inItsFolder(path: string): string {
  const folder = path.split(/[\\/]/).at(-2);
  return folder === undefined ? baseName(path) : `${folder}/${baseName(path)}`;
}

/** A workload with its parameters, and what a plan says of it. */
interface GivenWorkload extends Pick<LoadedWorkload, 'workload'> {
  readonly params: Params;
  readonly planned: ScenarioWorkload;
}

/**
 * That what two versions do can be compared.
 *
 * @throws UsageError for a version that wants another origin, or whose results are compared otherwise
 */
export function requireComparable(version: GivenWorkload, other: GivenWorkload): void {
  const origins = [version, other].map(({ workload, params }) => originOf(workload, params));
  const subject = `versions ${version.workload.name} and ${other.workload.name}`;
  if (!isDeepStrictEqual(origins[0], origins[1]))
    throw new UsageError(
      subject,
      'the same settings of the embedded server',
      'others',
      'Give both the same origin.',
    );
  const compared = [version, other].map(({ planned }) => planned.resultsCompared);
  if (compared[0] === compared[1] || compared.includes('may differ')) return;
  throw new UsageError(
    subject,
    `results that are compared alike (${compared[1]})`,
    compared[0]!,
    "Give both the same digest or sameResult, or results: 'may differ'.",
  );
}
