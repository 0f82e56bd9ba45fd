import { NONE_LEFT, NOT_YET, type TaskSource } from '../tasks/source.js';

export interface PoolFeed {
  readonly source: TaskSource;
  /** Tasks that the pool is given before the first of them has ended. */
  readonly mostInPool: number;
  /** Resolves with the reply; rejects when the worker is gone, or when a result could not be sent. */
  start(index: number): Promise<unknown>;
  deliver(index: number, reply: unknown): void;
  lose(index: number, thrown: unknown): void;
}

/** Of one task after the other: closures made for each would be what garbage collection carries around. */
interface Place {
  index: number;
  receive(reply: unknown): void;
  lose(thrown: unknown): void;
}

/**
 * Gives a pool each task as soon as it may start and there is room for it.
 *
 * Replies make room and fill it, in place of a loop that awaits: each promise here costs what a pool's user would not
 * pay.
 */
export class PoolFeeder {
  readonly #feed: PoolFeed;
  readonly #vacant: Place[] = [];
  #inPool = 0;
  #over = false;
  #waiting = false;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  constructor(feed: PoolFeed) {
    this.#feed = feed;
  }

  /** Calls one of the two: when all tasks have ended, or when no more can be had. */
  run(resolve: () => void, reject: (error: unknown) => void): void {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#fill();
  }

  /** Starts nothing more. */
  stop(): void {
    this.#over = true;
  }

  #fill(): void {
    const { source, mostInPool } = this.#feed;
    while (!this.#over && !this.#waiting && this.#inPool < mostInPool) {
      const index = source.claim();
      if (index === NONE_LEFT) this.#over = true;
      else if (index === NOT_YET) this.#wait();
      else this.#start(index);
    }
    if (this.#over && this.#inPool === 0) this.#resolve();
  }

  #wait(): void {
    this.#waiting = true;
    const arrived = () => {
      this.#waiting = false;
      this.#fill();
    };
    this.#feed.source.arrival().then(arrived).catch(this.#reject);
  }

  #start(index: number): void {
    const place = this.#vacant.pop() ?? this.#addPlace();
    place.index = index;
    this.#inPool++;
    this.#feed.start(index).then(place.receive, place.lose);
  }

  #addPlace(): Place {
    const lose = (thrown: unknown) => this.#feed.lose(place.index, thrown);
    const receive = (reply: unknown) => {
      try {
        this.#feed.deliver(place.index, reply);
        this.#inPool--;
        this.#vacant.push(place);
        this.#fill();
      } catch (thrown) {
        lose(thrown);
      }
    };
    const place: Place = { index: 0, receive, lose };
    return place;
  }
}
