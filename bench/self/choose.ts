import { UsageError } from '../../src/errors.js';
import type { Check } from './support/check.js';

/**
 * The checks of these names, in their own order; all without names.
 *
 * @throws UsageError for a name that is none
 */
export function choose(checks: readonly Check[], names: readonly string[]): readonly Check[] {
  const known = checks.map(({ name }) => name);
  const unknown = names.find(name => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError('check', `one of ${known.join(', ')}`, `'${unknown}'`, '--list describes them.');
  return names.length === 0 ? checks : checks.filter(({ name }) => names.includes(name));
}

/**
 * What `--only` leaves of a check; all without names.
 *
 * @throws UsageError for a name that is none
 */
export function chooseOnly<Name extends string>(
  known: readonly Name[],
  only: readonly string[],
): readonly Name[] {
  const unknown = only.find(name => !(known as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageError('--only', `some of ${known.join(', ')}`, `'${unknown}'`, 'Correct it.');
  return only.length === 0 ? known : known.filter(name => only.includes(name));
}
