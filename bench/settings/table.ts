import type { Setting } from '../../src/settings/setting.js';
import { SEED, SETTINGS } from '../../src/settings/table.js';
import { flagExample, propertyExample } from '../../src/settings/wording.js';

const BLOCK = /(<!-- settings -->\n)[\s\S]*?(<!-- end -->)/;

/** Markdown: a row for each setting, in the order of `--help`. */
export function settingsTable(): string {
  const rows = Object.keys(SETTINGS).map(field => row(field as keyof typeof SETTINGS, SETTINGS));
  return [
    '| flag, e.g. | in a scenario | what it does | default |',
    '| --- | --- | --- | --- |',
    ...rows,
    row('seed', { seed: SEED }),
  ].join('\n');
}

function row<F extends keyof typeof SETTINGS | 'seed'>(
  field: F,
  table: Readonly<Record<F, Setting<unknown, unknown>>>,
): string {
  const setting = table[field];
  const flag = flagExample(setting);
  const property = field === 'seed' ? '' : `\`${propertyExample(field)}\``;
  return `| ${flag === null ? '' : `\`${flag}\``} | ${property} | ${setting.help} | ${setting.usual ?? ''} |`;
}

/**
 * The README with the table between its markers; all else stays as it is.
 *
 * @throws Error for a text without them
 */
export function fillInSettings(readme: string): string {
  if (!BLOCK.test(readme)) throw new Error('README.md has no <!-- settings --> … <!-- end -->');
  return readme.replace(
    BLOCK,
    (_block, begin: string, end: string) => `${begin}\n${settingsTable()}\n\n${end}`,
  );
}
