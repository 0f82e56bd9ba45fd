import type { MapTask, Report, Tune } from '../schema/index.js';

/** What blocks a thread, or is computed elsewhere, is on no map; less than this of a task's time is passed over. */
const MOST_ELSEWHERE = 0.2;

/** What a tune has learned of its task, as a place on a map; null: nothing, or it does what no map has. */
export function taskOf({ alone, target }: Pick<Tune, 'alone' | 'target'>): MapTask | null {
  if (alone === null) return null;
  const { parts, serviceMs, cpuMs } = alone;
  if (parts == null) return { name: target, cpuMs, waitMs: Math.max(0, serviceMs - cpuMs) };
  const elsewhereMs = parts.blocksMs + parts.offThreadMs + parts.childrenMs;
  if (elsewhereMs > MOST_ELSEWHERE * serviceMs) return null;
  // V8 compiles and collects for it on threads of its own.
  return {
    name: target,
    cpuMs: Math.max(parts.computesMs, cpuMs - parts.offThreadMs),
    waitMs: parts.waitsMs,
  };
}

/** What of a machine has to be the same for a map to hold on it. */
export function machineOf({
  environment,
}: {
  readonly environment: Omit<Report['environment'], 'stealShare' | 'cpuIterationsPerMs'>;
}): string {
  const { cpuModel, availableParallelism, cgroupCores, node } = environment;
  const cores = Math.min(availableParallelism, cgroupCores ?? availableParallelism);
  return `${cpuModel}, ${cores} ${cores === 1 ? 'core' : 'cores'}, Node ${node.replace(/^v/, '').split('.')[0]}`;
}
