import { z } from 'zod';
import { type Immutable, wholeNumber } from './parts.js';

/** How a command shows that it is ready. */
const serveReadySchema = z.discriminatedUnion('kind', [
  /** It prints the URL of a port of this machine, or listens on the one that PORT says, whichever comes first. */
  z.object({ kind: z.literal('listening') }),
  z.object({ kind: z.literal('port'), port: wholeNumber }),
  /** It answers there, with less than 500. */
  z.object({ kind: z.literal('url'), url: z.string() }),
  /** It prints this. */
  z.object({ kind: z.literal('text'), text: z.string() }),
]);
export type ServeReady = Immutable<z.infer<typeof serveReadySchema>>;

export const serveSchema = z
  .object({ command: z.string(), ready: serveReadySchema })
  .describe('what ran beside the whole run, for its tasks to call');
export type Serve = Immutable<z.infer<typeof serveSchema>>;
