import type { Fate } from './fate.js';
import { JSON_TYPE, resourceAt } from './resources.js';

/** A whole response, ready to be sent: one write for head and body. */
export interface Reply {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: string;
}

function reply(status: number, contentType: string, body: string): Reply {
  const headers = ['Content-Type', contentType, 'Content-Length', String(body.length)];
  return { status, headers, body };
}

const fixedReplies: Readonly<Partial<Record<Fate, Reply>>> = {
  error: reply(500, JSON_TYPE, '{"error":"internal error"}'),
  broken: reply(200, JSON_TYPE, '{"id":1,"title":"cut o'),
  'not-a-browser': reply(503, JSON_TYPE, '{"error":"for browsers only"}'),
  'too-many': reply(503, JSON_TYPE, '{"error":"too many requests at once"}'),
};

/** Past this many characters the cache starts anew. */
const CACHE_CHARS = 32_000_000;
const ENTRY_CHARS = 500;

/** Replies by URL: to make an item costs more than to look it up, and most are asked for in every trial. */
export class Replies {
  readonly #payloadBytes: number;
  readonly #cache = new Map<string, { readonly got: Reply; readonly posted: Reply }>();
  #chars = 0;

  constructor(payloadBytes: number) {
    this.#payloadBytes = payloadBytes;
  }

  /** A POST is answered 201 with the item that a GET is answered with; what it sent is not kept. */
  of(fate: Fate, method: string | undefined, url: string): Reply {
    const fixed = fixedReplies[fate];
    if (fixed !== undefined) return fixed;
    const { got, posted } = this.#cache.get(url) ?? this.#make(url);
    return method === 'POST' ? posted : got;
  }

  #make(url: string): { got: Reply; posted: Reply } {
    const resource = resourceAt(url, this.#payloadBytes);
    const got = reply(resource.status, resource.contentType, resource.body);
    const made = { got, posted: got.status === 200 ? { ...got, status: 201 } : got };
    this.#chars += resource.body.length + url.length + ENTRY_CHARS;
    if (this.#chars > CACHE_CHARS) {
      this.#cache.clear();
      this.#chars = 0;
    }
    this.#cache.set(url, made);
    return made;
  }
}
