type AbortListener = () => void;

/**
 * Tells one task to stop: a light stand-in for an AbortSignal.
 *
 * One is made per lane and used for task after task; it is replaced only after it has aborted. undici takes it
 * as `signal` as it is (it looks like an EventEmitter); `fetch` and others need the real thing, `abortSignal`,
 * which is made when first asked for. A fresh AbortController per task costs 3 µs, this nothing.
 */
export class TaskSignal {
  aborted = false;
  reason: unknown = undefined;
  /** Nearly always one listener at a time, so no array until there is a second. */
  #first: AbortListener | null = null;
  #more: AbortListener[] | null = null;
  #controller: AbortController | null = null;

  on(_event: 'abort', listener: AbortListener): this {
    if (this.#first === null) this.#first = listener;
    else {
      this.#more ??= [];
      this.#more.push(listener);
    }
    return this;
  }

  /** A signal aborts once, so every listener is a listener for once. */
  once(event: 'abort', listener: AbortListener): this {
    return this.on(event, listener);
  }

  off(_event: 'abort', listener: AbortListener): this {
    if (this.#first === listener) this.#first = null;
    else if (this.#more !== null) {
      const at = this.#more.indexOf(listener);
      if (at >= 0) this.#more.splice(at, 1);
    }
    return this;
  }

  addListener(event: 'abort', listener: AbortListener): this {
    return this.on(event, listener);
  }

  removeListener(event: 'abort', listener: AbortListener): this {
    return this.off(event, listener);
  }

  /** The same signal for APIs that insist on an AbortSignal. */
  get abortSignal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  /** Aborts once; later calls do nothing. */
  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    const listeners = [this.#first, ...(this.#more ?? [])];
    this.#first = null;
    this.#more = null;
    for (const listener of listeners) listener?.();
    this.#controller?.abort(reason);
  }
}
