import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { withoutMark } from '../byte-order-mark.js';
import { importModule, type UserModule } from '../default-export.js';
import { messageOf, UsageError } from '../errors.js';
import { isPlainObject } from '../plain-object.js';
import type { ParamSpecs } from '../schema/index.js';
import { unknownName } from '../suggest.js';
import type { WorkloadDefinition } from './workload.js';

/** Of the modules that can be loaded, if need be compiled. */
export const MODULE_EXTENSION = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** A function of somebody's own that is the task of a workload. */
export interface TaskFunction {
  /** `file:` URL of its module. */
  readonly fileUrl: string;
  /** Name of the export; null: `task`, where the module exports no workload. */
  readonly exportName: string | null;
  /** `file:` URL of the arguments of its tasks; null: it is called with the index. */
  readonly argsUrl: string | null;
}

/** As the URL of a module, which travels to workers like that of any other workload. */
export function taskFunctionUrl({ fileUrl, exportName, argsUrl }: TaskFunction): string {
  const url = new URL(fileUrl);
  if (argsUrl !== null) url.searchParams.set('args', argsUrl);
  if (exportName !== null) url.hash = encodeURIComponent(exportName);
  return url.href;
}

export function readTaskFunctionUrl(moduleUrl: string): TaskFunction {
  if (!moduleUrl.startsWith('file:')) return { fileUrl: moduleUrl, exportName: null, argsUrl: null };
  const url = new URL(moduleUrl);
  const exportName = url.hash === '' ? null : decodeURIComponent(url.hash.slice(1));
  const argsUrl = url.searchParams.get('args');
  url.hash = '';
  url.search = '';
  return { fileUrl: url.href, exportName, argsUrl };
}

type Exports = Readonly<Record<string, unknown>>;
const require = createRequire(import.meta.url);
type AnyFunction = (...args: unknown[]) => unknown;

/** What a module with a `task` may export beside it. */
const BESIDE_TASK = ['open', 'close', 'taskSync', 'setup', 'teardown', 'digest', 'sameResult'] as const;
type Comparing = Pick<WorkloadDefinition, 'digest' | 'sameResult' | 'results'>;
const MAY_DIFFER = 'may differ';

/**
 * The workload that a function makes: `export async function task(index)`, or the export that was asked for by name.
 *
 * @returns null: the module is not of that kind, and none was asked for
 * @throws UsageError where there is no such function, or its arguments cannot be read
 */
export async function loadTaskFunction({ moduleUrl, given }: UserModule): Promise<WorkloadDefinition | null> {
  const { fileUrl, exportName, argsUrl } = readTaskFunctionUrl(moduleUrl);
  const exports = withCommonJs(await importModule({ moduleUrl: fileUrl, given }), fileUrl);
  if (exportName === null) {
    if (argsUrl === null && !isTaskModule(exports)) return null;
    if (isWorkload(exports.default))
      throw new UsageError(given, 'a function for the arguments', 'a workload', 'Let its open read them.');
  }
  const own = exportName ?? 'task';
  const call = functionOf(exports, own, given);
  const args = argsUrl === null ? null : await readArguments(argsUrl);
  const called = { name: exportName === null || exportName === 'default' ? fileName(given) : exportName };
  const summary = `${own} of ${given}`;
  const common = { ...called, summary, kind: 'cpu' as const };
  if (exportName !== null || args !== null) {
    const argsOf = (index: number) => (args === null ? [index] : args[index % args.length]!);
    const task = callingTask(async (_: unknown, index: number) => call(...argsOf(index)), call);
    return { ...common, ...comparing(exports, own), open: async () => null, task };
  }
  return { ...common, ...taskModule(exports, call, given) };
}

const WRITTEN = new WeakMap<object, unknown>();

/** Remembers whose function a task calls: messages tell where that is. */
export function callingTask<T extends object>(task: T, written: unknown): T {
  WRITTEN.set(task, written);
  return task;
}

/** The function that somebody has written, of a task that calls it. */
export function writtenTask(task: object): unknown {
  return WRITTEN.get(task) ?? task;
}

/** What somebody has written as the task of a module that loads; undefined where there is none. */
export async function loadedTask(moduleUrl: string): Promise<unknown> {
  const { fileUrl, exportName } = readTaskFunctionUrl(moduleUrl);
  const exports = withCommonJs(await import(fileUrl), fileUrl);
  const whole = isPlainObject(exports.default) ? exports.default : {};
  const name = exportName ?? 'task';
  return exports[name] ?? whole[name];
}

/** Node finds names of what CommonJS exports in its source, and not all: `module.exports = make()` has none. */
function withCommonJs(exports: Exports, fileUrl: string): Exports {
  const { default: whole } = exports;
  const required = fileUrl.startsWith('file:') ? require.cache[fileURLToPath(fileUrl)]?.exports : undefined;
  const isCommonJs = whole === (exports['module.exports'] ?? required);
  return isCommonJs && isPlainObject(whole) ? { ...whole, ...exports } : exports;
}

function isTaskModule({ task, default: whole }: Exports): boolean {
  return typeof task === 'function' && !isWorkload(whole);
}

