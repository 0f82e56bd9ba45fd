import { UsageError } from '../errors.js';
import { numberOrText } from '../settings/text.js';
import { describe } from '../suggest.js';

const MAX_PORT = 65_535;

/** @throws UsageError for anything but a port, or 0: any free one */
export function readPort(text: string): number {
  const port = numberOrText(text);
  if (typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port;
  const expected = `a whole number from 0 to ${MAX_PORT}`;
  throw new UsageError('--port', expected, describe(port), 'Write --port 0 for a free one.');
}
