/** Randomness with a recorded seed: a sequence for shuffling, and a hash for whatever must not depend on order. */

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, n). */
  int(n: number): number;
}

const TWO_POW_32 = 2 ** 32;
/** 2³² ÷ golden ratio: keeps zeros from hashing to zero. */
const GOLDEN = 0x9e3779b9;
const ROUNDS_BEFORE_USE = 12;

/** Chris Wellons' lowbias32, from hash-prospector: a bijection of 32 bits in which each bit moves all others. */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

function absorb(hash: number, word: number): number {
  return mix(((hash ^ word) + GOLDEN) | 0);
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

function absorbNumber(hash: number, value: number): number {
  if ((value | 0) === value) return absorb(hash, value);
  double[0] = value;
  return absorb(absorb(hash, halves[0]!), halves[1]!);
}

/** FNV-1a over UTF-16 units, then mixed in as one word. */
function absorbText(hash: number, text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return absorb(hash, h);
}

function absorbAll(seed: number, parts: readonly (number | string)[]): number {
  let hash = absorbNumber(0, seed);
  for (const part of parts) {
    hash = typeof part === 'number' ? absorbNumber(hash, part) : absorbText(hash, part);
  }
  return hash;
}

/** A hash of the seed and the parts, in their order: 0 … 2³² − 1. */
export function hash32(seed: number, ...parts: readonly (number | string)[]): number {
  return absorbAll(seed, parts) >>> 0;
}

/**
 * A number in [0, 1) that depends on the seed and the parts alone, never on the order of calls: what decides a
 * request's latency or a task's error, so that every executor meets the same work.
 */
export function hashUnit(seed: number, ...parts: readonly (number | string)[]): number {
  return hash32(seed, ...parts) / TWO_POW_32;
}

/** `hashUnit` of a seed and parts that stay the same: what changes is hashed in at each call. */
export function hasherOf(seed: number, ...parts: readonly (number | string)[]): (last: string) => number {
  const before = absorbAll(seed, parts);
  return last => (absorbText(before, last) >>> 0) / TWO_POW_32;
}

/** sfc32 of Chris Doty-Humphrey's PractRand, its state filled by `hash32` of the seed. */
export function createRandom(seed: number): Random {
  let a = hash32(seed, 1) | 0;
  let b = hash32(seed, 2) | 0;
  let c = hash32(seed, 3) | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / TWO_POW_32;
  };
  for (let i = 0; i < ROUNDS_BEFORE_USE; i++) next();
  return { next, int: n => Math.floor(next() * n) };
}

/** A new array in random order (Fisher–Yates). */
export function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.int(i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
