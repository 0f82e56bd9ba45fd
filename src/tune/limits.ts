import type { ExecutorResult, Scenario, TuneLimits } from '../schema/index.js';

/** Fails too many tasks, or takes more than it may. */
export function isUnfit(
  { validity, findings, memoryBytes, coresUsed, loop }: ExecutorResult,
  limits: TuneLimits,
): boolean {
  const exceeds = (value: number | null | undefined, most: number | null) =>
    value != null && most !== null && value > most;
  return (
    (validity === 'INVALID' && findings.some(({ code }) => code === 'too-many-failed')) ||
    exceeds(memoryBytes, limits.memoryBytes) ||
    exceeds(coresUsed, limits.cores) ||
    exceeds(loop?.bystanderWaitMs, limits.loopLateMs)
  );
}

/** At a rate: did not keep up, or is not shown to meet the objective. */
export function isUnmet(
  { validity, arrivals, slo }: ExecutorResult,
  { load }: Pick<Scenario, 'load'>,
): boolean {
  if (load.kind !== 'rate') return false;
  return validity === 'INVALID' || arrivals?.overloaded === true || slo.some(({ met }) => met !== true);
}
