/** The lower bound wins where they cross: a line of words begins where it can be read. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
