import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export interface TimedOutput {
  readonly stdout: string;
  /** User and system time of the process with all its threads, to the ms; null without bash. */
  readonly cpuMs: number | null;
}

const execute = promisify(execFile);

/** `$@` stays one word each; the shell ends as the program does. */
const UNDER_TIME = 'TIMEFORMAT="cpu-seconds %3U %3S"; time "$@"';

/**
 * Runs a program of somebody else to its end, and tells the CPU time that it took.
 *
 * By bash's `time`: what the kernel counted when the process was waited for. Node does not tell that of its children,
 * and `/proc/PID/stat` counts in ticks of 10 ms, which a poll must catch before the end.
 *
 * @throws Error when it cannot be started or ends with another code than 0
 */
export async function runTimed(file: string, args: readonly string[]): Promise<TimedOutput> {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  // Some languages write a decimal comma.
  const env = { ...inherited, LC_ALL: 'C' };
  if (!isInstalled('bash')) return { stdout: (await execute(file, [...args], { env })).stdout, cpuMs: null };
  const { stdout, stderr } = await execute('bash', ['-c', UNDER_TIME, 'bash', file, ...args], { env });
  return { stdout, cpuMs: readCpuMs(stderr) };
}

/** @param stderr of a program and, after it, of bash's `time` */
export function readCpuMs(stderr: string): number | null {
  const times = /(?:^|\n)cpu-seconds (\d+\.\d+) (\d+\.\d+)\n$/.exec(stderr);
  return times === null ? null : Math.round((Number(times[1]) + Number(times[2])) * 1000);
}

/** Whether a program is on the PATH. */
export function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some(folder => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
