import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import type { ScenarioSpec, Suite } from '../settings/suite.js';
import { describe, unknownName } from '../suggest.js';
import { MODULE_EXTENSION } from '../workloads/task-function.js';
import type { Catalogue } from './catalogue.js';
import { fileOf, loadSuiteModule, looksLikePath, moduleUrlOf, splitExport } from './user-module.js';

const DEFAULT_SUITE = 'default';

/** A scenario as written, and what the paths in it are relative to. */
export interface LocatedSpec {
  readonly spec: ScenarioSpec;
  readonly baseDir: string;
  /** What messages call the file that it is in, where that is not known from what was asked for. */
  readonly file?: string;
}

export interface ResolvedTargets {
  /** The suite's name, when a suite and nothing else was asked for. */
  readonly suite: string | null;
  readonly specs: readonly LocatedSpec[];
}

/**
 * What the targets stand for. A name is looked for among the scenarios of a config, among suites, then among the
 * scenarios in them, then among workloads: a scenario called like its workload is that workload with better settings.
 *
 * @param targets empty: the scenarios of the config or, without any, the default suite
 * @param baseDir what paths among the targets are relative to
 * @param configured scenarios of a config
 * @throws UsageError for a target that is none of these
 */
export async function resolveTargets(
  targets: readonly string[],
  catalogue: Catalogue,
  baseDir: string,
  configured: readonly LocatedSpec[] = [],
): Promise<ResolvedTargets> {
  if (targets.length === 0 && configured.length > 0) return { suite: null, specs: configured };
  const asked = targets.length === 0 ? [DEFAULT_SUITE] : [...new Set(targets)];
  const suites = await catalogue.suites();
  const resolved: ResolvedTargets[] = [];
  for (const target of asked) {
    if (/\.(?:json|ndjson)$/i.test(target))
      throw new UsageError(
        target,
        'a module or a name',
        'a file of data',
        'Arguments of a function are given by --args.',
      );
    resolved.push(
      looksLikePath(target)
        ? await resolvePath(target, baseDir)
        : resolveName(target, { suites, configured, catalogue, baseDir }),
    );
  }
  const only = resolved.length === 1 ? resolved[0]!.suite : null;
  const specs = resolved.flatMap(one => one.specs);
  // The same scenario asked for by its own name and by its suite's is run once.
  const unique = new Map(specs.map(located => [located.spec, located]));
  return { suite: only, specs: requireDistinctNames([...unique.values()]) };
}

interface Named {
  readonly suites: readonly Suite[];
  readonly configured: readonly LocatedSpec[];
  readonly catalogue: Catalogue;
  readonly baseDir: string;
}

function resolveName(target: string, { suites, configured, catalogue, baseDir }: Named): ResolvedTargets {
  const own = configured.find(({ spec }) => spec.name === target);
  if (own !== undefined) return { suite: null, specs: [own] };
  const suite = suites.find(({ name }) => name === target);
  if (suite !== undefined) return { suite: suite.name, specs: locate(suite, baseDir) };
  const scenarios = suites.flatMap(one => one.scenarios);
  const spec = scenarios.find(({ name }) => name === target);
  if (spec !== undefined) return { suite: null, specs: [{ spec, baseDir }] };
  if (catalogue.workloadNames.includes(target))
    return { suite: null, specs: [{ spec: { name: target, workload: target }, baseDir }] };
  if (COMMANDS.includes(target)) throw commandAsTarget(target);
  const all = [...configured.map(one => one.spec), ...suites, ...scenarios];
  const known = all.map(({ name }) => name);
  throw unknownName(
    'suite, scenario or workload',
    target,
    [...new Set([...known, ...catalogue.workloadNames])],
    'A module of your own is given by its path, such as ./my-workload.js.',
  );
}

/** What people write behind `npm run bench --`, which is `run` already. */
const COMMANDS = [
  'run',
  'tune',
  'map',
  'compare',
  'list',
  'report',
  'selfcheck',
  'contract',
  'origin',
  'ui',
  'worker',
  'init',
  'help',
];

function commandAsTarget(command: string): UsageError {
  const remedy = `Write threads-vs-loop ${command}; in a clone npm run threads-vs-loop -- ${command}.`;
  return new UsageError(
    'suite, scenario or workload',
    'what is to be measured',
    `the command ${command}`,
    remedy,
  );
}

async function resolvePath(target: string, baseDir: string): Promise<ResolvedTargets> {
  const { path, exportName } = splitExport(target, baseDir);
  const moduleUrl = moduleUrlOf(path, baseDir);
  const suite = exportName === null ? await loadSuiteModule(moduleUrl, target) : null;
  if (suite !== null) return { suite: suite.name, specs: locate(suite, dirname(fileOf(path, baseDir))) };
  const name = nameOfTarget(target, baseDir);
  return { suite: null, specs: [{ spec: { name, workload: target }, baseDir }] };
}

/** `render` for `./render.ts`, `renderPage` for `./render.ts#renderPage`. */
export function nameOfTarget(target: string, baseDir: string): string {
  const { path, exportName } = splitExport(target, baseDir);
  return exportName === null || exportName === 'default' ? baseName(path) : exportName;
}

function locate(suite: Suite, baseDir: string): LocatedSpec[] {
  return suite.scenarios.map(spec => ({ spec, baseDir }));
}

/** @throws UsageError when two scenarios have one name: reports could not tell them apart */
export function requireDistinctNames(unique: readonly LocatedSpec[]): readonly LocatedSpec[] {
  const names = unique.map(({ spec }) => spec.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return unique;
  throw new UsageError(
    'scenarios',
    'a different name for each',
    `${describe(twice)} twice`,
    'Rename one, or run them one after the other.',
  );
}

/** The file's name without its extension. */
export function baseName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(MODULE_EXTENSION, '');
}
