import type { FlagSetting, Setting } from './setting.js';
import { ALL_SETTINGS } from './table.js';

export type NamedSetting = keyof typeof ALL_SETTINGS;

/** How messages speak of a setting: by its flag or by its property. */
export interface Wording {
  /** @param field of the table, or one that it lacks */
  subject(field: string): string;
  /** What to write instead, e.g. `Write for example --threads 2.` */
  remedy(field: NamedSetting): string;
}

export const flagWording: Wording = {
  subject: field => {
    const row = isNamedSetting(field) ? ALL_SETTINGS[field] : null;
    return row === null || row.flag === null ? field : flagOf(row);
  },
  remedy: field => `Write for example ${flagExample(ALL_SETTINGS[field]) ?? propertyExample(field)}.`,
};

function isNamedSetting(field: string): field is NamedSetting {
  return Object.hasOwn(ALL_SETTINGS, field);
}

/** @param where e.g. `scenario waiting: ` */
export function propertyWording(where: string): Wording {
  return {
    subject: field => `${where}${field}`,
    remedy: field => `Write for example ${propertyExample(field)}.`,
  };
}

/** `--in-flight` */
export function flagOf({ flag }: FlagSetting<unknown, unknown>): string {
  return /--[a-z-]+/.exec(flag)![0];
}

/** `--in-flight 16`; null where it has no flag. */
export function flagExample(row: Setting<unknown, unknown>): string | null {
  return row.flag === null ? null : `${flagOf(row)} ${row.example.text}`.trim();
}

/** A sentence, with an example where neither the words nor the default have it. */
export function flagHelp({ help, usual, example: { text } }: FlagSetting<unknown, unknown>): string {
  const example = `${help} ${usual ?? ''}`.includes(text) ? '' : `, e.g. ${text}`;
  return `${help}${example}${usual === undefined ? '' : ` (default: ${usual})`}.`;
}

/** `inFlight: 16`, as in a scenario. */
export function propertyExample(field: NamedSetting): string {
  return `${field}: ${literal(ALL_SETTINGS[field].example.value)}`;
}

/** As TypeScript has it in this project. */
export function literal(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en-US').replaceAll(',', '_');
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`;
}
