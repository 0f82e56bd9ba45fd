import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';

/** Where workers and the controller find a broker, for them alone: its URL may hold a password. */
export interface BrokerAddress {
  /** `redis://…`, `rediss://…`, `postgres://…`, or `unix:/path`, `postgres-unix:/folder` of one that the run has started for itself. */
  readonly url: string;
  /** File of certificates in PEM that TLS trusts in place of the usual ones; null: those. */
  readonly caFile: string | null;
  /** Whose processes take the jobs; absent: those of this machine. */
  readonly stations?: readonly RemoteStation[];
}

/** A `worker` command that was taken for a run. */
export interface RemoteStation {
  readonly id: string;
  readonly host: string;
  /** Processes that it starts at most. */
  readonly threads: number;
}

export const brokerSchema = z
  .object({
    /** What the option `backend` asked for. */
    backend: z.string(),
    engine: z.enum(['redis', 'valkey', 'postgres']),
    version: z.string(),
    /** Null: started for this run, on a private socket; else its URL without the password. */
    url: z.string().nullable(),
    /** What option `rtt` adds to each round trip of a private one, ms; absent: nothing. */
    rttMs: z.number().optional(),
    /** There and back, ms, with what was added: the least of some questions before anything was measured. */
    roundTripMs: z.number().optional(),
    /** As the engine names them, such as `appendonly`; those that it does not tell are left out. */
    settings: z.record(z.string(), z.string()),
    /** Versions of the packages that talk to it. */
    packages: z.record(z.string(), z.string()),
    workers: z
      .array(
        z.object({
          host: z.string(),
          cores: wholeNumber,
          node: z.string(),
          threads: wholeNumber,
          concurrency: wholeNumber,
          /** How far its clock is ahead of the controller's when the run began; null: not known. */
          clockOffsetMs: numberOrNull,
          /** At most so far off. */
          clockErrorMs: numberOrNull,
        }),
      )
      .optional()
      .describe('on other machines; absent: the tasks ran on this one'),
  })
  .describe('what the tasks of an executor with a broker went through');
export type Broker = Immutable<z.infer<typeof brokerSchema>>;
export type RemoteWorkerFacts = NonNullable<Broker['workers']>[number];
