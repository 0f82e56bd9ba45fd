import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from '../errors.js';
import { gitEnvironment } from '../git-environment.js';

/** Of `git status` in a large project. */
const MOST_OUTPUT = 64 * 1024 * 1024;

/**
 * What git prints, without the end of its last line.
 *
 * @returns null where it refuses
 * @throws UsageError where there is no git
 */
export async function git(folder: string, subject: string, ...args: string[]): Promise<string | null> {
  try {
    const options = { cwd: folder, env: gitEnvironment(), maxBuffer: MOST_OUTPUT, windowsHide: true };
    return (await promisify(execFile)('git', args, options)).stdout.trimEnd();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return null;
    throw new UsageError(subject, 'git', 'no such program', 'Install it, or put it on the PATH.');
  }
}
