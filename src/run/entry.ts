import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entry.js';

/** Path of the compiled entry point `workers/NAME`. */
export function entryPath(name: string): string {
  return fileURLToPath(entryUrl(name));
}

/**
 * Starts `workers/NAME` in a process group of its own, so that Ctrl-C reaches the CLI alone, which ends its children in
 * order. Its standard error is piped: the reason of a crash is there.
 *
 * NODE_OPTIONS is passed on; NODE_EXTRA_CA_CERTS is not, since it doubles the start-up of Node 20.
 */
export function forkEntry(name: string): ChildProcess {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  return fork(entryPath(name), [], {
    execArgv: [],
    env,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
}

const KEPT_CHARS = 4000;

/**
 * Resolves when the process has ended, with why: `origin killed by SIGKILL`, `origin exited with code 1: Error: …`.
 *
 * Listens to `error` too, which would otherwise end the CLI when a message is sent to a process that is gone.
 */
export function whyExited(child: ChildProcess, name: string): Promise<string> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT_CHARS);
  });
  return new Promise(resolve => {
    child.on('error', error => {
      if (child.pid === undefined) resolve(`${name} could not be started: ${error.message}`);
    });
    // 'close' comes after 'exit', when standard error has been read.
    child.once('close', (code, signal) => {
      const how = signal === null ? `exited with code ${code}` : `killed by ${signal}`;
      const said = firstErrorLine(stderr);
      resolve(said === '' ? `${name} ${how}` : `${name} ${how}: ${said}`);
    });
  });
}

/** Node prints where it happened, the line, a caret, and only then the error. */
function firstErrorLine(stderr: string): string {
  const lines = stderr.split('\n').map(line => line.trim());
  return lines.find(line => /^(\w*Error\b|FATAL ERROR)/.test(line)) ?? lines.find(line => line !== '') ?? '';
}
