/** Of each unit that the report writes how many of the smallest of its kind it is. */
const UNITS: Readonly<Record<string, number>> = {
  µs: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
};

/** `<0.1 %`, `−1.2 MB`, `1.93 [1.90, 1.96]`, `4.1 ms↓`, `1,120`: what follows the first figure says more of it. */
const FIGURE = /^([<>]?)([-−]?)(\d[\d,]*(?:\.\d+)?) ?(µs|ms|min|s|h|B|kB|MB|GB|TB)?(?![\p{L}\d])/u;

/** A hair on the far side of what it is compared with. */
const BEYOND: Readonly<Record<string, number>> = { '<': 0.999, '>': 1.001 };

/**
 * What a cell says as a number, in one unit for the whole column; null where it says none (`–`, `INVALID`). Rows are
 * sorted by what stands in them: the figures themselves are not in the page, and their text has all digits they are worth.
 */
export function cellValue(text: string): number | null {
  const [, bound = '', sign = '', digits, unit = ''] = FIGURE.exec(text.trim()) ?? [];
  if (digits === undefined) return null;
  const value = Number(digits.replaceAll(',', '')) * (UNITS[unit] ?? 1) * (BEYOND[bound] ?? 1);
  return sign === '' ? value : -value;
}
