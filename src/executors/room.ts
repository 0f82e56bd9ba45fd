/** Keeps count of what is in the pool. */
export class Room {
  readonly #most: number;
  #inside = 0;
  #vacant: () => void = () => {};

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#inside >= this.#most;
  }

  enter(): void {
    this.#inside++;
  }

  leave(): void {
    this.#inside--;
    this.#vacant();
  }

  /** Calls `resolve` when somebody leaves. */
  onVacancy(resolve: () => void): void {
    this.#vacant = resolve;
  }
}
