import type { SavedRun, UiCatalogue, UiMessage, UiRequest } from '../protocol.js';
import { backoffMs } from './lines.js';
import { messagesOf } from './messages.js';

/** Somebody said no, in words for the visitor. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, words: string) {
    super(words);
    this.status = status;
  }
}

export type Connection = 'connecting' | 'open' | 'lost' | 'refused';

interface Listener {
  message(message: UiMessage): void;
  connection(state: Connection): void;
}

/** All that the page asks its server for. */
export class Api {
  readonly #headers: Readonly<Record<string, string>>;

  constructor(token: string) {
    this.#headers = { authorization: `Bearer ${token}` };
  }

  catalogue(): Promise<UiCatalogue> {
    return this.#json('/api/catalogue');
  }

  gallery(): Promise<SavedRun[]> {
    return this.#json('/api/gallery');
  }

  async report(name: string): Promise<Blob> {
    const response = await this.#ask(`/api/gallery/${encodeURIComponent(name)}`);
    return new Blob([await response.arrayBuffer()], { type: 'text/html' });
  }

  start(request: UiRequest): Promise<{ readonly run: number }> {
    return this.#json('/api/runs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
  }

  async stop(): Promise<void> {
    await this.#ask('/api/stop', { method: 'POST' });
  }

  /** Messages for as long as the page is open: a stream that breaks is asked for again, from where it broke. */
  async listen(listener: Listener): Promise<never> {
    let after: number | null = null;
    let failures = 0;
    for (;;) {
      try {
        const response = await this.#ask(after === null ? '/api/events' : `/api/events?after=${after}`);
        listener.connection('open');
        for await (const message of messagesOf(response)) {
          failures = 0;
          after = message.id;
          listener.message(message);
        }
      } catch (error) {
        if (error instanceof Refusal && (error.status === 401 || error.status === 403)) {
          listener.connection('refused');
          await new Promise(() => {});
        }
      }
      failures++;
      listener.connection('lost');
      await new Promise(resolve => setTimeout(resolve, backoffMs(failures)));
    }
  }

  async #json<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
    return (await this.#ask(path, init)).json() as Promise<Answer>;
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(path, {
      ...init,
      cache: 'no-store',
      headers: { ...(init.headers as Record<string, string> | undefined), ...this.#headers },
    });
    if (response.ok) return response;
    throw new Refusal(response.status, await wordsOf(response));
  }
}

async function wordsOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { readonly error?: unknown };
    if (typeof error === 'string') return error;
  } catch {
    // Not in the words of our server.
  }
  return `the server answered ${response.status}`;
}
