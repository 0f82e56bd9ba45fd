import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { UiMessage, UiRequest } from '../../src/ui/protocol.js';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface Asking {
  readonly method?: string;
  readonly path?: string;
  /** Beside those that the page sends; undefined leaves one of these out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

/** What the page is to its server; every header may be another. */
export class UiClient {
  readonly url: URL;
  readonly token: string;

  /** @param printed the URL with its token */
  constructor(printed: string) {
    this.url = new URL(printed.trim());
    this.token = this.url.hash.slice('#token='.length);
  }

  #open({ method = 'GET', path = '/api/catalogue', headers = {}, body }: Asking) {
    const all = {
      Host: this.url.host,
      Authorization: `Bearer ${this.token}`,
      'Sec-Fetch-Site': 'same-origin',
      ...(method === 'POST' && { Origin: this.url.origin, 'Content-Type': 'application/json' }),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const asked = request({
      host: this.url.hostname,
      port: this.url.port,
      method,
      path,
      headers: sent,
      agent: false,
    });
    // After an answer the server may end what was not sent to its end; before one, `once` tells.
    asked.on('error', () => {});
    asked.end(body);
    return asked;
  }

  async ask(asking: Asking = {}): Promise<Answered> {
    const [response] = (await once(this.#open(asking), 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode!, headers: response.headers, text };
  }

  async start(asked: UiRequest): Promise<Answered> {
    return this.ask({ method: 'POST', path: '/api/runs', body: JSON.stringify(asked) });
  }

  stop(): Promise<Answered> {
    return this.ask({ method: 'POST', path: '/api/stop' });
  }

  /** Messages as they come, until whoever takes them has enough. */
  async *events(after?: number): AsyncGenerator<UiMessage, void> {
    const path = after === undefined ? '/api/events' : `/api/events?after=${after}`;
    const [response] = (await once(this.#open({ path }), 'response')) as [IncomingMessage];
    try {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) {
        const lines = (text + chunk).split('\n');
        text = lines.pop()!;
        for (const line of lines) if (line !== '') yield JSON.parse(line) as UiMessage;
      }
    } finally {
      response.destroy();
    }
  }

  /** All up to the first of this type. */
  async until<Type extends UiMessage['type']>(
    type: Type,
    after?: number,
  ): Promise<{ readonly all: UiMessage[]; readonly last: Extract<UiMessage, { readonly type: Type }> }> {
    const all: UiMessage[] = [];
    for await (const message of this.events(after)) {
      all.push(message);
      if (message.type === type) return { all, last: message as Extract<UiMessage, { readonly type: Type }> };
    }
    throw new Error(`no ${type}: ${all.map(one => one.type).join(', ')}`);
  }
}
