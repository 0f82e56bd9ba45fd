import { isDeepStrictEqual } from 'node:util';
import type { Alternative, ExecutorVariant, Params } from '../schema/index.js';
import { firstValues, listsOf, type ValueLists } from '../settings/checks.js';
import { originOf } from '../workloads/origin-of.js';
import type { Workload } from '../workloads/workload.js';
import type { ScenarioDraft } from './draft.js';
import { checkParams } from './params.js';
import { type Choice, combinations, type Dimension, partOf, variantId } from './product.js';
import { requestsPerTask, scenarioWorkloadOf } from './scenario-workload.js';
import { requireComparable, type Version } from './versions.js';

/** Values of a scenario's parameters. */
export interface SplitParams {
  /** Each value, or each combination of them, is a scenario. */
  readonly swept: ValueLists;
  /** Each is a variant of every executor, in the same rounds. */
  readonly compared: ValueLists;
}

const CATEGORIES: readonly string[] = ['choice', 'text', 'boolean'];

/**
 * Categories are compared with each other; numbers are places along an axis, unless one of them is the baseline. What
 * changes the origin makes scenarios too: a scenario has one origin.
 *
 * @param baseline such as `cpuMs=2`
 */
export function splitParams(workload: Workload, lists: ValueLists, baseline = ''): SplitParams {
  const isCompared = (key: string) =>
    lists[key]!.length > 1 &&
    (CATEGORIES.includes(workload.params[key]!.kind) || baseline.startsWith(`${key}=`)) &&
    !changesOrigin(workload, lists, key);
  const pick = (compared: boolean) =>
    Object.fromEntries(Object.entries(lists).filter(([key]) => isCompared(key) === compared));
  return { swept: pick(false), compared: pick(true) };
}

function changesOrigin(workload: Workload, lists: ValueLists, key: string): boolean {
  if (workload.origin === undefined) return false;
  const others = paramDimensions(lists).filter(({ name }) => name !== key);
  return combinations(others).some(choice => {
    const origins = lists[key]!.map(value =>
      originOf(workload, { ...Object.fromEntries(choice), [key]: value }),
    );
    return origins.some(origin => !isDeepStrictEqual(origin, origins[0]));
  });
}

function paramDimensions(lists: ValueLists): Dimension[] {
  return Object.entries(lists).map(([name, values]) => ({ name, label: name, values }));
}

/** What a scenario is compared by besides executors. */
export interface AlternativesRequest {
  readonly draft: Pick<ScenarioDraft, 'workload' | 'moduleUrl' | 'versions' | 'nodes'>;
  /** The scenario's, with the first value of those that are compared. */
  readonly params: Params;
  readonly compared: ValueLists;
}

const VERSION = 'version';
const WORKTREE = 'worktree';
const NODE = 'node';
/** Whatever runs it, and however it is written, its results are the same. */
const SAME_WORK: readonly string[] = [VERSION, WORKTREE, NODE];

/** @param own an executor's own parameters: it has no other values of these */
export function alternativeDimensions(
  { draft, compared }: AlternativesRequest,
  own: Params = {},
): readonly Dimension[] {
  const { versions, nodes } = draft;
  const values = Object.entries(compared).map(([key, list]) => ({
    name: `param.${key}`,
    label: key,
    values: own[key] === undefined ? list : [own[key]],
  }));
  const labels = (all: readonly { readonly label: string }[]) => all.map(({ label }) => label);
  return [
    ...(nodes.length === 0 ? [] : [{ name: NODE, label: NODE, values: labels(nodes) }]),
    ...(versions.length === 0 ? [] : [{ ...versionDimension(versions), values: labels(versions) }]),
    ...values,
  ];
}

function versionDimension([first]: readonly Version[]): Pick<Dimension, 'name' | 'label'> {
  return first?.revision === undefined ? { name: VERSION, label: '' } : { name: WORKTREE, label: WORKTREE };
}

