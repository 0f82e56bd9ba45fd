import type { Clock } from '../clock.js';
import type { Launcher } from '../hosts/launcher.js';
import type { ResolveHost } from '../measure/remote-access.js';
import type { Catalogue } from '../plan/catalogue.js';
import type { Ask } from './ask.js';
import type { Env, Output } from './terminal.js';

/** Everything the CLI has of the outside, so that a test can be the outside. */
export interface CliDeps {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Env;
  /** What relative paths start from. */
  readonly cwd: string;
  readonly clock: Clock;
  /** Where SIGINT and SIGTERM come from. */
  readonly signals: SignalSource;
  /** Ends the process at once, for whoever asks twice. */
  readonly exit: (code: number) => void;
  /** `process.argv[1]`; default: the program by its name. */
  readonly script?: string;
  /** Without node and the script. */
  readonly argv?: readonly string[];
  readonly launcher?: Launcher;
  readonly catalogue?: Catalogue;
  /** On a terminal; absent: nobody can answer. */
  readonly ask?: Ask | undefined;
  /** Addresses of a host's name. */
  readonly resolveHost?: ResolveHost;
}

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}
