import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importModule } from '../default-export.js';
import { UsageError } from '../errors.js';
import { isSuite, type Suite } from '../settings/suite.js';
import { MODULE_EXTENSION, taskFunctionUrl } from '../workloads/task-function.js';
import { compileTypeScript } from './compile.js';

const COMPILED_EXTENSION = /\.(?:[cm]?ts|[jt]sx)$/;

/** Whether a target is a file rather than a name. */
export function looksLikePath(target: string): boolean {
  return (
    target.startsWith('file:') || /[\\/]/.test(target) || MODULE_EXTENSION.test(target.replace(/#.*$/, ''))
  );
}

/** Absolute path of a user's file, whether it was given as a path or as a `file:` URL. */
export function fileOf(path: string, baseDir: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : resolve(baseDir, path);
}

/**
 * `file:` URL of a user's module, ready to be loaded: of what it was compiled to, if it is TypeScript.
 *
 * @param baseDir what a relative path starts from
 * @param shown what messages call it
 * @throws UsageError when there is no such file, or it does not compile
 */
export function moduleUrlOf(path: string, baseDir: string, shown = path): string {
  const file = existing(path, baseDir);
  // Even where Node strips types: it knows neither enums nor imports without an extension.
  return pathToFileURL(COMPILED_EXTENSION.test(file) ? compileTypeScript(file, shown) : file).href;
}

/** @throws UsageError when there is no such file */
function existing(path: string, baseDir: string): string {
  const file = fileOf(path, baseDir);
  if (isFile(file)) return file;
  const remedy = /^https?:/i.test(path) ? 'A URL is given by --url.' : 'Check the path.';
  throw new UsageError(path, 'a file', 'none at this path', remedy);
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** `./render.ts#renderPage` is a file and one of its exports, where no file is called so. */
export function splitExport(given: string, baseDir: string): { path: string; exportName: string | null } {
  const at = given.lastIndexOf('#');
  const isWhole = at < 0 || (!given.startsWith('file:') && isFile(fileOf(given, baseDir)));
  return isWhole
    ? { path: given, exportName: null }
    : { path: given.slice(0, at), exportName: given.slice(at + 1) };
}

/**
 * Of a user's own workload, or of the function that is the task of one.
 *
 * @param args absolute path of the arguments of its tasks, or null
 */
export function workloadUrlOf(given: string, baseDir: string, args: string | null): string {
  const { path, exportName } = splitExport(given, baseDir);
  const argsUrl = args === null ? null : pathToFileURL(existing(args, baseDir)).href;
  return taskFunctionUrl({ fileUrl: moduleUrlOf(path, baseDir), exportName, argsUrl });
}

/** The suite that a module exports; null when it exports something else, such as a workload. */
export async function loadSuiteModule(moduleUrl: string, given: string): Promise<Suite | null> {
  const module = await importModule({ moduleUrl, given });
  return isSuite(module.default) ? module.default : null;
}
