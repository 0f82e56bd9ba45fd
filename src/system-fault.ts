import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { messageOf, SystemFault } from './errors.js';
import { isRefusal, refusalRemedy, refusalText } from './refusals.js';

/** What the operating system refused and why: `ENOSPC, no space left on the device`; null for any other error. */
export function refusalOf(error: unknown): string | null {
  const code = refusalCode(error);
  return code === null ? null : refusalText(code);
}

/** What to do about it, a sentence; empty for any other error. */
export function remedyOf(error: unknown): string {
  const code = refusalCode(error);
  return code === null ? '' : refusalRemedy(code);
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
export function refusalCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (isUnreadModule(error) || isUnnamed(error)) return 'EMFILE';
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall !== undefined && code !== undefined && isRefusal(code) ? code : null;
}
