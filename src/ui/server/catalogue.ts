import { builtIns, type Catalogue } from '../../plan/catalogue.js';
import { hasPackage } from '../../plan/requested-executors.js';
import { symbolPath } from '../../report/html/charts/marks.js';
import { looksOf } from '../../report/html/looks.js';
import { familyOf } from '../../report/words/labels.js';
import { DEFAULTS } from '../../settings/defaults.js';
import { packageVersion } from '../../version.js';
import type { UiCatalogue, UiExecutor, UiPreset } from '../protocol.js';
import { RANGES } from './ranges.js';

/** With so few what draws a page takes a core from what is measured. */
export const FEW_CORES = 2;

/** What there is to choose from. */
export async function uiCatalogue(
  presets: readonly UiPreset[],
  cores: number,
  catalogue: Catalogue = builtIns,
): Promise<UiCatalogue> {
  return {
    version: packageVersion(),
    node: process.version,
    cores,
    presets,
    executors: await executorsOf(catalogue),
    ranges: RANGES,
    defaultBudgetSeconds: DEFAULTS.budgetMs / 1_000,
    quietWhileMeasuring: cores <= FEW_CORES,
  };
}

/** Those that run without anything else: no broker, no package that is not here. */
async function executorsOf({ executorNames, findExecutor }: Catalogue): Promise<UiExecutor[]> {
  const all = await Promise.all(executorNames.map(name => findExecutor(name)!.load()));
  const usable = all.filter(one => one.capabilities.hasBroker !== true && hasPackage(one));
  const looks = looksOf(usable.map(({ name }) => name));
  return usable.map(executor => {
    const look = looks(executor.name);
    return {
      name: executor.name,
      summary: executor.summary,
      family: familyOf(executor),
      tone: look.className,
      symbol: symbolPath(look),
    };
  });
}
