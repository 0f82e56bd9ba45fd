import { z } from 'zod';
import { type Immutable, numberOrNull, share, wholeNumber } from './parts.js';

export const environmentSchema = z.object({
  node: z.string(),
  v8: z.string(),
  platform: z.string(),
  arch: z.string(),
  osRelease: z.string(),
  cpuModel: z.string(),
  cores: wholeNumber,
  /** Cores the cgroup allows, fractional; null without a limit. */
  cgroupCores: numberOrNull,
  /** What `threads` defaults to. */
  availableParallelism: wholeNumber,
  memoryBytes: z.number(),
  governor: z.string().nullable(),
  loadAverage1m: z.number(),
  /** Share of CPU time stolen by the hypervisor during the run; null where unknown. */
  stealShare: share.nullable(),
  uvThreadpoolSize: wholeNumber,
  nodeOptions: z.string(),
  versions: z.record(z.string(), z.string()),
  /** Iterations of the `cpu` workload that take a millisecond; null when no workload needed it. */
  cpuIterationsPerMs: numberOrNull,
  /** Smallest step of the clock that was seen. */
  clockResolutionNs: z.number(),
});
export type Environment = Immutable<z.infer<typeof environmentSchema>>;
