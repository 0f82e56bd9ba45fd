import { once } from 'node:events';
import { resolve } from 'node:path';
import { executorChecks } from '../contract/index.js';
import { executorNames, findExecutor } from '../executors/registry.js';
import { looksLikePath } from '../plan/user-module.js';
import { errorText } from '../report/words/losses.js';
import { unknownName } from '../suggest.js';
import type { CliDeps } from './deps.js';
import { listenForInterrupt } from './interrupt.js';

/** @returns the exit code: 1 where a check failed, 130 or 143 interrupted */
export async function contract(executor: string, deps: CliDeps): Promise<number> {
  const { stdout, stderr, cwd } = deps;
  using interrupt = listenForInterrupt(deps, () => stderr.write('Interrupted.\n'));
  const { signal } = interrupt;
  const checks = await executorChecks(await subjectOf(executor, cwd));
  const interrupted: Promise<unknown> = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  let passed = 0;
  for (const { name, run } of checks) {
    // What it has started ends with this process.
    const fault = await Promise.race([run().then(() => null, errorText), interrupted.then(() => null)]);
    if (signal.aborted) break;
    if (fault === null) passed++;
    stdout.write(
      fault === null ? `ok     ${name}\n` : `FAILED ${name}\n       ${fault.split('\n').join('\n       ')}\n`,
    );
  }
  stdout.write(`${passed} of ${checks.length} checks passed\n`);
  if (signal.aborted) return interrupt.exitCode;
  return passed === checks.length ? 0 : 1;
}

async function subjectOf(executor: string, cwd: string) {
  if (looksLikePath(executor)) return executor.startsWith('file:') ? executor : resolve(cwd, executor);
  const found = findExecutor(executor);
  if (found !== undefined) return found.load();
  throw unknownName('executor', executor, executorNames, 'An executor of your own is given by its path.');
}
