import { UsageError } from '../errors.js';

const LOOPBACK_V4 = /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const REMEDY = "This program measures executors, not other people's servers: start yours on this machine.";

/** WHATWG's parser has brought addresses such as `127.1` into their usual form. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || LOOPBACK_V4.test(hostname);
}

/**
 * @param text as the user gave it, such as `http://localhost:3000/api`
 * @throws UsageError for all that is not an http: URL on loopback
 */
export function parseLoopbackUrl(subject: string, text: string): URL {
  const expected = 'an http: URL on localhost, 127.x.x.x or [::1]';
  if (!URL.canParse(text)) throw new UsageError(subject, expected, text, REMEDY);
  const url = new URL(text);
  if (url.protocol !== 'http:' || !isLoopback(url.hostname)) {
    throw new UsageError(subject, expected, text, REMEDY);
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    const remedy = 'Put the query into --param path=… and credentials into --param headers=….';
    throw new UsageError(subject, 'a URL without query, fragment or user', text, remedy);
  }
  return url;
}
