import type { Broker, BrokerAddress, Loss } from '../schema/index.js';

/** What runs beside the measured code for the whole run, and is ended with it. */
export interface Companion {
  /** Resolves with why, when it ends before it is asked to; never rejects. */
  readonly lost: Promise<Loss>;
  /** Ends it within a time limit, once however often it is asked. Resolves with what went wrong, or null. */
  end(): Promise<string | null>;
}

/** What the tasks of executors go through. */
export interface RunningBroker extends Companion {
  readonly address: BrokerAddress;
  readonly facts: Broker;
}

/** A workload's `setup` that has returned. */
export interface RunningSetup extends Companion {
  readonly data: unknown;
}

/** A command of the user's that listens. */
export interface ServedCommand extends Companion {
  /** Without a trailing slash. */
  readonly url: string;
}
