import { relative } from 'node:path';
import { messageOf } from '../errors.js';
import { parseReport, renderJson } from '../report/json.js';
import { harmless } from '../report/text.js';
import type { Report } from '../schema/index.js';
import { refusalOf } from '../system-fault.js';
import type { CliDeps } from './deps.js';
import type { OutputFolder } from './output-folder.js';
import { findReporter, PAGE_FORMAT, textWith } from './reporters.js';

/** `latest.html` beside `latest.json`. Whatever goes wrong with it takes nothing from the results. */
export interface Page {
  /** With what there is so far. */
  savePartial(report: Report): void;
  /** Says where it is, or why there is none. */
  save(report: Report): void;
}

export interface PageFlags {
  /** False: none is wanted. */
  readonly html?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

const NO_PAGE: Page = { savePartial() {}, save() {} };

/** Loads what it takes, so that nothing has to be loaded between trials. */
export async function openPage(folder: OutputFolder, flags: PageFlags, deps: CliDeps): Promise<Page> {
  if (flags.html === false) return NO_PAGE;
  const { extension, load } = findReporter('--format', PAGE_FORMAT);
  const render = await load();
  const write = (report: Report) => {
    // Of what the file has, so that it is what `report` makes of the file: paths in it are nobody's.
    const saved = parseReport(renderJson(report), 'these results');
    return folder.saveText(extension, textWith(render, saved, deps));
  };
  return {
    savePartial(report) {
      try {
        write(report);
      } catch {
        // It is tried again at the end, and told there.
      }
    },
    save(report) {
      try {
        const file = relative(deps.cwd, write(report));
        if (flags.quiet !== true) deps.stderr.write(`Saved as ${file}\n`);
      } catch (error) {
        const reason = harmless(refusalOf(error) ?? messageOf(error));
        deps.stderr.write(`The page (latest.html) could not be written: ${reason}. The results are saved.\n`);
      }
    },
  };
}
