import type { Serializable } from 'node:child_process';
import { WorkerLost } from '../errors.js';
import type { Loss } from '../schema/index.js';
import type { Child } from './child.js';

/** Only a fault has a loss, and may answer any question: fields of errors do not survive the channel. */
interface Message {
  readonly type: string;
  readonly loss?: Loss;
}

type Answer<From extends Message, T extends From['type']> = Extract<From, { readonly type: T }>;

/** Questions to a child process, answered in their order; every end of the process is an answer to all that are open. */
export class Dialog<To extends Serializable, From extends Message> {
  readonly #child: Child;
  readonly #open: { resolve(answer: From): void; reject(error: WorkerLost): void }[] = [];

  constructor(child: Child) {
    this.#child = child;
    child.process.on('message', (answer: From) => this.#open.shift()?.resolve(answer));
    void child.exited.then(loss => {
      for (const { reject } of this.#open.splice(0)) reject(new WorkerLost(loss));
    });
  }

  get isAsking(): boolean {
    return this.#open.length > 0;
  }

  tell(message: To): void {
    this.#child.process.send(message, () => {});
  }

  /**
   * @param question null: what it says unasked
   * @throws WorkerLost when it ends, or cannot do it
   */
  async ask<T extends From['type']>(question: To | null, type: T): Promise<Answer<From, T>> {
    const lost = this.#child.loss();
    if (lost !== null) throw new WorkerLost(lost);
    const answer = await new Promise<From>((resolve, reject) => {
      this.#open.push({ resolve, reject });
      if (question !== null) this.tell(question);
    });
    if (isOf(answer, type)) return answer;
    throw new WorkerLost(answer.loss ?? { code: 'wrong-answer', answer: answer.type });
  }
}

function isOf<From extends Message, T extends From['type']>(
  answer: From,
  type: T,
): answer is Answer<From, T> {
  return answer.type === type;
}
