import { CommanderError } from 'commander';
import { SystemFault, UsageError, WorkerLost } from '../errors.js';
import { errorText } from '../report/words/losses.js';
import { systemFaultOf } from '../system-fault.js';
import type { CliDeps } from './deps.js';
import { NAME } from './examples.js';

/** Prints what went wrong. A stack is for those who look for it: only with DEBUG. @returns the exit code */
export function explain(error: unknown, { stderr, env }: CliDeps): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof UsageError || error instanceof WorkerLost || error instanceof SystemFault;
  const fault = known ? null : systemFaultOf(error);
  stderr.write(`error: ${errorText(fault ?? error)}\n`);
  if (!known && fault === null)
    stderr.write(`This is a bug in ${NAME}. With DEBUG=1 it shows where: please report that.\n`);
  if (env.DEBUG && error instanceof Error && error.stack !== undefined) stderr.write(`${error.stack}\n`);
  return error instanceof UsageError ? 2 : 1;
}
