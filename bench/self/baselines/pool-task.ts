/** The tasks of `pools`, for both sides: a default export, since piscina and tinypool call that in their workers. */
import { cpuUsage, resourceUsage } from 'node:process';
import { mix } from '../../../src/workloads/kernel.js';

/** What a task returns: a number, 1 kB of JSON, 3,000 fresh objects, or what the workload `cpu` computes. */
export type ResultKind = 'number' | 'json' | 'objects' | 'computed';

/** Asks a worker process for the CPU time that it has used, in µs. */
export const ASK_CPU = -1;

const iterations = Number(process.env.BENCH_ITERATIONS ?? 0);
const kind = (process.env.BENCH_RESULT ?? 'number') as ResultKind;

export function resultOf(index: number, of: ResultKind = kind): unknown {
  switch (of) {
    case 'number':
      return index;
    case 'json':
      return JSON.stringify({ index, text: 'x'.repeat(980) });
    case 'objects':
      return Array.from({ length: 3_000 }, (_, at) => ({ index, at }));
    case 'computed':
      return { index, digest: mix(iterations, index) };
  }
}

export default async function task(index: number): Promise<unknown> {
  if (index !== ASK_CPU) return resultOf(index);
  const { user, system } = cpuUsage();
  return { pid: process.pid, cpuMs: (user + system) / 1_000, peak: resourceUsage().maxRSS };
}
