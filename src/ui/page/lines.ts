/** Cuts a stream of text into its lines; the last one is kept until it is whole. */
export class Lines {
  #rest = '';

  add(text: string): string[] {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop()!;
    return parts.filter(line => line.trim() !== '');
  }
}

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/** How long to wait before the next attempt: twice as long each time. @param failures one after the other, from 1 */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
}
