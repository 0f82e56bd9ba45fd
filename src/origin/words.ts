import { hash32 } from '../random.js';

const WORDS = (
  'river stone paper window garden market summer engine copper letter island mirror silver candle ' +
  'forest harbor meadow lantern thunder velvet orchard compass blanket signal pepper ribbon saddle timber ' +
  'walnut anchor basket bridge castle desert feather glacier hammer ivory jacket kettle ladder marble'
).split(' ');

const NAMES = (
  'Ada Alan Barbara Claude Dennis Donald Edsger Frances Grace Hedy Ida John Katherine Leslie Margaret Niklaus ' +
  'Ole Peter Radia Shafi Tony Vera'
).split(' ');

/** ASCII words that follow from the key alone: the origin's content, the same on every machine. */
export function words(key: string, id: number, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) {
    text += i === 0 ? '' : ' ';
    text += WORDS[hash32(id, key, i) % WORDS.length]!;
  }
  return text;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function personName(key: string, id: number): string {
  return `${NAMES[hash32(id, key) % NAMES.length]!} ${capitalized(words(`${key}.last`, id, 1))}`;
}

/** 0 … n − 1. */
export function pick(key: string, id: number, n: number): number {
  return hash32(id, key) % n;
}
