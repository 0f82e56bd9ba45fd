import { UsageError } from './errors.js';
import { explainLoadFailure } from './load-failure.js';

/** A file that people may have written themselves, or what it was compiled to. */
export interface UserModule {
  readonly moduleUrl: string;
  /** What they called it, for messages. */
  readonly given: string;
}

/** A type as `typeof` has it, the texts that it may be, or an object with these properties, each true or false. */
type PropertyType = string | readonly string[] | { readonly flags: readonly string[] };
type PropertyOf<T> = readonly [key: keyof T & string, type: PropertyType];

/** Characters of a text that a message shows. */
const SHOWN = 40;

/** What a default export has to be. */
export interface DefaultExport<T> {
  /** e.g. `a workload` */
  readonly what: string;
  /** Properties, and the type of each or all that it may be. */
  readonly needed: readonly PropertyOf<T>[];
  /** Those that may be left out, and are of that type if they are there. */
  readonly optional?: readonly PropertyOf<T>[];
  /** How to make one, a sentence. */
  readonly remedy: string;
  /** Whether one of its functions may be named instead, as `FILE#name`. */
  readonly takesFunctions?: boolean;
}

/** @throws UsageError when it cannot be loaded, whatever it throws */
export async function importModule({
  moduleUrl,
  given,
}: UserModule): Promise<{ readonly default?: unknown }> {
  try {
    return await import(moduleUrl);
  } catch (error) {
    const { got, remedy } = explainLoadFailure(error, moduleUrl);
    throw new UsageError(given, 'a module that loads', got, remedy);
  }
}

/**
 * The default export of a module.
 *
 * @throws UsageError when it cannot be loaded, or is something else
 */
export async function importDefault<T>(
  module: UserModule,
  { what, needed, optional = [], remedy: how, takesFunctions = false }: DefaultExport<T>,
): Promise<T> {
  const exports = await importModule(module);
  const { default: found } = exports;
  const remedy = `${takesFunctions ? namingHint(module.given, exports) : ''}${how}`;
  const expected = `${what} as default export`;
  if (typeof found !== 'object' || found === null)
    throw new UsageError(module.given, expected, found === undefined ? 'none' : typeof found, remedy);
  const given = (key: keyof T) => (found as Partial<T>)[key];
  const absent = needed.filter(([key]) => given(key) == null);
  const wrong = [
    ...needed.filter(([key, type]) => given(key) != null && !isOf(type, given(key))),
    ...optional.filter(([key, type]) => given(key) !== undefined && !isOf(type, given(key))),
  ];
  if (absent.length + wrong.length === 0) return found as T;
  const without = absent.map(
    ([key, type]) => `${key} (${typeof type === 'string' ? type : namesOf(type).join(', ')})`,
  );
  const having = wrong.map(([key, type]) => `${key} ${shown(given(key))} (expected ${wanted(type)})`);
  const parts = [
    ...(absent.length === 0 ? [] : [`without ${without.join(', ')}`]),
    ...(wrong.length === 0 ? [] : [`with ${having.join(', ')}`]),
  ];
  throw new UsageError(module.given, expected, `one ${parts.join(' and ')}`, remedy);
}

/** Functions that a caller may have meant, told in a message. */
const MOST_NAMED = 3;

/** `Name a function of it, such as ./prices.mjs#render, or: `; empty where it has none. */
function namingHint(given: string, exports: object): string {
  const named = Object.entries(exports).filter(
    ([name, value]) => typeof value === 'function' && name !== 'default',
  );
  const shownNames = named.slice(0, MOST_NAMED).map(([name]) => `${given}#${name}`);
  return named.length === 0 ? '' : `Name one of its functions as the task (${shownNames.join(', ')}), or: `;
}

function namesOf(type: Exclude<PropertyType, string>): readonly string[] {
  return 'flags' in type ? type.flags : type;
}

function isOf(type: PropertyType, value: unknown): boolean {
  if (typeof type === 'string') return value !== null && value !== '' && typeof value === type;
  if ('flags' in type)
    return type.flags.every(flag => typeof (value as Readonly<Record<string, unknown>>)[flag] === 'boolean');
  return typeof value === 'string' && type.includes(value);
}

/** `a function`, `one of wait, cpu`. */
function wanted(type: PropertyType): string {
  if (typeof type === 'object') {
    const names = namesOf(type).join(', ');
    return 'flags' in type ? `an object with ${names}, each true or false` : `one of ${names}`;
  }
  if (type === 'string') return 'a text that is not empty';
  return type === 'object' ? 'an object' : `a ${type}`;
}

/** What came, in a few characters. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}'`;
  if (typeof value === 'object') return value === null ? 'null' : 'that is an object';
  return typeof value === 'function' ? 'that is a function' : String(value);
}
