import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { describe } from '../../suggest.js';
import { HttpError } from './http-error.js';

const TOKEN_BYTES = 32;

/** 256 bits, as text that stands in a URL. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Who may ask. */
export interface Gate {
  readonly token: string;
  /** What `Host` may be: a name that is made to resolve to this machine is another one. */
  readonly hosts: readonly string[];
}

interface Asked {
  readonly method: string;
  /** Whether it is the page itself, which holds nothing that anybody must not see. */
  readonly isPage: boolean;
  readonly headers: IncomingHttpHeaders;
}

const PAGES_OF_OTHERS = 'Open the URL that the command printed, and nothing else.';

/** @throws HttpError for a request of somebody else's, or of a page of somebody else's */
export function requireAccess({ method, isPage, headers }: Asked, { token, hosts }: Gate): void {
  const { host = '', origin, authorization = '', 'sec-fetch-site': site } = headers;
  if (!hosts.includes(host))
    throw new HttpError(
      403,
      `Host: expected ${hosts.join(' or ')}, got ${describe(host)}. ${PAGES_OF_OTHERS}`,
    );
  if (isPage) return;
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new HttpError(
      403,
      `Sec-Fetch-Site: expected same-origin, got ${describe(site)}. ${PAGES_OF_OTHERS}`,
    );
  const expected = `http://${host}`;
  if (origin === undefined ? method === 'POST' : origin !== expected)
    throw new HttpError(403, `Origin: expected ${expected}, got ${describe(origin)}. ${PAGES_OF_OTHERS}`);
  const given = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '';
  if (!isSame(given, token))
    throw new HttpError(
      401,
      `Authorization: expected the token of this server as Bearer, got ${given === '' ? 'none' : 'another'}. ${PAGES_OF_OTHERS}`,
      { 'WWW-Authenticate': 'Bearer' },
    );
}

/** In a time that does not tell how much of it is right, nor how long it is. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
