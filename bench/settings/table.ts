import type { Setting } from '../../src/settings/setting.js';
import { ALL_SETTINGS, OF_WHOLE_RUN } from '../../src/settings/table.js';
import { flagExample, type NamedSetting, propertyExample } from '../../src/settings/wording.js';
import { fillIn } from '../support/fill-in.js';

/** Markdown: a row for each setting, in the order of `--help`. */
export function settingsTable(): string {
  const fields = Object.keys(ALL_SETTINGS) as readonly NamedSetting[];
  return [
    '| flag, e.g. | in a scenario | what it does | default |',
    '| --- | --- | --- | --- |',
    ...fields.map(row),
  ].join('\n');
}

function row(field: NamedSetting): string {
  const setting: Setting<unknown, unknown> = ALL_SETTINGS[field];
  const { help, usual } = setting;
  const flag = flagExample(setting);
  const property = OF_WHOLE_RUN.includes(field) ? '' : `\`${propertyExample(field)}\``;
  return `| ${flag === null ? '' : `\`${flag}\``} | ${property} | ${help} | ${usual ?? ''} |`;
}

/**
 * The README with the table between its markers; all else stays as it is.
 *
 * @throws Error for a text without them
 */
export function fillInSettings(readme: string): string {
  return fillIn('README.md', readme, 'settings', settingsTable());
}
