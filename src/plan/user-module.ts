import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../errors.js';
import { isSuite, type Suite } from './suite.js';

const MODULE_FILE = /\.[cm]?[jt]s$/;
const TYPESCRIPT_FILE = /\.[cm]?ts$/;

/** Whether a target is a file rather than a name. */
export function looksLikePath(target: string): boolean {
  return target.startsWith('file:') || /[\\/]/.test(target) || MODULE_FILE.test(target);
}

/**
 * `file:` URL of a user's module.
 *
 * @param baseDir what a relative path starts from
 * @throws UsageError when there is no such file, or this Node cannot load it
 */
export function moduleUrlOf(path: string, baseDir: string): string {
  const file = path.startsWith('file:') ? fileURLToPath(path) : resolve(baseDir, path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(path, 'a file', 'none at this path', 'Check the path.');
  if (TYPESCRIPT_FILE.test(file) && !stripsTypes()) {
    throw new UsageError(
      path,
      'a .js or .mjs module',
      `TypeScript, which Node ${process.versions.node} does not run`,
      'Compile it first, or use Node 22.18 or later.',
    );
  }
  return pathToFileURL(file).href;
}

function stripsTypes(): boolean {
  const features = process.features as { typescript?: unknown };
  return Boolean(features.typescript);
}

/** The suite that a module exports; null when it exports something else, such as a workload. */
export async function loadSuiteModule(moduleUrl: string, path: string): Promise<Suite | null> {
  const module = await importUserModule(moduleUrl, path);
  return isSuite(module.default) ? module.default : null;
}

async function importUserModule(moduleUrl: string, path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(moduleUrl);
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new UsageError(path, 'a module that loads', reason, 'Correct it and run again.');
  }
}
