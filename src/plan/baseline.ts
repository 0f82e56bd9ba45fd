import { UsageError } from '../errors.js';
import type { ExecutorVariant, Finding, Scenario } from '../schema/index.js';
import { EXECUTOR_FIELDS } from '../settings/settings.js';
import { closest, describe } from '../suggest.js';
import type { ScenarioDraft } from './draft.js';
import type { Given } from './layers.js';

const DEFAULT_BASELINE = 'sequential';
const NO_SUCH_VALUE =
  'Values of a parameter are compared where several of it are given and the embedded server stays the same with them.';

/** @throws UsageError when the scenario itself names a baseline it lacks */
export function chooseBaseline(
  draft: ScenarioDraft,
  variants: readonly ExecutorVariant[],
): { id: string; findings: readonly Finding[] } {
  const { name, settings, overrides, layers } = draft;
  const asked = overrides.baseline;
  const wished = findVariant(variants, asked);
  if (wished !== undefined) return { id: wished, findings: [] };

  const own = findVariant(variants, settings.baseline);
  // With other variants than it was chosen from, a scenario's own baseline may be absent; one of a config is for those that have it.
  const isOverridden = EXECUTOR_FIELDS.some(field => overrides[field] !== undefined);
  const isCommon = layers.get('baseline') === 'config';
  if (settings.baseline !== undefined && own === undefined && !isOverridden && !isCommon)
    throw missingBaseline(`scenario ${name}: baseline`, settings.baseline, variants);
  const id = own ?? findVariant(variants, DEFAULT_BASELINE) ?? variants[0]!.id;
  if (asked === undefined) return { id, findings: [] };
  const values = { scenario: name, baseline: id, asked };
  return { id, findings: [{ code: 'baseline-missing', severity: 'note', subjects: [], values }] };
}

/** Id of a variant by its id, or of the first variant of an executor by its name, or of those that run an alternative. */
function findVariant(variants: readonly ExecutorVariant[], wanted?: string): string | undefined {
  if (wanted === undefined) return undefined;
  const running = variants.filter(
    ({ alternative }) => alternative?.name === wanted || alternative?.label === wanted,
  );
  const found =
    variants.find(({ id }) => id === wanted) ??
    variants.find(({ name }) => name === wanted) ??
    running.find(({ name }) => name === DEFAULT_BASELINE) ??
    running[0];
  return found?.id;
}

function missingBaseline(subject: string, wanted: string, variants: readonly ExecutorVariant[]): UsageError {
  const ids = [...new Set(variants.map(({ id }) => id))];
  const known = variants.flatMap(({ name, alternative }) => [
    name,
    ...(alternative ? [alternative.name] : []),
  ]);
  const meant = closest(wanted, [...new Set([...known, ...ids])]);
  const otherwise = wanted.includes('=') ? NO_SUCH_VALUE : 'Add it to the executors.';
  const remedy = meant === undefined ? otherwise : { meant };
  return new UsageError(subject, `one of ${ids.join(', ')}`, describe(wanted), remedy);
}

/** @throws UsageError when the baseline of all scenarios is in none */
export function requireBaseline(scenarios: readonly Scenario[], { settings, wording }: Given): void {
  const { baseline } = settings;
  const variants = scenarios.flatMap(({ executors }) => executors);
  if (baseline !== undefined && findVariant(variants, baseline) === undefined)
    throw missingBaseline(wording.subject('baseline'), baseline, variants);
}
