import { scaledParts } from '../analysis/nature.js';
import type { AloneMeasured } from '../schema/index.js';

/** The same task in code that is warm: it takes as much less time as it takes less CPU time. */
export function withLessCpu(alone: AloneMeasured, mostCpuMs: number): AloneMeasured {
  if (!(mostCpuMs < alone.cpuMs) || mostCpuMs <= 0) return alone;
  const parts = alone.parts && scaledParts(alone.parts, mostCpuMs / alone.cpuMs);
  const serviceMs = Math.max(mostCpuMs, alone.serviceMs - (alone.cpuMs - mostCpuMs));
  return { ...alone, cpuMs: mostCpuMs, serviceMs, parts };
}
