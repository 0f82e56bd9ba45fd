/** Where a part of a picture is: its middle, and the line or row that it belongs to. */
export interface Place {
  readonly series: number;
  readonly x: number;
  readonly y: number;
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/**
 * The place that an arrow key leads to: left and right along the same line or row, up and down to the next one above or
 * below, as near as may be. Where there is none it stays.
 *
 * @param from index
 */
export function stepFrom(places: readonly Place[], from: number, step: Step): number {
  const here = places[from]!;
  const all = places.map((place, at) => ({ ...place, at }));
  const own = all.filter(({ series }) => series === here.series);
  if (step === 'first') return own[0]!.at;
  if (step === 'last') return own.at(-1)!.at;
  if (step === 'left' || step === 'right') {
    const next = own.findIndex(({ at }) => at === from) + (step === 'right' ? 1 : -1);
    return own[next]?.at ?? from;
  }
  const sign = step === 'down' ? 1 : -1;
  // What lies exactly on it is above if it comes before it, else below: all can be reached.
  const height = (place: Place, at: number) => sign * (place.y - here.y) || (at - from) * sign * 1e-9;
  const beyond = nearestOfEach(all, here).filter(place => height(place, place.at) > 0);
  return beyond.toSorted((a, b) => height(a, a.at) - height(b, b.at))[0]?.at ?? from;
}

type NumberedPlace = Place & { readonly at: number };

/** Of each other line or row what is nearest across. */
function nearestOfEach(all: readonly NumberedPlace[], here: Place): NumberedPlace[] {
  const best = new Map<number, NumberedPlace>();
  for (const place of all) {
    if (place.series === here.series) continue;
    const nearest = best.get(place.series);
    if (nearest === undefined || Math.abs(place.x - here.x) < Math.abs(nearest.x - here.x))
      best.set(place.series, place);
  }
  return [...best.values()];
}
