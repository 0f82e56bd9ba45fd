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

/** What is to be written, and where. */
export interface RequestedFiles {
  readonly form: FolderForm;
  /** A folder. */
  readonly out: string;
}

/**
 * Null: the format is one text.
 *
 * @throws UsageError for such a format without a folder, and for a folder without such a format
 */
export function requestedFiles(format: string, out: string | undefined): RequestedFiles | null {
  const form = folderForms.find(({ name }) => name === format);
  if (form !== undefined && out !== undefined) return { form, out };
  if (form !== undefined)
    throw new UsageError(
      `--format ${format}`,
      'a folder for its files',
      'none',
      `Name one: report results/latest.json --format ${format} --out charts`,
    );
  if (out === undefined) return null;
  throw new UsageError(
    '--out',
    `a format of several files (${folderForms.map(({ name }) => name).join(', ')})`,
    `--format ${format}`,
    'Write that one to a file, with > FILE.',
  );
}

/**
 * Every file of that form, in a folder that is made where there is none; what is written is listed on standard output.
 *
 * @throws UsageError for a folder that cannot be written, and for a report that has nothing to show
 */
export async function writeFiles(
  { form, out }: RequestedFiles,
  report: Report,
  { stdout, cwd }: CliDeps,
): Promise<void> {
  const render = await form.load();
  const files = render(report, { sections });
  const folder = resolve(cwd, out);
  requireWritable('--out', folder, () => mkdirSync(folder, { recursive: true }));
  for (const { name, contents } of files) writeWhole(join(folder, name), contents);
  stdout.write(files.map(({ name }) => `${join(out, name)}\n`).join(''));
}
