import type { WorkloadKind } from '../schema/index.js';

/** A workload whose call comes in two forms: on libuv's threads, and on the thread of the task. */
export function apiParam(async: string, sync: string) {
  return {
    kind: 'choice',
    default: 'async',
    choices: ['async', 'sync'],
    summary: `async: ${async}, on libuv's threads; sync: ${sync}, on the thread of the task, which it holds`,
  } as const;
}

/** @param sync what it is when it holds its thread */
export function kindByApi(sync: WorkloadKind): (params: { readonly api: 'async' | 'sync' }) => WorkloadKind {
  return ({ api }) => (api === 'sync' ? sync : 'libuv');
}
