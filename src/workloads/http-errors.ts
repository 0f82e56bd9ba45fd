import { TaskError } from '../errors.js';

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

/** What undici throws, as a failure that is counted by kind; `fetch` hides the reason in `cause`. */
export function toTaskError(error: unknown): TaskError {
  if (error instanceof TaskError) return error;
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  const { code, message } = (deepest ?? {}) as { code?: unknown; message?: unknown };
  const kind = typeof code === 'string' ? kindByCode[code] : undefined;
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? deepest);
  return new TaskError(kind ?? 'error', text);
}

/** @throws TaskError `bad-json` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TaskError('bad-json', (error as Error).message);
  }
}
