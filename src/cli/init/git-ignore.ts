import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where `run` keeps what it has measured, unless it is told otherwise. */
const RESULTS = 'results/';
const GIT_IGNORE = '.gitignore';

/** A line that keeps that folder out, of the file beside it. */
const BESIDE = /^\/?results(?:\/\*{0,2})?\s*$/m;
/** Of one farther up: what begins with / is another folder there. */
const ABOVE = /^(?:\*\*\/)?results(?:\/\*{0,2})?\s*$/m;

/**
 * Keeps results out of git: by a line more in the .gitignore that is there, or by one that is written into a git project.
 *
 * @returns what was done; null: nothing, it is no git project, or they are kept out already
 */
export function ignoreResults(folder: string): 'added' | 'wrote' | null {
  const file = join(folder, GIT_IGNORE);
  const text = textOf(file);
  const above = foldersAbove(folder);
  const isInGit = [folder, ...above].some(isRepository);
  if (text === null && (existsSync(file) || !isInGit)) return null;
  const isIgnoredAbove = isInGit && above.some(one => ABOVE.test(textOf(join(one, GIT_IGNORE)) ?? ''));
  if (BESIDE.test(text ?? '') || isIgnoredAbove) return null;
  writeFileSync(file, withLine(text ?? ''));
  return text === null ? 'wrote' : 'added';
}

function withLine(text: string): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${RESULTS}${end}`;
}

/** Null: it is not there, or no file. */
function textOf(file: string): string | null {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null;
}

/** Up to that with the repository, the nearest first; all where there is none. */
function foldersAbove(folder: string): string[] {
  const parent = dirname(folder);
  return isRepository(folder) || parent === folder ? [] : [parent, ...foldersAbove(parent)];
}

/** A worktree and a submodule have a file there. */
function isRepository(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}
