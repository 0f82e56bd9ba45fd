/** Round values of a part of an axis: 1, 2 or 5 times a power of ten apart, about so many. */
export interface Ticks {
  readonly values: readonly number[];
  readonly step: number;
}

export function ticksWithin(from: number, to: number, wanted: number): Ticks {
  const rough = Math.max((to - from) / Math.max(1, wanted), Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find(factor => factor * power >= rough * 0.999) ?? 10);
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)];
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
  return { values, step };
}
