import { TaskError } from '../errors.js';
import { RESOLVED_ELSEWHERE } from './network.js';

const kindByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  [RESOLVED_ELSEWHERE]: 'resolved-elsewhere',
};

/** Codes of OpenSSL and Node for a certificate that is not trusted, not of this name, or not of today. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH/;
const UNKNOWN_AUTHORITY = /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/;

/** None is followed: what another server answers is another measurement. */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** @throws TaskError `redirect` */
export function refuseRedirect(status: number, location: unknown): void {
  if (!REDIRECTS.includes(status)) return;
  const where = typeof location === 'string' ? ` to ${location}` : '';
  throw new TaskError('redirect', `${status}${where}: redirects are not followed`);
}

/** What undici throws, as a failure that is counted by kind; `fetch` hides the reason in `cause`. */
export function toTaskError(error: unknown): TaskError {
  if (error instanceof TaskError) return error;
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  const { code, message } = (deepest ?? {}) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? deepest);
  if (typeof code !== 'string') return new TaskError('error', text);
  if (CERTIFICATE.test(code)) return new TaskError('certificate', `${text}${certificateRemedy(code)}`);
  return new TaskError(kindByCode[code] ?? 'error', text);
}

function certificateRemedy(code: string): string {
  return UNKNOWN_AUTHORITY.test(code) ? ' (trust its certificate or its authority by --ca FILE.pem)' : '';
}

/** @throws TaskError `bad-json` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskError('bad-json', (error as Error).message);
  }
}
