import type { ServerResponse } from 'node:http';
import type { UiMessage } from '../protocol.js';

/** Of messages that have come since: whoever reads so slowly is dropped, and may come again with the id that it has. */
const MOST_WAITING_BYTES = 4e6;

/** Sends messages to one reader, a line each, as fast as they are taken. */
export class Outbox {
  readonly #response: ServerResponse;
  /** However much the reader has to catch up with, it is held by the log already. */
  readonly #earlier: UiMessage[];
  readonly #since: string[] = [];
  #sinceBytes = 0;
  #isFull = false;

  constructor(response: ServerResponse, earlier: readonly UiMessage[]) {
    this.#response = response;
    this.#earlier = [...earlier];
    response.on('drain', () => {
      this.#isFull = false;
      this.#send();
    });
    this.#send();
  }

  add(message: UiMessage): void {
    const line = lineOf(message);
    this.#since.push(line);
    this.#sinceBytes += Buffer.byteLength(line);
    this.#send();
    if (this.#sinceBytes > MOST_WAITING_BYTES) this.#response.destroy();
  }

  /** An empty line, for a reader that waits for nothing. */
  beat(): void {
    if (!this.#isFull) this.#response.write('\n');
  }

  #send(): void {
    while (!this.#isFull) {
      const line = this.#next();
      if (line === null) return;
      this.#isFull = !this.#response.write(line);
    }
  }

  #next(): string | null {
    const earlier = this.#earlier.shift();
    if (earlier !== undefined) return lineOf(earlier);
    const line = this.#since.shift() ?? null;
    if (line !== null) this.#sinceBytes -= Buffer.byteLength(line);
    return line;
  }
}

function lineOf(message: UiMessage): string {
  return `${JSON.stringify(message)}\n`;
}
