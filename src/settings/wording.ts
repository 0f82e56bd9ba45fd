import type { Setting } from './setting.js';
import { SETTINGS_AND_SEED } from './table.js';

export type NamedSetting = keyof typeof SETTINGS_AND_SEED;

/** How messages speak of a setting: by its flag or by its property. */
export interface Wording {
  subject(field: NamedSetting): string;
  /** What to write instead, e.g. `Write for example --threads 2.` */
  remedy(field: NamedSetting): string;
}

export const flagWording: Wording = {
  // One that is unknown has no row.
  subject: field =>
    (Object.hasOwn(SETTINGS_AND_SEED, field) ? flagOf(SETTINGS_AND_SEED[field]) : null) ?? field,
  remedy: field => `Write for example ${flagExample(SETTINGS_AND_SEED[field]) ?? propertyExample(field)}.`,
};

/** @param where e.g. `scenario waiting: ` */
export function propertyWording(where: string): Wording {
  return {
    subject: field => `${where}${field}`,
    remedy: field => `Write for example ${propertyExample(field)}.`,
  };
}

/** `--in-flight`; null where it has none. */
export function flagOf({ flag }: Setting<unknown, unknown>): string | null {
  return flag === null ? null : (/--[a-z-]+/.exec(flag)?.[0] ?? null);
}

/** `--in-flight 16`; null where it has no flag. */
export function flagExample(row: Setting<unknown, unknown>): string | null {
  const flag = flagOf(row);
  return flag === null ? null : `${flag} ${row.example.text}`.trim();
}

/** `inFlight: 16`, as in a scenario. */
export function propertyExample(field: NamedSetting): string {
  return `${field}: ${literal(SETTINGS_AND_SEED[field].example.value)}`;
}

/** As TypeScript has it in this project. */
function literal(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en-US').replaceAll(',', '_');
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`;
}
