import { importDefault, importModule } from '../default-export.js';
import { compiledUrl } from '../entry.js';
import { UsageError } from '../errors.js';
import { WORKLOAD_KINDS } from '../schema/index.js';
import { isMix, loadMix, type MixPart } from './mix.js';
import { callingTask, loadTaskFunction, readTaskFunctionUrl } from './task-function.js';
import { type Workload, type WorkloadDefinition, withLeftOut } from './workload.js';

export interface Registered<T> {
  readonly name: string;
  /** `file:` URL of the compiled module, which workers import. */
  readonly moduleUrl: string;
  /** Loads the module on demand: `--help` loads no HTTP client and no pool. */
  load(): Promise<T>;
}

export type Loaders<T> = Readonly<Record<string, () => Promise<{ readonly default: T }>>>;

/** @param folder of `src`, in which each module is a file of its name */
export function findRegistered<T>(
  folder: string,
  loaders: Loaders<T>,
  name: string,
): Registered<T> | undefined {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load === undefined) return undefined;
  return {
    name,
    moduleUrl: compiledUrl(`${folder}/${name}.js`),
    load: async () => (await load()).default,
  };
}

/** In the order in which they are listed. A new workload is a file and a line here. */
const loaders: Loaders<Workload> = {
  noop: () => import('./noop.js'),
  timer: () => import('./timer.js'),
  http: () => import('./http.js'),
  cpu: () => import('./cpu.js'),
  mixed: () => import('./mixed.js'),
  'wait-compute': () => import('./wait-compute.js'),
  chain: () => import('./chain.js'),
  yield: () => import('./yield.js'),
  parse: () => import('./parse.js'),
  fs: () => import('./fs.js'),
  dns: () => import('./dns.js'),
  scrypt: () => import('./scrypt.js'),
  zlib: () => import('./zlib.js'),
  sqlite: () => import('./sqlite.js'),
};

export const workloadNames: readonly string[] = Object.keys(loaders);

export function findWorkload(name: string): Registered<Workload> | undefined {
  return findRegistered('workloads', loaders, name);
}

/**
 * The workload that a module exports, or that a function of it makes (`loadTaskFunction`).
 *
 * @param given what the user called it
 * @throws UsageError when the module cannot be loaded, or has neither
 */
export async function loadWorkloadModule(moduleUrl: string, given = moduleUrl): Promise<Workload> {
  const mixed = await loadMixOf(moduleUrl, given);
  if (mixed !== null) return withLeftOut(mixed);
  const byFunction = await loadTaskFunction({ moduleUrl, given });
  if (byFunction !== null) return withLeftOut(byFunction);
  const found = await importDefault<WorkloadDefinition>(
    { moduleUrl, given },
    {
      what: 'a workload',
      takesFunctions: true,
      needed: [
        ['name', 'string'],
        ['kind', WORKLOAD_KINDS],
        ['open', 'function'],
        ['task', 'function'],
      ],
      optional: [
        ['params', 'object'],
        ['defaults', 'object'],
        ['close', 'function'],
        ['setup', 'function'],
        ['teardown', 'function'],
        ['summary', 'string'],
        ['taskSync', 'function'],
        ['check', 'function'],
        ['kindOf', 'function'],
        ['origin', 'function'],
        ['remote', 'function'],
        ['needsCalibration', 'boolean'],
        ['digest', 'function'],
        ['sameResult', 'function'],
        ['results', ['may differ']],
      ],
      remedy:
        'Make it with defineWorkload({ name, kind, open, task }), and params, defaults and close where it has any; or export async function task(index).',
    },
  );
  return withLeftOut(found);
}

/** Null: the module exports none. */
async function loadMixOf(moduleUrl: string, given: string): Promise<WorkloadDefinition | null> {
  const { fileUrl, exportName } = readTaskFunctionUrl(moduleUrl);
  if (exportName !== null) return null;
  const { default: found } = await importModule({ moduleUrl: fileUrl, given });
  if (!isMix(found)) return null;
  return loadMix(found, given, (part, subject) => loadPart(part, subject, fileUrl));
}

async function loadPart({ module, task }: MixPart, subject: string, mixUrl: string): Promise<Workload> {
  if (typeof task === 'function')
    return withLeftOut({
      name: task.name,
      summary: '',
      kind: 'cpu',
      open: async () => null,
      task: callingTask(async (_: unknown, index: number) => task(index), task),
    });
  if (task !== undefined) return withLeftOut(task);
  const builtIn = typeof module === 'string' ? findWorkload(module) : undefined;
  if (builtIn !== undefined) return builtIn.load();
  return loadWorkloadModule(partUrl(module!, subject, mixUrl), subject);
}

/** What TypeScript is compiled to does not lie where its source is. */
const COMPILED = /threads-vs-loop\/[^/]+-[\da-f]{16}\.mjs$/;
const IN_TYPESCRIPT =
  "In TypeScript import the function and write task: renderPage; a module is found by new URL('./render.mjs', import.meta.url).";

function partUrl(module: string | URL, subject: string, mixUrl: string): string {
  const isRelative = typeof module === 'string' && !/^[a-z]+:/i.test(module);
  if (isRelative && COMPILED.test(mixUrl))
    throw new UsageError(subject, 'a function', `the path ${module}`, IN_TYPESCRIPT);
  const url = new URL(module, mixUrl);
  if (/\.[cm]?ts$/.test(url.pathname))
    throw new UsageError(subject, 'a module that workers can load', 'one in TypeScript', IN_TYPESCRIPT);
  return url.href;
}
