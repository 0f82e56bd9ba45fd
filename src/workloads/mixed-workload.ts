import { isDeepStrictEqual } from 'node:util';
import { isPlainObject } from '../plain-object.js';
import type { ParamSpecs, Params } from '../schema/index.js';
import { type Apportion, apportion } from './mix-order.js';
import type { SetupEnv } from './setup.js';
import { writtenTask } from './task-function.js';
import type { Workload, WorkloadDefinition, WorkloadEnv } from './workload.js';

/** A part of a mix, with its workload. */
export interface MixedKind {
  readonly kind: string;
  readonly share: number;
  readonly workload: Workload;
  readonly params: ParamSpecs;
}

/** A result, by which it is known of what kind its task was. */
interface Tagged {
  readonly kind: string;
  readonly result: unknown;
}

interface Context {
  readonly placeOf: Apportion;
  /** What each part has opened, by its place. */
  readonly own: readonly unknown[];
}

/** The workload that hands each task to the part it belongs to. */
export function mixedWorkload(name: string, kinds: readonly MixedKind[]): WorkloadDefinition {
  const asking = kinds.find(({ workload }) => workload.origin !== undefined);
  const most = kinds.reduce((a, b) => (b.share > a.share ? b : a));
  return {
    name,
    summary: `tasks of several kinds: ${kinds.map(({ kind }) => kind).join(', ')}`,
    kind: most.workload.kind,
    kindOf: params => most.workload.kindOf?.(own(most, params)) ?? most.workload.kind,
    params: Object.fromEntries(
      kinds.flatMap(({ kind, params }) =>
        Object.entries(params).map(([key, spec]) => [nameOf(kind, key), spec]),
      ),
    ),
    needsCalibration: kinds.some(({ workload }) => workload.needsCalibration === true),
    check: params => {
      for (const one of kinds) one.workload.check?.(own(one, params));
    },
    remote: params => kinds.flatMap(one => one.workload.remote?.(own(one, params)) ?? []),
    ...(asking && { origin: (params: Params) => asking.workload.origin!(own(asking, params)) }),
    mix: mixOf(kinds),
    ...setupOf(kinds),
    ...comparisonOf(kinds),
    ...tasksOf(kinds),
  };
}

function mixOf(kinds: readonly MixedKind[]): NonNullable<WorkloadDefinition['mix']> {
  const all = kinds.reduce((sum, { share }) => sum + share, 0);
  return {
    shares: Object.fromEntries(kinds.map(({ kind, share }) => [kind, share / all])),
    partOf: (context, index) => kinds[(context as Context).placeOf(index)]!.kind,
    taskOf: part => {
      const found = kinds.find(({ kind }) => kind === part);
      return found && writtenTask(found.workload.task);
    },
  };
}

function tasksOf(
  kinds: readonly MixedKind[],
): Pick<WorkloadDefinition, 'open' | 'task' | 'taskSync' | 'close'> {
  const of = (context: unknown, index: number) => {
    // What `open` below has returned.
    const { placeOf, own } = context as Context;
    const at = placeOf(index);
    return { ...kinds[at]!, context: own[at] };
  };
  const isSync = kinds.every(({ workload }) => workload.taskSync !== undefined);
  return {
    open: async (params, env) => {
      const placeOf = apportion(
        kinds.map(({ share }) => share),
        env.seed,
      );
      return { placeOf, own: await openAll(kinds, params, env) } satisfies Context;
    },
    task: async (shared, index, signal) => {
      const { kind, workload, context } = of(shared, index);
      return { kind, result: await workload.task(context, index, signal) } satisfies Tagged;
    },
    ...(isSync && {
      taskSync: (shared: unknown, index: number) => {
        const { kind, workload, context } = of(shared, index);
        return { kind, result: workload.taskSync!(context, index) } satisfies Tagged;
      },
    }),
    close: async shared => closeAll(kinds, (shared as Context).own),
  };
}

/** All or none. */
async function openAll(kinds: readonly MixedKind[], params: Params, env: WorkloadEnv): Promise<unknown[]> {
  const opened: unknown[] = [];
  try {
    for (const one of kinds)
      opened.push(await one.workload.open(own(one, params), { ...env, setup: partOf(env.setup, one.kind) }));
  } catch (error) {
    await closeAll(kinds, opened).catch(() => {});
    throw error;
  }
  return opened;
}

function closeAll(kinds: readonly MixedKind[], opened: readonly unknown[]): Promise<void> {
  return inReverse(opened, (context, at) => kinds[at]!.workload.close(context));
}

/** Every one is asked, and the first fault is thrown. */
async function inReverse<T>(
  items: readonly T[],
  end: (item: T, at: number) => Promise<void> | undefined,
): Promise<void> {
  const faults: unknown[] = [];
  for (let at = items.length - 1; at >= 0; at--) {
    try {
      await end(items[at]!, at);
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}

function setupOf(kinds: readonly MixedKind[]): Pick<WorkloadDefinition, 'setup' | 'teardown'> {
  const wanting = kinds.filter(({ workload: { setup, teardown } }) => setup ?? teardown);
  if (wanting.length === 0) return {};
  const teardown = (parts: readonly MixedKind[], data: unknown) =>
    inReverse(parts, ({ kind, workload }) => workload.teardown?.(partOf(data, kind)));
  return {
    setup: async (env: SetupEnv) => {
      const data: Record<string, unknown> = {};
      for (const [at, { kind, workload }] of wanting.entries()) {
        try {
          const made = await workload.setup?.(env);
          if (made !== undefined) data[kind] = made;
        } catch (error) {
          await teardown(wanting.slice(0, at), data).catch(() => {});
          throw error;
        }
      }
      return data;
    },
    teardown: data => teardown(wanting, data),
  };
}

/** What each part says of its results holds for those of its kind. */
function comparisonOf(
  kinds: readonly MixedKind[],
): Pick<WorkloadDefinition, 'results' | 'digest' | 'sameResult'> {
  const mayDiffer = ({ workload }: MixedKind) => workload.results === 'may differ';
  if (kinds.every(mayDiffer)) return { results: 'may differ' };
  const byKind = new Map(kinds.map(one => [one.kind, one]));
  const digest = (tagged: unknown): Tagged => {
    const { kind, result } = tagged as Tagged;
    const one = byKind.get(kind)!;
    if (mayDiffer(one)) return { kind, result: null };
    return { kind, result: one.workload.digest === undefined ? result : one.workload.digest(result) };
  };
  const sameResult = (first: unknown, second: unknown): boolean => {
    const [a, b] = [first as Tagged, second as Tagged];
    const same = byKind.get(a.kind)?.workload.sameResult;
    return a.kind === b.kind && (same?.(a.result, b.result) ?? isDeepStrictEqual(a.result, b.result));
  };
  return {
    ...(kinds.some(one => mayDiffer(one) || one.workload.digest !== undefined) && { digest }),
    ...(kinds.some(({ workload }) => workload.sameResult !== undefined) && { sameResult }),
  };
}

function nameOf(kind: string, param: string): string {
  return `${kind}.${param}`;
}

/** Its parameters, by their own names. */
function own({ kind, params: specs }: MixedKind, params: Params): Params {
  return Object.fromEntries(Object.keys(specs).map(key => [key, params[nameOf(kind, key)]!]));
}

function partOf(data: unknown, kind: string): unknown {
  return isPlainObject(data) ? data[kind] : undefined;
}
