import { UsageError } from './errors.js';

/**
 * The default export of a module that people may have written themselves.
 *
 * @param what e.g. `a workload`
 * @param needed properties and the types that they must have
 * @param remedy how to make one, a sentence
 * @throws UsageError when it is something else
 */
export async function importDefault<T>(
  moduleUrl: string,
  what: string,
  needed: readonly (readonly [key: keyof T & string, type: string])[],
  remedy: string,
): Promise<T> {
  const { default: found } = (await import(moduleUrl)) as { readonly default?: unknown };
  const expected = `${what} as default export`;
  if (typeof found !== 'object' || found === null)
    throw new UsageError(moduleUrl, expected, found === undefined ? 'none' : typeof found, remedy);
  const missing = needed.filter(([key, type]) => {
    const value: unknown = (found as Partial<T>)[key];
    return value === null || typeof value !== type;
  });
  if (missing.length === 0) return found as T;
  const got = `one without ${missing.map(([key, type]) => `${key} (${type})`).join(', ')}`;
  throw new UsageError(moduleUrl, expected, got, remedy);
}
