import { ClaimLoop } from '../tasks/claim-loop.js';
import type { TaskSource } from '../tasks/source.js';

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

/** Gives a pool each task as soon as it may start and there is room for it. */
export class PoolFeeder {
  readonly #feed: PoolFeed;
  readonly #loop: ClaimLoop;
  readonly #vacant: Place[] = [];

  constructor(feed: PoolFeed) {
    this.#feed = feed;
    const { source, mostInPool: most } = feed;
    this.#loop = new ClaimLoop({ source, most, start: index => this.#start(index) });
  }

  /** Resolves when all tasks have ended; rejects when no more can be had. */
  run(): Promise<void> {
    return this.#loop.run();
  }

  /** Starts nothing more. */
  stop(): void {
    this.#loop.stop();
  }

  #start(index: number): void {
    const place = this.#vacant.pop() ?? this.#addPlace();
    place.index = index;
    this.#feed.start(index).then(place.receive, place.lose);
  }

  #addPlace(): Place {
    const lose = (thrown: unknown) => this.#feed.lose(place.index, thrown);
    const receive = (reply: unknown) => {
      try {
        this.#feed.deliver(place.index, reply);
        this.#vacant.push(place);
        this.#loop.ended();
      } catch (thrown) {
        lose(thrown);
      }
    };
    const place: Place = { index: 0, receive, lose };
    return place;
  }
}
