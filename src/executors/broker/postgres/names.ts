import type { BrokerNames } from '../names.js';

/** What a start of the executor has in a database: all in a schema of its own, that goes with it. */
export interface PostgresNames {
  /** BullMQ's tables, and the two below. */
  readonly schema: string;
  /** Channels and advisory locks are those of the whole database: no two starts call their queue alike. */
  readonly queue: string;
  /** A table: what workers have to know of a trial, by its number. */
  readonly trials: string;
  /** A table: results of trials, in messages. */
  readonly results: string;
  /** A channel: there are results. */
  readonly resultsChannel: string;
  /** A channel: numbers of trials of which nothing more is to be started. */
  readonly abortsChannel: string;
}

/** @param names whose run is hexadecimal, so that nothing of it has to be quoted */
export function postgresNames({ run }: Pick<BrokerNames, 'run'>): PostgresNames {
  const schema = `threads_vs_loop_${run}`;
  return {
    schema,
    queue: `tasks-${run}`,
    trials: `${schema}.tvl_trial`,
    results: `${schema}.tvl_result`,
    resultsChannel: `${schema}_results`,
    abortsChannel: `${schema}_aborts`,
  };
}
