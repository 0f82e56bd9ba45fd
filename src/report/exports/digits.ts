/** What a double holds of a decimal number: more is the dust of binary fractions. */
const MOST_DIGITS = 15;

/** A figure for programs: not rounded, without units or separators. Null where there is none, never 0. */
export function digits(value: number | null): string | null {
  return value === null || !Number.isFinite(value) ? null : String(Number(value.toPrecision(MOST_DIGITS)));
}
