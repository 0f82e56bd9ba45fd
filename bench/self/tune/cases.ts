import { fileURLToPath } from 'node:url';
import type { Params } from '../../../src/schema/index.js';

/** A nature of tasks, with how much there is of each. */
export interface TuneCase {
  readonly name: string;
  readonly target: string;
  readonly params: Params;
}

export const CASES: readonly TuneCase[] = [
  { name: 'wait', target: 'timer', params: { waitMs: 20 } },
  { name: 'cpu', target: 'cpu', params: { cpuMs: 2 } },
  { name: 'mixed', target: 'mixed', params: { waitMs: 10, cpuMs: 1 } },
  { name: 'libuv', target: 'scrypt', params: { cost: 4_096 } },
  { name: 'blocking', target: fileURLToPath(new URL('blocking.js', import.meta.url)), params: {} },
  { name: 'server', target: 'http', params: { waitMs: 10, limit: 8 } },
];

/** `--param` for each. */
export function paramFlags({ params }: TuneCase): string[] {
  return Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${String(value)}`]);
}
