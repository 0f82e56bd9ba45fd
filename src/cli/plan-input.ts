import { builtIns } from '../plan/catalogue.js';
import { writtenMix } from '../plan/written-mix.js';
import type { CliDeps } from './deps.js';
import { type FlagInput, type RunFlags, readRunFlags } from './flags.js';
import { targetsWith, withUrlFlags } from './url-flags.js';

/**
 * What flags and targets ask for, `--mix` and `--url` among them.
 *
 * @throws UsageError for what cannot be read or mixed
 */
export function planInputOf(
  flags: RunFlags,
  targets: readonly string[],
  { cwd, catalogue = builtIns }: Pick<CliDeps, 'cwd' | 'catalogue'>,
): FlagInput {
  const input = withUrlFlags(readRunFlags(flags), flags, cwd);
  if (flags.mix === undefined) return { ...input, targets: targetsWith(targets, flags) };
  const lookup = { subject: '--mix', catalogue, baseDir: cwd };
  const mix = writtenMix([flags.mix].flat().map(String), input.args, lookup);
  return { ...input, ...(targets.length > 0 && { targets }), scenarios: [mix] };
}
