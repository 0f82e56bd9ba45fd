import { UsageError } from '../errors.js';
import type { ExecutorVariant, Finding, Scenario } from '../schema/index.js';
import type { CheckedSettings } from '../settings/settings.js';
import type { Wording } from '../settings/wording.js';
import { closest, describe } from '../suggest.js';
import type { ScenarioDraft } from './draft.js';

const DEFAULT_BASELINE = 'sequential';

/** @throws UsageError when the scenario itself names a baseline it lacks */
export function chooseBaseline(
  draft: ScenarioDraft,
  variants: readonly ExecutorVariant[],
): { id: string; findings: readonly Finding[] } {
  const { name, settings, wishedBaseline } = draft;
  const wished = wishedBaseline === null ? undefined : findVariant(variants, wishedBaseline);
  if (wished !== undefined) return { id: wished, findings: [] };

  const own = settings.baseline === undefined ? undefined : findVariant(variants, settings.baseline);
  if (settings.baseline !== undefined && own === undefined && !draft.variantsOverridden)
    throw missingBaseline(`scenario ${name}: baseline`, settings.baseline, variants);
  const id = own ?? findVariant(variants, DEFAULT_BASELINE) ?? variants[0]!.id;
  if (wishedBaseline === null) return { id, findings: [] };
  const values = { scenario: name, baseline: id, asked: wishedBaseline };
  return { id, findings: [{ code: 'baseline-missing', severity: 'note', subjects: [], values }] };
}

/** Id of a variant by its id, or of the first variant of an executor by its name. */
function findVariant(variants: readonly ExecutorVariant[], wanted: string): string | undefined {
  return (variants.find(({ id }) => id === wanted) ?? variants.find(({ name }) => name === wanted))?.id;
}

function missingBaseline(subject: string, wanted: string, variants: readonly ExecutorVariant[]): UsageError {
  const ids = [...new Set(variants.map(({ id }) => id))];
  const meant = closest(wanted, [...new Set([...variants.map(({ name }) => name), ...ids])]);
  const remedy = meant === undefined ? 'Add it to the executors.' : `Did you mean ${meant}?`;
  return new UsageError(subject, `one of ${ids.join(', ')}`, describe(wanted), remedy);
}

/** @throws UsageError when the baseline of all scenarios is in none */
export function requireBaseline(
  scenarios: readonly Scenario[],
  { baseline }: CheckedSettings,
  wording: Wording,
): void {
  const variants = scenarios.flatMap(({ executors }) => executors);
  if (baseline !== undefined && findVariant(variants, baseline) === undefined)
    throw missingBaseline(wording.subject('baseline'), baseline, variants);
}
