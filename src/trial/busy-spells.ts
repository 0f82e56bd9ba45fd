import type { LoopSpell } from '../schema/index.js';

/** A shorter spell is no picture, and nobody's wait. */
export const SHORTEST_SPELL_MS = 1;
/** Sleep that is shorter parts no spells. */
const SHORTEST_SLEEP_MS = 0.1;
/** The longest are kept. */
export const MOST_SPELLS = 2_000;
const DECIMALS = 3;

/** When a loop was at work, from one sleep to the next, of a trial that is recorded. */
export class BusySpells {
  #spells: LoopSpell[] = [];
  #fromMs = Number.NaN;
  #toMs = Number.NaN;

  /** In the order of time. */
  add(fromMs: number, toMs: number): void {
    if (fromMs - this.#toMs < SHORTEST_SLEEP_MS) {
      this.#toMs = toMs;
      return;
    }
    this.#keep();
    this.#fromMs = fromMs;
    this.#toMs = toMs;
  }

  /** By time, in ms after the start of the trial: what was before that is not of it. */
  since(startMs: number): LoopSpell[] {
    this.#keep();
    this.#fromMs = Number.NaN;
    this.#toMs = Number.NaN;
    const after = (ms: number) => Number(Math.max(0, ms - startMs).toFixed(DECIMALS));
    return longestOf(this.#spells)
      .filter(([, toMs]) => toMs > startMs)
      .map(([fromMs, toMs]) => [after(fromMs), after(toMs)]);
  }

  #keep(): void {
    if (!(this.#toMs - this.#fromMs >= SHORTEST_SPELL_MS)) return;
    this.#spells.push([this.#fromMs, this.#toMs]);
    if (this.#spells.length >= 2 * MOST_SPELLS) this.#spells = longestOf(this.#spells);
  }
}

function longestOf(spells: readonly LoopSpell[]): LoopSpell[] {
  const longest = spells.toSorted((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, MOST_SPELLS);
  return longest.sort((a, b) => a[0] - b[0]);
}
