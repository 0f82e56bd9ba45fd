import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/schema/index.js';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
export const PROBE = fileURLToPath(new URL('../fixtures/probe.mjs', import.meta.url));
export const UV_POOL = fileURLToPath(new URL('../fixtures/uv-pool.mjs', import.meta.url));

/** Without it nobody tells what processes there are: such tests are of Linux alone. */
export const HAS_PROC = existsSync('/proc/self/stat');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** results/latest.json; null when there is none. */
  readonly report: Report | null;
}

/** The built program, run as a user would, with a results folder of its own. */
export class Cli implements Disposable {
  readonly process: ChildProcess;
  readonly folder = mkdtempSync(join(tmpdir(), 'tvl-faults-'));
  readonly finished: Promise<Finished>;
  #stderr = '';
  #stdout = '';
  #waiting: { pattern: RegExp; resolve: () => void }[] = [];

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}, command = 'run') {
    // How many forks there are is told where nobody asks about speed: it need not be waited for.
    const warmUp = args.includes('--forks') && !args.includes('--warmup') ? ['--warmup', '250ms'] : [];
    this.process = spawn(process.execPath, [MAIN, command, ...args, ...warmUp, '--out', this.folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
      for (const { pattern, resolve } of this.#waiting) if (pattern.test(this.#stderr)) resolve();
    });
    this.finished = new Promise(resolve => {
      this.process.on('close', code =>
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr, report: readReport(this.folder) }),
      );
    });
  }

  /** Resolves when the progress on standard error matches. */
  said(pattern: RegExp): Promise<void> {
    return new Promise(resolve => {
      if (pattern.test(this.#stderr)) resolve();
      else this.#waiting.push({ pattern, resolve });
    });
  }

  /** Of standard output so far. */
  get stdout(): string {
    return this.#stdout;
  }

  /** Process ids of its children whose entry point is `workers/NAME`. */
  children(name: string): number[] {
    return childrenOf(this.process.pid!).filter(pid => commandOf(pid).includes(`/workers/${name}.js`));
  }

  /** Process ids of its children and of theirs in whose command line this stands. */
  descendants(part: string): number[] {
    const all = (pid: number): number[] => childrenOf(pid).flatMap(child => [child, ...all(child)]);
    return all(this.process.pid!).filter(pid => commandOf(pid).includes(part));
  }

  [Symbol.dispose](): void {
    this.process.kill('SIGKILL');
    rmSync(this.folder, { recursive: true });
  }
}

function readReport(folder: string): Report | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'latest.json'), 'utf8')) as Report;
  } catch {
    return null;
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(candidate => parentOf(candidate) === pid);
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Still there, and not only as a zombie. */
export function isAlive(pid: number): boolean {
  if (HAS_PROC) return commandOf(pid) !== '';
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export function openFilesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Polls; the test's own time-out bounds it. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 20));
}

/** How many batches were recorded of an executor: a trial runs short ones several times. */
export function batchesOf({ trials }: Report['scenarios'][number]['executors'][number]): number {
  return trials.reduce((sum, trial) => sum + (trial.state === 'measured' ? trial.batches : 0), 0);
}
