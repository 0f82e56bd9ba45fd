import type { Clock } from '../clock.js';
import { type CommandLine, type Report, SCHEMA_VERSION } from '../schema/index.js';
import { packageVersion } from '../version.js';

/** Of now. */
export type ReportHead = () => Pick<
  Report,
  'schemaVersion' | 'command' | 'commit' | 'generator' | 'startedAt' | 'elapsedMs'
>;

/**
 * How a report says what made it, and when: begun when this is called.
 *
 * @param commit of the checkout in which it is measured; null: not known
 */
export function reportHead(
  clock: Clock,
  command: CommandLine | null,
  commit: string | null = null,
): ReportHead {
  const startedAt = clock.date().toISOString();
  const startedMs = clock.nowMs();
  return () => ({
    schemaVersion: SCHEMA_VERSION,
    command,
    ...(commit !== null && { commit }),
    generator: `threads-vs-loop ${packageVersion()}`,
    startedAt,
    elapsedMs: clock.nowMs() - startedMs,
  });
}
