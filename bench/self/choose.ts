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
