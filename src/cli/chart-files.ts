import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { articleSections as sections } from '../articles/section.js';
import { UsageError } from '../errors.js';
import type { FolderForm } from '../report/folder-form.js';
import { folderForms } from '../report/registry.js';
import type { Report } from '../schema/index.js';
import type { CliDeps } from './deps.js';
import { requireWritable } from './output-folder.js';
import { writeWhole } from './write-whole.js';

/** Undefined: the name is of a form that is one text, or of none. */
export function findFolderForm(name: string): FolderForm | undefined {
  return folderForms.find(form => form.name === name);
}

/**
 * Every file of that form, in a folder that is made where there is none; what is written is listed on standard output.
 *
 * @throws UsageError for a folder that cannot be written, and for a report that has nothing to show
 */
export async function writeFiles(
  { load }: FolderForm,
  report: Report,
  out: string,
  { stdout, cwd }: CliDeps,
): Promise<void> {
  const render = await load();
  const files = render(report, { sections });
  const folder = resolve(cwd, out);
  requireWritable('--out', folder, () => mkdirSync(folder, { recursive: true }));
  for (const { name, contents } of files) writeWhole(join(folder, name), contents);
  stdout.write(files.map(({ name }) => `${join(out, name)}\n`).join(''));
}

/** @throws UsageError where there is one without the other */
export function requireFolder(format: string, out: string | undefined): void {
  const form = findFolderForm(format);
  const example = 'report results/latest.json --format svg --out charts';
  if (form !== undefined && out === undefined)
    throw new UsageError(`--format ${format}`, 'a folder for its files', 'none', `Name one: ${example}`);
  if (form === undefined && out !== undefined)
    throw new UsageError(
      '--out',
      `a format of several files (${folderForms.map(({ name }) => name).join(', ')})`,
      `--format ${format}`,
      'Write that one to a file, with > FILE.',
    );
}
