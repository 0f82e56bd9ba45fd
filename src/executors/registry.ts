import { compiledUrl } from '../entry.js';
import type { Executor } from './executor.js';

export interface RegisteredExecutor {
  readonly name: string;
  /** `file:` URL of the compiled module. */
  readonly moduleUrl: string;
  /** Loads the module on demand: `--help` loads no pool. */
  load(): Promise<Executor>;
}

type Loader = () => Promise<{ readonly default: Executor }>;

/** In the order in which they are listed and measured. A new executor is a file and a line here. */
const loaders: Readonly<Record<string, Loader>> = {
  sequential: () => import('./sequential.js'),
  'promise-all': () => import('./promise-all.js'),
  limited: () => import('./limited.js'),
  batched: () => import('./batched.js'),
  queue: () => import('./queue.js'),
  piscina: () => import('./piscina.js'),
};

export const executorNames: readonly string[] = Object.keys(loaders);

export function findExecutor(name: string): RegisteredExecutor | undefined {
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (load === undefined) return undefined;
  return {
    name,
    moduleUrl: compiledUrl(`executors/${name}.js`),
    load: async () => (await load()).default,
  };
}

/** For workers and hosts, which know the URL only. */
export async function loadExecutorModule(moduleUrl: string): Promise<Executor> {
  const module = (await import(moduleUrl)) as { readonly default: Executor };
  return module.default;
}
