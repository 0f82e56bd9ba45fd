import type { Dispatcher } from 'undici';
import { refuseRedirect } from './http-errors.js';
import type { TaskSignal } from './task-signal.js';

export const isJson = (contentType: string | null | undefined): boolean =>
  contentType?.includes('json') ?? false;

/** What is made of a whole answer; called once for each, an error it throws is the task's. */
export type Read<Result> = (index: number, status: number, json: boolean, text: string) => Result;

/** One request and its whole answer by undici's lowest interface: no stream, no promise of its own. */
export class DispatchExchange<Result> implements Dispatcher.DispatchHandler {
  readonly #index: number;
  readonly #signal: TaskSignal;
  readonly #read: Read<Result>;
  readonly #resolve: (result: Result) => void;
  readonly #reject: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #json = false;
  #location: unknown;
  /** Nearly always one chunk. */
  readonly #chunks: Buffer[] = [];

  constructor(
    index: number,
    signal: TaskSignal,
    read: Read<Result>,
    resolve: (result: Result) => void,
    reject: (error: unknown) => void,
  ) {
    this.#index = index;
    this.#signal = signal;
    this.#read = read;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.once('abort', this.#onAbort);
  }

  readonly #onAbort = () => {
    // While it waits for a connection there is no controller: it is aborted when it starts.
    this.#controller?.abort(this.#signal.reason as Error);
    this.#reject(this.#signal.reason);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) controller.abort(this.#signal.reason as Error);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#json = isJson(headers['content-type'] as string | undefined);
    this.#location = headers.location;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#signal.off('abort', this.#onAbort);
    const chunks = this.#chunks;
    const text = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString();
    try {
      refuseRedirect(this.#status, this.#location);
      this.#resolve(this.#read(this.#index, this.#status, this.#json, text));
    } catch (error) {
      this.#reject(error);
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#signal.off('abort', this.#onAbort);
    this.#reject(error);
  }
}
