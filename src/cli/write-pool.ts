import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { entryUrl } from '../entry.js';
import { UsageError } from '../errors.js';
import type { Output } from './terminal.js';
import { writeWhole } from './write-whole.js';

/** How the module begins: what has this is replaced, anything else is somebody's own. */
const LEAD = '/**\n * A pool of worker threads in one file';

/**
 * @returns the absolute path of a module that may be written
 * @throws UsageError for another kind of file, a folder that is not there, or a file that is somebody's own
 */
export function requireWritable(given: string, cwd: string): string {
  const file = resolve(cwd, given);
  const fail = (expected: string, got: string, remedy: string): never => {
    throw new UsageError('--write', expected, got, remedy);
  };
  if (!file.endsWith('.mjs')) fail('the name of an ES module, such as pool.mjs', given, 'End it in .mjs.');
  if (statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() !== true)
    fail('a file in a folder that is there', given, 'Make the folder first.');
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(LEAD))
    fail(
      'a file that is new, or was written by an earlier tune',
      `${given}, which is neither`,
      'Choose another name.',
    );
  return file;
}

/** Writes the module that does what the `queue` executor does, for tasks that have arguments. */
export async function writePool(
  file: string,
  { stderr, cwd }: { readonly stderr: Output; readonly cwd: string },
): Promise<void> {
  const text = readFileSync(entryUrl('pool'), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  writeWhole(file, text);
  stderr.write(
    `Wrote ${relative(cwd, file) || basename(file)}: createPool({ filename, name, threads, inFlightPerThread })\n`,
  );
}
