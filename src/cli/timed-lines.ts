import { harmless, truncate } from '../report/text.js';
import type { CliDeps } from './deps.js';
import { widthOf } from './terminal.js';
import { seconds } from './time-left.js';

/** Lines of progress, each with the time since now. */
export function timedLines({ stderr, env, clock }: Pick<CliDeps, 'stderr' | 'env' | 'clock'>) {
  const startedMs = clock.nowMs();
  return (text: string): void => {
    const at = seconds(clock.nowMs() - startedMs);
    stderr.write(`${truncate(harmless(`${at.padStart(5)} · ${text}`), widthOf(stderr, env) - 1)}\n`);
  };
}
