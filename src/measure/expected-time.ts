import { type BeforeForks, costsOf } from './warm-costs.js';
import type { Warming } from './warm-plan.js';

/**
 * What all forks of a scenario take at least, ms: each has a cold trial and a warm one of every executor, none shorter than
 * its ideal, and between them what warms it.
 */
export function leastForksMs(known: Omit<BeforeForks, 'elapsedMs'>, warming: Warming): number {
  if (known.executors.length === 0) return 0;
  const warmRounds = warming.kind === 'none' ? 0 : 1;
  return costsOf({ ...known, elapsedMs: 0 }, { cpuMs: warmUpMs(known, warming) }, warmRounds).totalMs;
}

/** CPU time of each isolate. */
function warmUpMs({ executors, alone, cores }: Omit<BeforeForks, 'elapsedMs'>, warming: Warming): number {
  if (warming.kind === 'none') return 0;
  if (warming.kind === 'need') return warming.need.cpuMs || warming.need.tasks * (alone?.cpuMs ?? 0);
  // One host after the other: as if so many isolates had a core each.
  const isolates = executors.reduce((sum, { threads }) => sum + threads, 0);
  return (warming.ms * executors.length * Math.min(cores, isolates)) / isolates;
}
