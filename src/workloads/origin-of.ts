import { PLAIN_ORIGIN } from '../origin/settings.js';
import type { OriginSettings, Params } from '../schema/index.js';
import type { Workload } from './workload.js';

/** The origin that a workload wants with these parameters, with what it leaves open as a plain one has it; null: none. */
export function originOf(workload: Workload, params: Params): OriginSettings | null {
  const wanted = workload.origin?.(params) ?? null;
  return wanted === null ? null : { ...PLAIN_ORIGIN, ...wanted };
}
