import { harmless } from '../report/text.js';
import type { Plan } from '../schema/index.js';
import { loadedTask, readTaskFunctionUrl } from '../workloads/task-function.js';
import type { Output } from './terminal.js';

/**
 * Says of a function that takes an argument, and was given none, what it is called with: one that does not throw on a number
 * does other work than it was written for, and is measured all the same.
 */
export async function tellOfIndex({ scenarios }: Plan, stderr: Output): Promise<void> {
  const urls = new Set(scenarios.map(({ workload }) => workload.moduleUrl));
  for (const url of urls) {
    const { exportName, argsUrl } = readTaskFunctionUrl(url);
    if (exportName === null || argsUrl !== null) continue;
    const task = await loadedTask(url);
    if (typeof task === 'function' && task.length > 0)
      stderr.write(
        `${harmless(exportName)} is called with the index of each task (0, 1, 2, …); --args FILE gives it arguments.\n`,
      );
  }
}
