import { UsageError } from '../errors.js';
import { processLossText } from '../process-end.js';
import type { Loss, ModuleRef, ProcessLoss } from '../schema/index.js';
import type { Child } from './child.js';
import type { Companion } from './companion.js';

export interface SetupRequest {
  readonly type: 'setup';
  readonly workload: ModuleRef;
  readonly seed: number;
}

export type ToSetup = SetupRequest | { readonly type: 'teardown' };

export type FromSetup =
  | { readonly type: 'ready'; readonly data: unknown }
  | { readonly type: 'torn-down' }
  /** Answers either: what was thrown, and where. */
  | { readonly type: 'failed'; readonly reason: string };

/** Filling a database takes its time. */
const SETUP_LIMIT_MS = 120_000;
const TEARDOWN_LIMIT_MS = 10_000;

type Answer = FromSetup | { readonly type: 'gone'; readonly loss: ProcessLoss };

/** The CLI's handle of the process in which a workload is set up and torn down. */
export class SetupProcess implements Companion {
  readonly #child: Child;
  readonly #workload: ModuleRef;
  #answer: (answer: Answer) => void = () => {};
  #state: 'new' | 'ready' | 'ending' = 'new';
  #end: Promise<string | null> | undefined;
  readonly lost: Promise<Loss>;

  constructor(child: Child, workload: ModuleRef) {
    this.#child = child;
    this.#workload = workload;
    child.process.on('message', (message: FromSetup) => this.#answer(message));
    this.lost = new Promise(resolve => {
      void child.exited.then(loss => {
        this.#answer({ type: 'gone', loss });
        if (this.#state !== 'ready') return;
        resolve(lossOfSetup(workload.name, loss));
      });
    });
  }

  /**
   * @returns what `setup` returned
   * @throws UsageError when it throws, or takes too long
   */
  async setUp(seed: number): Promise<unknown> {
    const request: SetupRequest = { type: 'setup', workload: this.#workload, seed };
    const answer = await this.#ask(request, SETUP_LIMIT_MS);
    if (answer.type === 'ready') {
      this.#state = 'ready';
      return answer.data;
    }
    throw new UsageError(
      `setup of ${this.#workload.name}`,
      'one that succeeds',
      textOf(answer),
      'Correct it and run again: nothing has been measured.',
    );
  }

  end(): Promise<string | null> {
    this.#end ??= this.#tearDown();
    return this.#end;
  }

  /** Only of what was set up; whatever it started and left behind is ended with its process. */
  async #tearDown(): Promise<string | null> {
    const wasReady = this.#state === 'ready' && this.#child.loss() === null;
    this.#state = 'ending';
    const answer = wasReady ? await this.#ask({ type: 'teardown' }, TEARDOWN_LIMIT_MS) : null;
    await this.#child.kill();
    if (answer === null || answer.type === 'torn-down') return null;
    return `teardown of ${this.#workload.name}: ${textOf(answer)}`;
  }

  #ask(message: ToSetup, limitMs: number): Promise<Answer> {
    return new Promise(resolve => {
      const loss = this.#child.loss();
      if (loss !== null) return resolve({ type: 'gone', loss });
      const late = setTimeout(
        () => this.#answer({ type: 'failed', reason: `nothing within ${limitMs / 1_000} s` }),
        limitMs,
      );
      this.#answer = answer => {
        clearTimeout(late);
        resolve(answer);
      };
      this.#child.process.send(message, () => {});
    });
  }
}

function lossOfSetup(workload: string, loss: ProcessLoss): Loss {
  if (loss.code === 'process-not-started') return loss;
  const { process: _, ...end } = loss;
  return { ...end, code: 'setup-ended', workload };
}

function textOf(answer: Answer): string {
  if (answer.type === 'gone') return processLossText(answer.loss);
  return answer.type === 'failed' ? answer.reason : `an answer out of turn (${answer.type})`;
}
