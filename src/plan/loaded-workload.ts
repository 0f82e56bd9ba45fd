import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import type { ScenarioWorkload } from '../schema/index.js';
import { checkSettings } from '../settings/settings.js';
import { propertyWording } from '../settings/wording.js';
import { describe, requireKnown, unknownName } from '../suggest.js';
import { shownModule } from '../workloads/mix.js';
import { moduleIdentity } from '../workloads/module-identity.js';
import { loadWorkloadModule } from '../workloads/registry.js';
import { readTaskFunctionUrl, taskFunctionUrl } from '../workloads/task-function.js';
import type { Workload } from '../workloads/workload.js';
import type { Lookup } from './catalogue.js';
import { requireSpecs } from './params.js';
import { looksLikePath, workloadUrlOf } from './user-module.js';

export interface LoadedWorkload {
  readonly moduleUrl: string;
  readonly workload: Workload;
  /** Of a module of somebody's own: what it is made of, so that two runs can be told apart. */
  readonly made?: Pick<ScenarioWorkload, 'contents' | 'argsContents'>;
}

/**
 * A workload by its name or its path.
 *
 * @param args absolute path of the arguments of a function that is its task; null: none
 * @throws UsageError when there is none, or it cannot be used
 */
export async function loadWorkload(
  given: unknown,
  args: string | null,
  { subject, catalogue, baseDir }: Lookup,
): Promise<LoadedWorkload> {
  const asked = requireText(given, subject);
  const entry = catalogue.findWorkload(asked);
  if (entry !== undefined && args !== null) throw argumentsUnused(subject, asked);
  if (entry !== undefined) return { moduleUrl: entry.moduleUrl, workload: await entry.load() };
  if (!looksLikePath(asked))
    throw unknownName(subject, asked, catalogue.workloadNames, 'A module of your own is given by its path.');
  const moduleUrl = workloadUrlOf(asked, baseDir, args);
  const shown = shownModule(moduleUrl, asked);
  const loaded = await loadWorkloadModule(moduleUrl, shown);
  requireSpecs(shown, 'parameter', loaded.params);
  const { tasks = null, executors } = loaded.defaults;
  requireKnown(`${shown}: defaults`, Object.keys(loaded.defaults), ['tasks', 'executors'], 'Leave it out.');
  checkSettings({ tasks, executors }, propertyWording(`${shown}: defaults: `));
  return { moduleUrl, workload: loaded, made: await madeOf(moduleUrl) };
}

async function madeOf(moduleUrl: string): Promise<Pick<ScenarioWorkload, 'contents' | 'argsContents'>> {
  const { argsUrl, ...code } = readTaskFunctionUrl(moduleUrl);
  const { contents } = await moduleIdentity(taskFunctionUrl({ ...code, argsUrl: null }));
  if (argsUrl === null) return { contents };
  const argsContents = createHash('sha256')
    .update(await readFile(new URL(argsUrl)))
    .digest('hex');
  return { contents, argsContents };
}

function argumentsUnused(subject: string, asked: string): UsageError {
  const expected = 'a function of your own for the arguments, such as ./render.ts#renderPage';
  return new UsageError(subject, expected, `the built-in ${asked}`, 'Leave the arguments out.');
}

/** @throws UsageError for anything but a text with something in it */
export function requireText(value: unknown, subject: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UsageError(subject, 'a name', describe(value), 'Give it one.');
}
