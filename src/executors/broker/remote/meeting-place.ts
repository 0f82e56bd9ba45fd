import type { BrokerNames } from '../names.js';

/** Where workers on other machines, and runs that ask for them, find each other and talk: in the broker of both. */
export interface MeetingPlace {
  /** Whether what is said now gets there. */
  readonly isOpen: boolean;
  /** A worker is there, and says what it is. It is gone after `ANNOUNCED_MS`, if it does not say so again. */
  announce(id: string, text: string): Promise<unknown>;
  withdraw(id: string): Promise<unknown>;
  isThere(id: string): Promise<boolean>;
  /** Of all that are there, by their ids; written by anybody who can reach the broker. */
  announcements(): Promise<readonly Announced[]>;
  /** A run goes on. It is over after `RUN_ALIVE_MS`, if it does not say so again. */
  sayAlive(run: RunKey): Promise<unknown>;
  sayOver(run: RunKey): Promise<unknown>;
  isAlive(run: RunKey): Promise<boolean>;
  /** Resolves when it listens. */
  listen(channel: string, hear: (text: string) => void): Promise<unknown>;
  say(channel: string, text: string): Promise<unknown>;
  close(): void;
}

export type RunKey = Pick<BrokerNames, 'prefix'>;

export interface Announced {
  readonly id: string;
  readonly text: string;
}

/** Told by one that looks for a lost connection until it has found it. */
export interface ConnectionWatch {
  lost(): void;
  found(): void;
}
