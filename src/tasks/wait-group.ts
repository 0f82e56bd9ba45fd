/** A promise that resolves when as many things have ended as were begun. */
export class WaitGroup {
  readonly over: Promise<void>;
  #resolve: () => void = () => {};
  #left: number;

  /** @param count of things that have begun; 0: it is over at once, for good */
  constructor(count: number) {
    this.#left = count;
    this.over = count === 0 ? Promise.resolve() : new Promise(resolve => (this.#resolve = resolve));
  }

  /** One thing more has begun. */
  add(): void {
    this.#left++;
  }

  end(): void {
    if (--this.#left === 0) this.#resolve();
  }
}
