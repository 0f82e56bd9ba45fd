/** What the operating system means by a code, and what to do about it. */
const REFUSALS: Readonly<Record<string, readonly [meaning: string, remedy: string]>> = {
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

/** Whether the operating system refuses things by this code that a user can do something about. */
export function isRefusal(code: string): boolean {
  return Object.hasOwn(REFUSALS, code);
}

/** `ENOSPC, no space left on the device`. @param code one of them */
export function refusalText(code: string): string {
  return `${code}, ${REFUSALS[code]![0]}`;
}

/** What to do about it, a sentence. @param code one of them */
export function refusalRemedy(code: string): string {
  return REFUSALS[code]![1];
}
