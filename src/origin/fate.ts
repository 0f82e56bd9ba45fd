import { hashUnit } from '../random.js';
import type { OriginSettings } from '../schema/index.js';
import { createLatency } from './latency.js';

/** What becomes of a request. */
export type Fate =
  | 'answer'
  /** 500. */
  | 'error'
  /** 200, with JSON that does not parse. */
  | 'broken'
  /** The connection is reset. */
  | 'reset'
  /** Never answered. */
  | 'stall'
  /** 503: the User-Agent does not look like a browser's. */
  | 'not-a-browser'
  /** 503: past the limit of simultaneous requests. */
  | 'too-many';

export interface Decision {
  readonly fate: Fate;
  /** From the request's arrival to its answer or reset. */
  readonly delayMs: number;
}

/** What is looked at in a request; an `IncomingMessage` is one. */
export interface IncomingRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}

/** As every browser's User-Agent has begun since 1994. */
const BROWSER = /^Mozilla\/\d/;

/** Linear over the raw list: `req.headers` would build an object of all of them. */
function header(request: IncomingRequest, lowerCaseName: string): string | undefined {
  const raw = request.rawHeaders;
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!;
    if (name.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) return raw[i + 1];
  }
  return undefined;
}

/** Header `x-request-id`, or else method and URL: what every random choice about a request hangs on. */
export function requestIdOf(request: IncomingRequest): string {
  return header(request, 'x-request-id') ?? `${request.method} ${request.url}`;
}

/**
 * A function that says what becomes of each request: of its id, its User-Agent and how many are being served, and of
 * nothing else.
 *
 * Past the limit, 'slow' makes a request wait `concurrency ÷ limit` times its latency, as in a server whose capacity
 * is shared by all; '503' turns it away at once. Who is past the limit depends on who else is there: the one thing
 * here that is not a hash.
 */
export function createFateDecider(
  settings: OriginSettings,
  seed: number,
): (request: IncomingRequest, concurrency: number) => Decision {
  const { latency, resetRate, stallRate, errorRate, brokenRate, limit, overLimit } = settings;
  const latencyOf = createLatency(latency, seed);
  const usesId = latency.kind !== 'fixed' || resetRate + stallRate + errorRate + brokenRate > 0;

  const happens = (fate: Fate, rate: number, id: string) => rate > 0 && hashUnit(seed, fate, id) < rate;
  const isTurnedAway = (request: IncomingRequest) =>
    settings.browsersOnly &&
    (settings.browsersOnlyPath === '' || request.url === settings.browsersOnlyPath) &&
    !BROWSER.test(header(request, 'user-agent') ?? '');

  const draw = (request: IncomingRequest, id: string): Fate => {
    if (happens('reset', resetRate, id)) return 'reset';
    if (happens('stall', stallRate, id)) return 'stall';
    if (happens('error', errorRate, id)) return 'error';
    if (isTurnedAway(request)) return 'not-a-browser';
    return happens('broken', brokenRate, id) ? 'broken' : 'answer';
  };

  return (request, concurrency) => {
    const over = limit > 0 && concurrency > limit;
    if (over && overLimit === '503') return { fate: 'too-many', delayMs: 0 };
    const id = usesId ? requestIdOf(request) : '';
    const delayMs = latencyOf(id) * (over ? concurrency / limit : 1);
    return { fate: draw(request, id), delayMs };
  };
}
