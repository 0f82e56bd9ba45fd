/** Who took no more than this share of the longest is worth a closer look. */
const SHORT_SHARE = 1 / 4;

/** Up to when those are to be shown enlarged that are short beside the longest; null: all are of a size. */
export function enlargedMs(wallsMs: readonly number[]): number | null {
  const longestMs = Math.max(...wallsMs);
  const short = wallsMs.filter(ms => ms > 0 && ms <= SHORT_SHARE * longestMs);
  return short.length === 0 ? null : Math.max(...short);
}
