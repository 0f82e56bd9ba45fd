import type { WorkloadKind } from '../schema/index.js';

/** Parameters of workloads and options of executors, each a row where it is declared. */

/** Both are allowed. */
type Limits = readonly [min: number, max: number];

export function number(initial: number, [min, max]: Limits, summary: string) {
  return { kind: 'number', default: initial, min, max, summary } as const;
}

export function wholeNumber(initial: number, [min, max]: Limits, summary: string) {
  return { kind: 'number', default: initial, min, max, integer: true, summary } as const;
}

/** A time to wait, up to a minute. */
export function milliseconds(initial: number, summary: string) {
  return number(initial, [0, 60_000], summary);
}

/** A time that flags have with its unit, `1ms`. */
export function time(initial: number, [min, max]: Limits, summary: string) {
  return { kind: 'number', default: initial, min, max, unit: 'ms', summary } as const;
}

/** A time to compute, by the kernel of `cpu`. */
export function computing(initial: number, summary: string) {
  return number(initial, [0.001, 10_000], summary);
}

/** @param choices the first is the default */
export function choice<const C extends string>(choices: readonly [C, ...C[]], summary: string) {
  return { kind: 'choice', default: choices[0], choices, summary } as const;
}

export function flag(initial: boolean, summary: string) {
  return { kind: 'boolean', default: initial, summary } as const;
}

export function freeText(initial: string, summary: string) {
  return { kind: 'text', default: initial, summary } as const;
}

/** A workload whose call comes in two forms: on libuv's threads, and on the thread of the task. */
export function apiParam(async: string, sync: string) {
  return choice(
    ['async', 'sync'],
    `async: ${async}, on libuv's threads; sync: ${sync}, on the thread of the task, which it holds`,
  );
}

/** @param sync what it is when it holds its thread */
export function kindByApi(sync: WorkloadKind): (params: { readonly api: 'async' | 'sync' }) => WorkloadKind {
  return ({ api }) => (api === 'sync' ? sync : 'libuv');
}
