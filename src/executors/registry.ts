import { importDefault } from '../default-export.js';
import { findRegistered, type Loaders, type Registered } from '../workloads/registry.js';
import { LOOP } from './capabilities.js';
import type { Executor } from './executor.js';

/** In the order in which they are listed and measured. A new executor is a file and a line here. */
const loaders: Loaders<Executor> = {
  sequential: () => import('./sequential.js'),
  'promise-all': () => import('./promise-all.js'),
  limited: () => import('./limited.js'),
  batched: () => import('./batched.js'),
  queue: () => import('./queue.js'),
  piscina: () => import('./piscina.js'),
  blocking: () => import('./blocking.js'),
  processes: () => import('./processes.js'),
  bullmq: () => import('./bullmq.js'),
  tinypool: () => import('./tinypool.js'),
  poolifier: () => import('./poolifier.js'),
  workerpool: () => import('./workerpool.js'),
};

export const executorNames: readonly string[] = Object.keys(loaders);

/** What a workload is compared on when nobody says: one of each idea. */
export const usualExecutorNames: readonly string[] = [
  'sequential',
  'promise-all',
  'limited',
  'batched',
  'queue',
  'piscina',
];

export function findExecutor(name: string): Registered<Executor> | undefined {
  return findRegistered('executors', loaders, name);
}

/**
 * For hosts, which know the URL only, and for executors of users.
 *
 * @param given what the user called it
 * @throws UsageError when the module cannot be loaded, or its default export is not an executor
 */
export function loadExecutorModule(moduleUrl: string, given = moduleUrl): Promise<Executor> {
  return importDefault<Executor>(
    { moduleUrl, given },
    {
      what: 'an executor',
      needed: [
        ['name', 'string'],
        ['summary', 'string'],
        ['capabilities', { flags: Object.keys(LOOP) }],
        ['options', 'object'],
        ['start', 'function'],
      ],
      remedy: 'Make it with defineExecutor({ name, summary, capabilities: THREADS, options, start }).',
    },
  );
}
