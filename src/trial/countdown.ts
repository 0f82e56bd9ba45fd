/** A promise that resolves when as many things have ended as were begun. */
export class Countdown {
  readonly over: Promise<void>;
  readonly #whenOver: () => void;
  #resolve: () => void = () => {};
  #left: number;

  /**
   * @param count of things that have begun; 0: it is over at once, for good
   * @param whenOver called just before `over` resolves, unless `count` is 0
   */
  constructor(count: number, whenOver: () => void) {
    this.#left = count;
    this.#whenOver = whenOver;
    this.over = count === 0 ? Promise.resolve() : new Promise(resolve => (this.#resolve = resolve));
  }

  /** One thing more has begun. */
  add(): void {
    this.#left++;
  }

  end(): void {
    if (--this.#left > 0) return;
    this.#whenOver();
    this.#resolve();
  }
}
