import { compiledUrl } from '../entry.js';
import { UsageError } from '../errors.js';
import type { Workload } from './workload.js';

export interface RegisteredWorkload {
  readonly name: string;
  /** `file:` URL of the compiled module, which workers import. */
  readonly moduleUrl: string;
  /** Loads the module on demand: `--help` loads no HTTP client. */
  load(): Promise<Workload>;
}

type Loader = () => Promise<{ readonly default: Workload }>;

/** In the order in which they are listed. A new workload is a file and a line here. */
const loaders: Readonly<Record<string, Loader>> = {
  noop: () => import('./noop.js'),
  timer: () => import('./timer.js'),
  http: () => import('./http.js'),
  cpu: () => import('./cpu.js'),
  mixed: () => import('./mixed.js'),
};

export const workloadNames: readonly string[] = Object.keys(loaders);

export function findWorkload(name: string): RegisteredWorkload | undefined {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load === undefined) return undefined;
  return {
    name,
    moduleUrl: compiledUrl(`workloads/${name}.js`),
    load: async () => (await load()).default,
  };
}

const neededTypes: readonly (readonly [key: keyof Workload, type: string])[] = [
  ['name', 'string'],
  ['kind', 'string'],
  ['params', 'object'],
  ['defaults', 'object'],
  ['open', 'function'],
  ['task', 'function'],
  ['close', 'function'],
];

/** @throws UsageError when the module's default export is not a workload */
export async function loadWorkloadModule(moduleUrl: string): Promise<Workload> {
  const { default: workload } = (await import(moduleUrl)) as { readonly default?: unknown };
  const remedy = 'Make it with defineWorkload({ name, kind, params, defaults, open, task, close }).';
  const expected = 'a workload as default export';
  if (typeof workload !== 'object' || workload === null) {
    throw new UsageError(moduleUrl, expected, workload === undefined ? 'none' : typeof workload, remedy);
  }
  const missing = neededTypes.filter(([key, type]) => {
    const value: unknown = (workload as Partial<Workload>)[key];
    return value === null || typeof value !== type;
  });
  if (missing.length > 0) {
    const got = `one without ${missing.map(([key, type]) => `${key} (${type})`).join(', ')}`;
    throw new UsageError(moduleUrl, expected, got, remedy);
  }
  return workload as Workload;
}
