import type { UiMessage } from '../protocol.js';

type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
export type NewMessage = WithoutId<UiMessage>;

const MOST_MESSAGES = 500;
const MOST_BYTES = 16e6;
/** Of these the latest says it all. */
const SUPERSEDED: readonly UiMessage['type'][] = ['progress', 'measure'];
const RESULTS: readonly UiMessage['type'][] = ['race-done', 'measure-done', 'failed'];

interface Kept {
  readonly message: UiMessage;
  readonly bytes: number;
}

/** What has been told, so that whoever was away may catch up; bounded. */
export class MessageLog {
  readonly #limits: { readonly messages: number; readonly bytes: number };
  readonly #listeners = new Set<(message: UiMessage) => void>();
  #kept: Kept[] = [];
  #bytes = 0;
  #lastId = 0;
  /** Of the latest message that was dropped for want of room. */
  #goneId = 0;

  constructor(limits = { messages: MOST_MESSAGES, bytes: MOST_BYTES }) {
    this.#limits = limits;
  }

  get lastId(): number {
    return this.#lastId;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  add(told: NewMessage): void {
    const message = { ...told, id: ++this.#lastId } as UiMessage;
    if (SUPERSEDED.includes(message.type))
      this.#keep(this.#kept.filter(one => one.message.type !== message.type));
    this.#keep([...this.#kept, { message, bytes: Buffer.byteLength(JSON.stringify(message)) }]);
    while (this.#kept.length > this.#limits.messages || this.#bytes > this.#limits.bytes) {
      this.#goneId = this.#kept[0]!.message.id;
      this.#keep(this.#kept.slice(1));
    }
    for (const listener of [...this.#listeners]) listener(message);
  }

  #keep(kept: Kept[]): void {
    this.#kept = kept;
    this.#bytes = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Those after an id, with a `gap` before them where some are gone. An id that was never given is one of another server. */
  after(id: number): UiMessage[] {
    const isGap = id < this.#goneId || id > this.#lastId;
    const from = isGap ? this.#goneId : id;
    const messages = this.#kept.map(({ message }) => message).filter(message => message.id > from);
    return isGap ? [{ id: from, type: 'gap' }, ...messages] : messages;
  }

  /** For who comes anew: the latest result of each kind, and how far the run has come. */
  latest(): UiMessage[] {
    const messages = this.#kept.map(({ message }) => message);
    return messages.filter(
      ({ type, id }) =>
        (RESULTS.includes(type) || SUPERSEDED.includes(type)) &&
        !messages.some(later => later.type === type && later.id > id),
    );
  }

  /** @returns what ends it */
  listen(listener: (message: UiMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
