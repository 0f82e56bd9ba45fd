import { KnownTaskError, TaskError } from '../errors.js';

const kindByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};

/** Codes of OpenSSL and Node for a certificate that is not trusted, not of this name, or not of today. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH/;

/** None is followed: what another server answers is another measurement. */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** @throws TaskError `redirect` */
export function refuseRedirect(status: number, location: unknown): void {
  if (!REDIRECTS.includes(status)) return;
  const known = typeof location === 'string' ? location : null;
  throw new KnownTaskError({ code: 'redirect', status, location: known });
}

/** What undici throws, as a failure that is counted by kind; `fetch` hides the reason in `cause`. */
export function toTaskError(error: unknown): TaskError {
  let deepest = error;
  while (!(deepest instanceof TaskError) && deepest instanceof Error && deepest.cause instanceof Error)
    deepest = deepest.cause;
  if (deepest instanceof TaskError) return deepest;
  const { code, message } = (deepest ?? {}) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? deepest);
  if (typeof code !== 'string') return new TaskError('error', text);
  if (CERTIFICATE.test(code))
    return new KnownTaskError({ code: 'certificate', errorCode: code, message: text });
  return new TaskError(kindByCode[code] ?? 'error', text);
}

/** @throws TaskError `bad-json` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskError('bad-json', (error as Error).message);
  }
}
