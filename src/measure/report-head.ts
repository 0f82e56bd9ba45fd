import type { Clock } from '../clock.js';
import { type CommandLine, type Report, SCHEMA_VERSION } from '../schema/index.js';
import { packageVersion } from '../version.js';

/** Of now. */
export type ReportHead = () => Pick<
  Report,
  'schemaVersion' | 'command' | 'generator' | 'startedAt' | 'elapsedMs'
>;

/** How a report says what made it, and when: begun when this is called. */
export function reportHead(clock: Clock, command: CommandLine | null): ReportHead {
  const startedAt = clock.date().toISOString();
  const startedMs = clock.nowMs();
  return () => ({
    schemaVersion: SCHEMA_VERSION,
    command,
    generator: `threads-vs-loop ${packageVersion()}`,
    startedAt,
    elapsedMs: clock.nowMs() - startedMs,
  });
}
