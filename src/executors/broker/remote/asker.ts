import { nowNs } from '../../../clock.js';
import { type ClockExchange, type ClockReading, EXCHANGES, readClock } from '../clock-offset.js';
import type { BrokerNames } from '../names.js';
import type { MeetingPlace } from './meeting-place.js';
import {
  type AskedOrder,
  type Order,
  ordersChannel,
  parseReply,
  type Reply,
  repliesChannel,
} from './protocol.js';

export interface Answer extends Reply {
  readonly sentNs: number;
  readonly receivedNs: number;
}

/** One that answers nothing for so long is busy, or gone. */
export const ANSWER_LIMIT_MS = 2_000;

/** Asks workers on other machines, and takes the answers that are its own. */
export class Asker {
  readonly #place: MeetingPlace;
  readonly #replyTo: string;
  readonly #waiting = new Map<number, { readonly worker: string; readonly take: (reply: Reply) => void }>();
  #last = 0;

  private constructor(place: MeetingPlace, replyTo: string) {
    this.#place = place;
    this.#replyTo = replyTo;
  }

  static async open(place: MeetingPlace, names: Pick<BrokerNames, 'prefix'>): Promise<Asker> {
    const replyTo = repliesChannel(names);
    const asker = new Asker(place, replyTo);
    await place.listen(replyTo, text => asker.#hear(text));
    return asker;
  }

  /** @returns null where there is no answer in time */
  async ask(worker: string, order: Order, limitMs = ANSWER_LIMIT_MS): Promise<Answer | null> {
    const ask = ++this.#last;
    const asked: AskedOrder = { ask, replyTo: this.#replyTo, order };
    let late: NodeJS.Timeout | undefined;
    const answered = new Promise<Answer | null>(resolve => {
      late = setTimeout(() => resolve(null), limitMs);
      this.#waiting.set(ask, {
        worker,
        take: reply => resolve({ ...reply, sentNs, receivedNs: Number(nowNs()) }),
      });
    });
    const sentNs = Number(nowNs());
    try {
      await this.#place.say(ordersChannel(worker), JSON.stringify(asked));
      return await answered;
    } finally {
      clearTimeout(late);
      this.#waiting.delete(ask);
    }
  }

  /** One exchange after the other: together they would wait for each other. */
  async clockOf(worker: string): Promise<ClockReading | null> {
    const exchanges: ClockExchange[] = [];
    for (let left = EXCHANGES; left > 0; left--) {
      const answer = await this.ask(worker, { kind: 'clock' });
      if (answer === null) return null;
      exchanges.push(answer);
    }
    return readClock(exchanges);
  }

  #hear(text: string): void {
    const reply = parseReply(text);
    const waiting = reply === null ? undefined : this.#waiting.get(reply.ask);
    if (reply !== null && waiting?.worker === reply.worker) waiting.take(reply);
  }
}
