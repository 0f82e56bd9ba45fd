import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFileOf } from '../compiled-source.js';
import type { Plan, Tune } from '../schema/index.js';
import { readItems, readTaskFunctionUrl } from '../workloads/task-function.js';

/** The function that is the task, for code that is pasted beside its module; null: a workload that is no plain function. */
export async function moduleOf({ scenarios }: Plan): Promise<Tune['module']> {
  const { fileUrl, exportName, argsUrl } = readTaskFunctionUrl(scenarios[0]!.workload.moduleUrl);
  if (!fileUrl.startsWith('file:')) return null;
  const exports = (await import(fileUrl)) as Readonly<Record<string, unknown>>;
  const name = exportName ?? 'task';
  // With arguments, or by its name, a function is called with them alone.
  const hasContext = exportName === null && argsUrl === null && isWithContext(exports);
  if (typeof exports[name] !== 'function' || hasContext) return null;
  const source = basename(sourceFileOf(fileURLToPath(fileUrl)));
  return {
    file: `./${source.replace(/\.([cm]?)tsx?$/, '.$1js')}`,
    exportName: name,
    ...(argsUrl === null ? {} : { items: kindOf(await readItems(argsUrl)) }),
    isCompiled: /\.[cm]?tsx?$/.test(source),
  };
}

/** Its task is given what was opened or set up. */
function isWithContext({ open, setup, default: whole }: Readonly<Record<string, unknown>>): boolean {
  return typeof open === 'function' || typeof setup === 'function' || whole !== undefined;
}

function kindOf(items: readonly unknown[]): NonNullable<Tune['module']>['items'] {
  const lists = items.filter(Array.isArray).length;
  if (lists === 0) return 'argument';
  return lists === items.length ? 'list' : 'either';
}
