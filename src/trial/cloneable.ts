/** (stub while the real one is written) */
export function findUncloneable(value: unknown): string | null {
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') return null;
  try {
    structuredClone(value);
    return null;
  } catch (error) {
    return String(error);
  }
}
