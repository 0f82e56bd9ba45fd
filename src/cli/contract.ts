import { resolve } from 'node:path';
import { executorChecks } from '../contract/index.js';
import { messageOf } from '../errors.js';
import { executorNames, findExecutor } from '../executors/registry.js';
import { looksLikePath } from '../plan/user-module.js';
import { unknownName } from '../suggest.js';
import type { CliDeps } from './deps.js';

/** @returns the exit code: 1 where a check failed */
export async function contract(executor: string, { stdout, cwd }: CliDeps): Promise<number> {
  const checks = await executorChecks(await subjectOf(executor, cwd));
  let passed = 0;
  for (const { name, run } of checks) {
    const fault = await run().then(() => null, messageOf);
    if (fault === null) passed++;
    stdout.write(
      fault === null ? `ok     ${name}\n` : `FAILED ${name}\n       ${fault.split('\n').join('\n       ')}\n`,
    );
  }
  stdout.write(`${passed} of ${checks.length} checks passed\n`);
  return passed === checks.length ? 0 : 1;
}

async function subjectOf(executor: string, cwd: string) {
  if (looksLikePath(executor)) return executor.startsWith('file:') ? executor : resolve(cwd, executor);
  const found = findExecutor(executor);
  if (found !== undefined) return found.load();
  throw unknownName('executor', executor, executorNames, 'An executor of your own is given by its path.');
}