/** How many of them there are. */
export function countAlternatives(asked: AlternativesRequest): number {
  return combinations(alternativeDimensions(asked)).length;
}

/** What a variant runs. */
export interface PlannedWork
  extends Pick<ExecutorVariant, 'params' | 'workload' | 'alternative' | 'node' | 'revision'> {
  /** Whether its tasks share connections, of which there are in-flight many. */
  readonly hasConnections: boolean;
}

interface VariantNaming {
  readonly called: string;
  readonly own: Params;
  readonly dimensions: readonly Dimension[];
  readonly axis: string | null;
}

/** @throws UsageError for parameters that the workload does not allow together */
export function planWork(
  asked: AlternativesRequest,
  choice: Choice,
  { called, own, dimensions, axis }: VariantNaming,
): PlannedWork {
  const { draft, params, compared } = asked;
  const chosen = choice.get(VERSION) ?? choice.get(WORKTREE);
  const version = draft.versions.find(({ label }) => label === chosen);
  const loaded = version ?? draft;
  const { workload } = loaded;
  const values: Params = Object.fromEntries(
    Object.keys(compared).map(key => [key, choice.get(`param.${key}`)!]),
  );
  const common = paramsFor(workload, { ...params, ...values });
  const given = paramsFor(workload, { ...common, ...own }, Object.keys(own));
  workload.check?.(common);
  workload.check?.(given);
  const planned = scenarioWorkloadOf(draft, params);
  const work = scenarioWorkloadOf(loaded, common);
  requireComparable({ workload, params: common, planned: work }, { ...draft, params, planned });
  const varying = alternativeDimensions(asked);
  const peers = dimensions.filter(({ name }) => !varying.some(one => one.name === name));
  const peerId = (without: string | null) => variantId(called, peers, choice, without);
  const peer = { id: peerId(null), label: peerId('threads'), series: peerId(axis) };
  return {
    params: { ...differing(common, params), ...own },
    workload: isDeepStrictEqual(work, planned) ? null : work,
    node: draft.nodes.find(({ label }) => label === choice.get(NODE)) ?? null,
    revision: version?.revision ?? null,
    alternative: varying.length === 0 ? null : { ...nameOf(varying, choice), peer, params: common },
    hasConnections: requestsPerTask(workload, given) > 0,
  };
}

function nameOf(
  varying: readonly Dimension[],
  choice: Choice,
): Pick<Alternative, 'name' | 'label' | 'of' | 'sameResults'> {
  const parts = varying.map(dimension => partOf(dimension, choice));
  const name = parts.join(' ');
  const ofValues = varying.filter(dimension => !SAME_WORK.includes(dimension.name));
  return {
    name,
    label: varying.length === 1 ? alone(varying[0]!, choice) : name,
    of: varying.map(({ label }) => label || VERSION).join(' '),
    sameResults: ofValues.map(dimension => partOf(dimension, choice)).join(' '),
  };
}

/** In a sentence, where nothing else tells alternatives apart. */
function alone(dimension: Dimension, choice: Choice): string {
  const value = choice.get(dimension.name);
  if (dimension.name === NODE) return `Node ${String(value)}`;
  if (dimension.name === WORKTREE && value === '.') return 'the working tree';
  // `true is 2× false` says nothing.
  return typeof value === 'string' ? value : partOf(dimension, choice);
}

/** Of what is given those that the workload has, the rest by its defaults. */
function paramsFor(workload: Workload, given: Params, mustHave: readonly string[] = []): Params {
  const known = Object.entries(given).filter(
    ([key]) => mustHave.includes(key) || Object.hasOwn(workload.params, key),
  );
  const lists = listsOf(Object.fromEntries(known));
  return firstValues(checkParams('parameter', workload.name, workload.params, lists));
}

function differing(params: Params, from: Params): Params {
  return Object.fromEntries(
    Object.entries(params).filter(([key, value]) => !isDeepStrictEqual(value, from[key])),
  );
}
