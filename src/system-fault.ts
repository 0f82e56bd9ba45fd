import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { messageOf, SystemFault } from './errors.js';

/** What the operating system means by a code, and what to do about it. */
const MEANINGS: Readonly<Record<string, readonly [meaning: string, remedy: string]>> = {
  ENOSPC: ['no space left on the device', 'Free some, or choose another disk.'],
  EDQUOT: ['the disk quota is used up', 'Free some of it, or choose another disk.'],
  EFBIG: ['the file would be larger than is allowed', 'Raise the limit (ulimit -f).'],
  ENOENT: ['the file or its folder is not there', 'Make the folder again.'],
  ENOTDIR: ['a part of the path is a file and no folder', 'Move that file away, or choose another folder.'],
  EISDIR: ['it is a folder, not a file', 'Choose another name.'],
  EACCES: ['access is not allowed', 'Change its permissions, or choose another folder.'],
  EPERM: ['access is not allowed', 'Change its permissions, or choose another folder.'],
  EROFS: ['the file system is read-only', 'Choose another folder.'],
  EIO: ['the device failed', 'Choose another disk.'],
  EMFILE: [
    'this process has too many open files',
    'Raise the limit (ulimit -n), or ask for fewer executors.',
  ],
  ENFILE: [
    'this machine has too many open files',
    'Close other programs, or raise the limit (sysctl fs.file-max).',
  ],
  EAGAIN: [
    'no more processes or threads may be started',
    'Raise the limit (ulimit -u, or that of the container), or ask for fewer threads.',
  ],
  ENOMEM: ['there is no memory left', 'Close other programs, or ask for fewer threads.'],
};

/** What the operating system refused and why: `ENOSPC, no space left on the device`; null for any other error. */
export function refusalOf(error: unknown): string | null {
  const code = codeOf(error);
  return code === null ? null : `${code}, ${MEANINGS[code]![0]}`;
}

/** What to do about it, a sentence; empty for any other error. */
export function remedyOf(error: unknown): string {
  const code = codeOf(error);
  return code === null ? '' : MEANINGS[code]![1];
}

/** The same error as one that says so; null when it is none of the operating system's. */
export function systemFaultOf(error: unknown): SystemFault | null {
  const refusal = refusalOf(error);
  if (refusal === null) return null;
  return new SystemFault(`${refusal} (${messageOf(error)}). ${remedyOf(error)}`, { cause: error });
}

/** Node calls a package that is there not found when it has no handle left to read it with. */
function isUnreadModule(error: Error): boolean {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') return false;
  const path = /'([^']+)' imported from/.exec(error.message)?.[1];
  return path !== undefined && isAbsolute(path) && existsSync(dirname(path));
}

/** From Node 24 on `rmSync` gives the words of an error of its own in place of the code. */
function isUnnamed(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === '' && error.message.includes('Too many open files');
}

/** Errors of system calls have the call's name: a code alone may be anybody's. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (isUnreadModule(error) || isUnnamed(error)) return 'EMFILE';
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && code !== undefined && Object.hasOwn(MEANINGS, code) ? code : null;
}
