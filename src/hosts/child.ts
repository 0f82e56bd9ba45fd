import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { entryUrl } from '../entry.js';
import { messageOf, WorkerLost } from '../errors.js';
import { killGroup } from '../kill-group.js';
import { processEndText } from '../process-end.js';
import type { ProcessEnd, ProcessLoss, ProcessName } from '../schema/index.js';
import { refusalCode } from '../system-fault.js';
import { Orphans } from './orphans.js';

/** Enough for the reason of a crash; the rest of a noisy child's stderr is dropped. */
const STDERR_KEPT = 8_192;

/** A child process of ours, and why it ended. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves with how, never rejects. */
  readonly exited: Promise<ProcessLoss>;
  /** Null while it lives. */
  loss(): ProcessLoss | null;
  /** To be called just before it is asked to end: what it leaves behind is counted. */
  ending(): void;
  /** Ends it and whatever it started; resolves when it is gone. */
  kill(): Promise<void>;
}

export interface ForkOptions {
  /** Counts what it leaves behind. */
  readonly orphans?: Orphans;
  /** Absolute path of its Node; null: that of this process. */
  readonly execPath?: string | null;
}

/**
 * Forks `workers/NAME` in a process group of its own: Ctrl-C reaches the CLI alone, which ends its children in order,
 * and one signal to the group ends a child with all that it started.
 *
 * @param more environment variables besides those of this process
 * @throws WorkerLost when the system refuses it at once; most refusals end the child instead
 */
export function forkEntry(
  name: ProcessName,
  more: Readonly<Record<string, string>> = {},
  { orphans = new Orphans(), execPath = null }: ForkOptions = {},
): Child {
  const child = start(name, more, execPath);
  let stderr = '';
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  let loss: ProcessLoss | null = null;
  const ending = () => orphans.ending(child.pid);
  child.on('exit', () => orphans.ended(child.pid));
  const exited = new Promise<ProcessLoss>(resolve => {
    const end = (how: ProcessLoss) => {
      loss ??= how;
      resolve(loss);
    };
    // `close` comes after `exit` and the end of stderr, where the reason of an out-of-memory is.
    child.on('close', (code, signal) =>
      end({ code: 'process-ended', process: name, ...processEnd(code, signal, stderr) }),
    );
    // A failed spawn, or a send to a child that is gone: without a listener it would end the CLI.
    child.on('error', error => {
      if (child.pid === undefined) end(notStarted(name, error));
    });
  });
  return {
    process: child,
    exited,
    loss: () => loss,
    ending,
    async kill() {
      ending();
      killGroup(child.pid);
      await exited;
    },
  };
}

function start(
  name: ProcessName,
  more: Readonly<Record<string, string>>,
  execPath: string | null,
): ChildProcess {
  try {
    return fork(fileURLToPath(entryUrl(name)), [], {
      detached: true,
      env: { ...inheritedEnv(), ...more },
      execArgv: [],
      ...(execPath !== null && { execPath }),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      windowsHide: true,
    } as Parameters<typeof fork>[2]);
  } catch (error) {
    throw new WorkerLost(notStarted(name, error));
  }
}

function notStarted(process: ProcessName, error: unknown): ProcessLoss {
  return {
    code: 'process-not-started',
    process,
    errorCode: refusalCode(error),
    message: messageOf(error),
  };
}

/** Of this process, without NODE_EXTRA_CA_CERTS: that doubles the start-up on Node 20. */
export function inheritedEnv(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  return inherited;
}

/** @param stderr what it said last; Node prints where it happened, the line and a caret before the error itself */
export function processEnd(
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  stderr: string,
): ProcessEnd {
  const outOfMemory = /heap out of memory|Allocation failed/.test(stderr);
  const message = /^\s*(?:\w*Error\b|FATAL ERROR).*$/m.exec(stderr)?.[0].trim() ?? null;
  return { exitCode, signal, outOfMemory, message };
}

/** `exited with code 1`, `killed by SIGKILL`. */
export function exitReason(exitCode: number | null, signal: NodeJS.Signals | null): string {
  return processEndText(processEnd(exitCode, signal, ''));
}
