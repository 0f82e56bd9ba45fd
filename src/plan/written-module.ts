import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CACHE_FOLDERS, FOLDER_BESIDE } from '../compiled-source.js';
import { messageOf, UsageError } from '../errors.js';

/** A module that is written for its user. It is named after its contents: one that is there is never written again. */
export interface WrittenModule {
  readonly name: string;
  readonly code: string;
}

/** Where a module that belongs to a folder may lie, best first: packages are found from there. */
export function moduleFoldersFor(folder: string): readonly string[] {
  const beside = join(folder, FOLDER_BESIDE);
  const project = projectOf(folder);
  return project === null ? [beside] : [join(project, ...CACHE_FOLDERS), beside];
}

/** The nearest folder upwards with packages; null: there is none. */
export function projectOf(folder: string): string | null {
  if (['package.json', 'node_modules'].some(name => existsSync(join(folder, name)))) return folder;
  return folder === dirname(folder) ? null : projectOf(dirname(folder));
}

/**
 * @param given what the user wrote for it, for messages
 * @param moduleIn the module as it is in this folder
 * @returns absolute path of the module
 * @throws UsageError when there is nowhere to put it
 */
export function storeModule(
  folders: readonly string[],
  given: string,
  moduleIn: (folder: string) => WrittenModule,
): string {
  let reason = '';
  for (const folder of folders) {
    try {
      return storeIn(folder, moduleIn(folder));
    } catch (error) {
      reason = messageOf(error);
    }
  }
  const remedy = `Make ${folders[0]} a folder that can be written.`;
  throw new UsageError(
    given,
    'a folder for what it is compiled to',
    `none that can be written (${reason})`,
    remedy,
  );
}

function storeIn(folder: string, { name, code }: WrittenModule): string {
  const artifact = join(folder, name);
  if (existsSync(artifact)) return artifact;
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `${name}.${randomUUID()}.tmp`);
  try {
    // Renamed when it is complete: another process never loads half of it.
    writeFileSync(temporary, code);
    renameSync(temporary, artifact);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return artifact;
}
