import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillInSettings } from '../../bench/settings/table.js';
import { readRunFlags } from '../../src/cli/flags.js';
import { UsageError } from '../../src/errors.js';
import type { Setting } from '../../src/settings/setting.js';
import { checkSettings } from '../../src/settings/settings.js';
import { SETTINGS } from '../../src/settings/table.js';
import { flagExample, flagOf, flagWording, propertyWording } from '../../src/settings/wording.js';
import { outside } from '../cli/outside.js';

const rows = Object.entries<Setting<unknown, unknown>>(SETTINGS).map(([field, setting]) => ({
  field,
  setting,
}));
const withFlag = rows.flatMap(({ field, setting }) => (setting.flag === null ? [] : [{ field, setting }]));
const camel = (flag: string) =>
  flag.slice(2).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

describe.each(rows)('$field', ({ field, setting }) => {
  it('allows its own example as a property', () => {
    const checked = checkSettings({ [field]: setting.example.value }, propertyWording(''));
    expect(checked).toHaveProperty(field);
  });

  it('refuses what it cannot be, with what was expected and an example', () => {
    const nothing = Symbol('nothing that can be set');
    expect(() => checkSettings({ [field]: nothing }, propertyWording('scenario mine: '))).toThrow(UsageError);
    expect(() => checkSettings({ [field]: nothing }, propertyWording('scenario mine: '))).toThrow(
      new RegExp(`^scenario mine: ${field}: expected .*\\. Write for example ${field}: `),
    );
  });
});

describe.each(withFlag)('$setting.flag', ({ field, setting }) => {
  it('reads its own example to what the property is', () => {
    const text = setting.example.text.replaceAll('"', '');
    const given = setting.repeatable ? [text] : text === '' ? true : text;
    const input = readRunFlags({ [camel(flagOf(setting))]: given });
    const byFlag = checkSettings(input as Record<string, unknown>, flagWording);
    expect(Object.keys(byFlag)).toEqual([field]);
    const plain = (value: unknown) => JSON.stringify(value).replaceAll('"', '');
    const byProperty = checkSettings({ [field]: setting.example.value }, flagWording);
    expect(plain(byFlag)).toBe(plain(byProperty));
  });

  it('is in the help of run, with its example and its default', async () => {
    const { run, written } = outside();
    await run('run', '--help');
    const help = written.stdout.replaceAll(/\s+/g, ' ');
    const { flag, usual, example } = setting;
    const [, sentence = ''] = help.split(` ${flag} `);
    expect(sentence.startsWith(setting.help)).toBe(true);
    const [ownSentence] = sentence.split(/ --?[a-z]/);
    expect(ownSentence).toContain(example.text);
    if (usual !== undefined) expect(ownSentence).toMatch(new RegExp(`\\(default: ${usual}\\)\\.$`));
  });

  it('is named by its flag where it was given as one', () => {
    expect(() => checkSettings({ [field]: Symbol('nothing') }, flagWording)).toThrow(
      `Write for example ${flagExample(setting)}.`,
    );
  });
});

it('the README has the table as it is: npm run docs:settings', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const squeezed = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
  expect(squeezed(fillInSettings(readme))).toBe(squeezed(readme));
});

it('a README without the markers is refused', () => {
  expect(() => fillInSettings('# Nothing')).toThrow('has no <!-- settings -->');
});
