/** A comparison at one place of an axis. */
export interface AxisRatio {
  readonly x: number;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Crossing {
  /** Where ln(ratio), linear between the two points, is 0. Kept inside `between`. */
  readonly x: number;
  /** The neighbouring measured points. */
  readonly between: readonly [number, number];
}

/**
 * Where along an axis the ratio crosses 1, such as "threads pay above about 3 ms of computing".
 *
 * A point is *won* when its interval lies wholly above 1; one that includes 1 or lies below is not. The crossing lies
 * between the only two neighbours that differ in this. No such pair: nothing to report. More than one: the ratio comes
 * back, so that no sentence with one number would be true, and a single lucky point among even ones is not taken for a
 * crossing. Points without an interval are left out. In which direction it crosses is for the caller to read from the
 * ratios at the two ends.
 *
 * Where the point that is not won has a ratio above 1 all the same, the crossing is put at that point.
 */
export function crossing(points: readonly AxisRatio[]): Crossing | null {
  const known = points.filter(point => point.low !== null && point.high !== null).sort((a, b) => a.x - b.x);
  const changes: [AxisRatio, AxisRatio][] = [];
  for (let i = 1; i < known.length; i++) {
    const left = known[i - 1]!;
    const right = known[i]!;
    if (isWon(left) !== isWon(right)) changes.push([left, right]);
  }
  if (changes.length !== 1) return null;
  const [left, right] = changes[0]!;
  return { x: interpolate(left, right), between: [left.x, right.x] };
}

function isWon(point: AxisRatio): boolean {
  return point.low !== null && point.low > 1;
}

function interpolate(left: AxisRatio, right: AxisRatio): number {
  const [won, other] = isWon(left) ? [left, right] : [right, left];
  if (other.ratio >= 1) return other.x;
  const share = Math.log(other.ratio) / (Math.log(other.ratio) - Math.log(won.ratio));
  return other.x + share * (won.x - other.x);
}