/** That is one whatever else its module exports. */
function isWorkload(whole: unknown): boolean {
  return isPlainObject(whole) && 'kind' in whole;
}

function taskModule(
  exports: Exports,
  task: AnyFunction,
  given: string,
): Pick<WorkloadDefinition, (typeof BESIDE_TASK)[number] | 'results' | 'params' | 'task'> {
  for (const name of BESIDE_TASK) {
    const type = typeof exports[name];
    if (type !== 'function' && type !== 'undefined')
      throw new UsageError(given, `an export ${name} that is a function`, type, 'Make it one, or rename it.');
  }
  if (exports.results !== undefined && exports.results !== MAY_DIFFER)
    throw new UsageError(given, `an export results that is '${MAY_DIFFER}'`, 'something else', 'Rename it.');
  const { open, close, taskSync, setup, teardown } = exports as Partial<
    Record<(typeof BESIDE_TASK)[number], AnyFunction>
  >;
  return {
    // Without an open of its own, tasks get what was set up.
    open: async (params, env) => (open === undefined ? env?.setup : open(params, env)),
    // The index first: most tasks have no use for more.
    task: callingTask(
      async (context: unknown, index: number, signal: unknown) => task(index, context, signal),
      task,
    ),
    ...(taskSync === undefined ? {} : { taskSync: (context, index) => taskSync(index, context) }),
    ...(close === undefined ? {} : { close: async context => void (await close(context)) }),
    ...(setup === undefined ? {} : { setup: async env => setup(env) }),
    ...(teardown === undefined ? {} : { teardown: async data => void (await teardown(data)) }),
    ...(exports.params === undefined ? {} : { params: exports.params as ParamSpecs }),
    ...comparing(exports, 'task'),
  };
}

/**
 * What a module says of the results of its functions. Beside a function that was asked for by name an export of that
 * name and another type is something of the program's own.
 *
 * @param own the function that is the task, whatever it is called
 */
function comparing(exports: Exports, own: string): Comparing {
  const { digest, sameResult, results } = exports;
  const isFunction = (name: string, value: unknown) => typeof value === 'function' && own !== name;
  return {
    ...(isFunction('digest', digest) && { digest: digest as NonNullable<Comparing['digest']> }),
    ...(isFunction('sameResult', sameResult) && {
      sameResult: sameResult as NonNullable<Comparing['sameResult']>,
    }),
    ...(results === MAY_DIFFER && { results: MAY_DIFFER }),
  };
}

/** An export, or a property of what a CommonJS module exports where Node does not see that it is one. */
function functionOf(exports: Exports, name: string, given: string): AnyFunction {
  const whole = exports.default;
  const common = typeof whole === 'object' && whole !== null ? (whole as Exports) : {};
  const found = exports[name] ?? common[name];
  if (typeof found === 'function') return found as AnyFunction;
  if (found !== undefined)
    throw new UsageError(
      given,
      `an export ${name} that is a function`,
      typeof found,
      'Make it one, or name another.',
    );
  const all = Object.entries({ ...common, ...exports });
  const names = all.flatMap(([key, value]) => (typeof value === 'function' ? [key] : []));
  const remedy = 'Export it, or name another one behind the #: FILE#name.';
  if (names.length > 0) throw unknownName(`${given}: function for the tasks`, name, names, remedy);
  throw new UsageError(given, `an exported function ${name}`, 'none at all', remedy);
}

function fileName(given: string): string {
  return given
    .replace(/#.*$/, '')
    .replace(/^.*[\\/]/, '')
    .replace(MODULE_EXTENSION, '');
}

const LINES = /\.(?:ndjson|jsonl)$/;

/**
 * The arguments of each task: a list of JSON, or a line of JSON each. An item that is a list itself holds several arguments.
 *
 * @throws UsageError when it holds something else, or nothing
 */
async function readArguments(argsUrl: string): Promise<readonly (readonly unknown[])[]> {
  return (await readItems(argsUrl)).map(item => (Array.isArray(item) ? item : [item]));
}

/** Each as it is in the file. @throws UsageError as above */
export async function readItems(argsUrl: string): Promise<readonly unknown[]> {
  const file = fileURLToPath(argsUrl);
  const text = withoutMark(await readFile(file, 'utf8'));
  const items = LINES.test(file) ? linesOf(file, text) : parsed(file, text, 'a list in JSON');
  const remedy = 'Task i takes item i, and starts anew at the end of the list.';
  if (!Array.isArray(items))
    throw new UsageError(file, 'a list in JSON', items === null ? 'null' : typeof items, remedy);
  if (items.length === 0) throw new UsageError(file, 'at least one item', 'an empty list', remedy);
  return items;
}

function linesOf(file: string, text: string): unknown[] {
  return text
    .split('\n')
    .flatMap((line, at) => (line.trim() === '' ? [] : [parsed(`${file}:${at + 1}`, line, 'JSON')]));
}

function parsed(place: string, text: string, expected: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(place, expected, `text that is none (${messageOf(error)})`, 'Correct it.');
  }
}
