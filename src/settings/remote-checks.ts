import { hideInUrl } from '../secrets.js';
import { accepting } from './setting.js';
import { parseNumber } from './text.js';

/** No port, no path, no wildcard. */
const HOST = /^[^\s/?#@\\:*%]+$/;

/** Hosts as a URL has them: in lower case, names in their ASCII form, IPv6 in brackets. */
export const hostNames = accepting(
  { type: 'array', items: { type: 'string' }, minItems: 1 },
  (value, fail): readonly string[] => {
    if (!Array.isArray(value) || value.length === 0) return fail('a list of host names', value);
    return value.map(one => hostName(one) ?? fail('a host name without port and wildcard', one));
  },
);

function hostName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const [, bare] = /^\[?([\da-f:.]*:[\da-f:.]*)\]?$/i.exec(value) ?? [];
  if (bare === undefined && !HOST.test(value)) return null;
  const url = `http://${bare === undefined ? value : `[${bare}]`}/`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}

const MOST = 1e9;

/** A number above 0, or null for `none`. */
function limit(expected: string, unit: RegExp, isAllowed: (value: number) => boolean) {
  return accepting({ type: ['number', 'string'] }, (value, fail): number | null => {
    if (value === 'none') return null;
    const number = typeof value === 'string' ? parseNumber(value.replace(unit, '').trim()) : value;
    if (typeof number !== 'number' || !(number > 0 && number <= MOST) || !isAllowed(number))
      return fail(expected, value);
    return number;
  });
}

/** `100/s`, `100`, `none`. */
export const rateLimit = limit('requests a second such as 100/s, or none', /\/\s*s$/, value => value >= 0.1);
/** `10000`, `none`. */
export const totalLimit = limit('a whole number of requests, or none', /$/, Number.isInteger);

const BROKER =
  'a URL such as redis://HOST:6379, rediss://USER:PASSWORD@HOST:6380/0 or postgres://USER:PASSWORD@HOST/DATABASE';
const SCHEMES = '^(rediss?|postgres(ql)?)://';

/** `redis://…`, `rediss://…`, `postgres://…`; a password in it is in no message. */
export const brokerUrl = accepting({ type: 'string', pattern: SCHEMES }, (value, fail): string => {
  if (typeof value !== 'string') return fail(BROKER, value);
  const url = URL.canParse(value) ? new URL(value) : null;
  return url !== null && isBroker(url) ? value : fail(BROKER, hideInUrl(value));
});

/** What other forms would mean is not the same to all clients. */
function isBroker({ protocol, hostname, pathname, search, hash }: URL): boolean {
  if (hostname === '' || hash !== '') return false;
  switch (protocol) {
    case 'redis:':
    case 'rediss:':
      return search === '' && /^(\/\d{0,5})?$/.test(pathname);
    case 'postgres:':
    case 'postgresql:':
      return /^(\?sslmode=(disable|require|verify-full))?$/.test(search) && /^(\/[^/]*)?$/.test(pathname);
    default:
      return false;
  }
}
