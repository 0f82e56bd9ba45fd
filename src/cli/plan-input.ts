import { builtIns } from '../plan/catalogue.js';
import type { PlanInput } from '../plan/plan.js';
import { writtenMix } from '../plan/written-mix.js';
import type { CliDeps } from './deps.js';
import { type RunFlags, readRunFlags } from './flags.js';

/**
 * What flags and targets ask for, `--mix` among them.
 *
 * @throws UsageError for what cannot be read or mixed
 */
export function planInputOf(
  flags: RunFlags,
  targets: readonly string[],
  { cwd, catalogue = builtIns }: Pick<CliDeps, 'cwd' | 'catalogue'>,
): PlanInput {
  const input = readRunFlags(flags);
  if (flags.mix === undefined) return { ...input, targets };
  const lookup = { subject: '--mix', catalogue, baseDir: cwd };
  const mix = writtenMix([flags.mix].flat().map(String), input.args, lookup);
  return { ...input, ...(targets.length > 0 && { targets }), scenarios: [mix] };
}
