import { meaningOf } from '../../src/report/words/glossary.js';

/** Pixels of the page. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something on the page that a word stands for. */
export interface Place {
  readonly word: string;
  readonly box: Box;
}

export interface Mark extends Place {
  readonly number: number;
  readonly meaning: string;
}

const SIZE = 17;

/** The first place of each word that has a meaning, from top to bottom and from left to right. */
export function marksOf(
  places: readonly Place[],
  meaning: (word: string) => string | null = meaningOf,
): Mark[] {
  const seen = new Set<string>();
  const isBefore = (one: Place, other: Place) => one.box.y - other.box.y || one.box.x - other.box.x;
  return places
    .toSorted(isBefore)
    .flatMap(place => {
      const known = meaning(place.word);
      if (known === null || seen.has(place.word)) return [];
      seen.add(place.word);
      return [{ ...place, meaning: known }];
    })
    .map((mark, at) => ({ ...mark, number: at + 1 }));
}

/** Numbers over the page, each above the end of its word. */
export function overlayOf(marks: readonly Mark[]): string {
  const discs = marks.map(({ box, number }) => {
    const [left, top] = [Math.max(0, box.x + box.width - SIZE / 2), Math.max(0, box.y - SIZE + 3)];
    return `<b style="position: absolute; left: ${left}px; top: ${top}px; width: ${SIZE}px; border-radius: 9px; background: #b3261e; color: #fff; font: 700 11px/${SIZE}px system-ui, sans-serif; text-align: center">${number}</b>`;
  });
  return discs.join('\n');
}

/** The picture, and below it what each number on it is. */
export function legendOf(image: string, alt: string, marks: readonly Mark[]): string {
  const lines = marks.map(({ number, word, meaning }) => `${number}. **${word}**: ${meaning}`);
  return [`![${alt}](${image})`, '', ...lines].join('\n');
}
