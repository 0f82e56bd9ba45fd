import { describeThrown, UsageError } from './errors.js';

/** A file that people may have written themselves, or what it was compiled to. */
export interface UserModule {
  readonly moduleUrl: string;
  /** What they called it, for messages. */
  readonly given: string;
}

/** What a default export has to be. */
export interface DefaultExport<T> {
  /** e.g. `a workload` */
  readonly what: string;
  /** Properties, and the type of each or all that it may be. */
  readonly needed: readonly (readonly [key: keyof T & string, type: string | readonly string[]])[];
  /** The same of those that may be left out. */
  readonly optional?: DefaultExport<T>['needed'];
  /** How to make one, a sentence. */
  readonly remedy: string;
}

/** @throws UsageError when it cannot be loaded, whatever it throws */
export async function importModule({
  moduleUrl,
  given,
}: UserModule): Promise<{ readonly default?: unknown }> {
  try {
    return await import(moduleUrl);
  } catch (error) {
    throw new UsageError(given, 'a module that loads', describeThrown(error), 'Correct it and run again.');
  }
}

/**
 * The default export of a module.
 *
 * @throws UsageError when it cannot be loaded, or is something else
 */
export async function importDefault<T>(
  module: UserModule,
  { what, needed, optional = [], remedy }: DefaultExport<T>,
): Promise<T> {
  const { default: found } = await importModule(module);
  const expected = `${what} as default export`;
  if (typeof found !== 'object' || found === null)
    throw new UsageError(module.given, expected, found === undefined ? 'none' : typeof found, remedy);
  const wrong = needed.filter(([key, type]) => !isOf(type, (found as Partial<T>)[key]));
  if (wrong.length === 0) return requireOptional(found as T, module.given, optional);
  const got = wrong.map(([key, type]) => `${key} (${typeof type === 'string' ? type : type.join(', ')})`);
  throw new UsageError(module.given, expected, `one without ${got.join(', ')}`, remedy);
}

function requireOptional<T>(found: T, given: string, optional: DefaultExport<T>['needed']): T {
  for (const [key, type] of optional) {
    const value: unknown = found[key];
    if (value === undefined || isOf(type, value)) continue;
    const expected = typeof type === 'string' ? `a ${type}` : type.map(one => `'${one}'`).join(' or ');
    const got = typeof value === 'string' ? JSON.stringify(value) : value === null ? 'null' : typeof value;
    throw new UsageError(`${given}: ${key}`, expected, got, 'Correct it, or leave it out.');
  }
  return found;
}

function isOf(type: string | readonly string[], value: unknown): boolean {
  if (typeof type !== 'string') return typeof value === 'string' && type.includes(value);
  return value !== null && value !== '' && typeof value === type;
}
