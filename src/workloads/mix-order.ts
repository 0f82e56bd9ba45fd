import { createRandom, hash32, shuffle } from '../random.js';

/** Tasks in a row whose shares are met; their order among themselves is random. */
const BLOCK = 10;

/** The place of the part that a task belongs to. */
export type Apportion = (index: number) => number;

/**
 * Shares of tasks by their index alone: the same for whoever asks, in whatever order. The first 10, 20, 30, … tasks have
 * of each part its share of them, to within one task.
 *
 * @param shares above 0, of their sum
 */
export function apportion(shares: readonly number[], seed: number): Apportion {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const counts = shares.map(() => 0);
  const places: number[] = [];
  const addBlock = () => {
    const block: number[] = [];
    for (let end = places.length + 1; block.length < BLOCK; end++) {
      const next = mostInArrears(shares, counts, end / total);
      counts[next]!++;
      block.push(next);
    }
    places.push(...shuffle(block, createRandom(hash32(seed, 'mix', places.length))));
  };
  return index => {
    while (places.length <= index) addBlock();
    return places[index]!;
  };
}

/** The one that lacks most of its share. */
function mostInArrears(shares: readonly number[], counts: readonly number[], perShare: number): number {
  const arrears = shares.map((share, at) => share * perShare - counts[at]!);
  return arrears.indexOf(Math.max(...arrears));
}
