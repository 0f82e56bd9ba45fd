import { z } from 'zod';
import type { Immutable } from './parts.js';

/** Where workers and the controller find a broker, for them alone: its URL may hold a password. */
export interface BrokerAddress {
  /** `redis://…`, `rediss://…`, or `unix:/path` of one that the run has started for itself. */
  readonly url: string;
  /** File of certificates in PEM that `rediss:` trusts in place of the usual ones; null: those. */
  readonly caFile: string | null;
}

export const brokerSchema = z
  .object({
    /** What the option `backend` asked for. */
    backend: z.string(),
    engine: z.enum(['redis', 'valkey']),
    version: z.string(),
    /** Null: started for this run, on a private socket; else its URL without the password. */
    url: z.string().nullable(),
    /** As the engine names them, such as `appendonly`; those that it does not tell are left out. */
    settings: z.record(z.string(), z.string()),
    /** Versions of the packages that talk to it. */
    packages: z.record(z.string(), z.string()),
  })
  .describe('what the tasks of an executor with a broker went through');
export type Broker = Immutable<z.infer<typeof brokerSchema>>;
