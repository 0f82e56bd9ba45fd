import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../errors.js';
import type { Rendered, Reporter } from '../report/reporter.js';
import type { CliDeps } from './deps.js';

/** To the file that the reporter's variable names, such as the summary of a CI step. Told and no more where that fails: it is a copy. */
export function appendTo(
  { name, appendedTo }: Reporter,
  rendered: Rendered,
  { env, cwd, stderr }: CliDeps,
): void {
  const file = appendedTo === undefined ? undefined : env[appendedTo];
  if (file === undefined || file === '') return;
  try {
    appendFileSync(resolve(cwd, file), rendered);
  } catch (error) {
    stderr.write(`The ${name} report could not be appended to ${appendedTo}: ${messageOf(error)}\n`);
  }
}
