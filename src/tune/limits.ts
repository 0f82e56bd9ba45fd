import type { ExecutorResult } from '../schema/index.js';

/** What must not be exceeded; null: no limit. */
export interface TuneLimits {
  readonly memoryBytes: number | null;
  readonly cores: number | null;
  /** What a bystander on the main loop may wait, the mean in ms. */
  readonly loopLateMs: number | null;
}

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
