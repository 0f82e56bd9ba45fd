import { relative } from 'node:path';
import { messageOf } from '../errors.js';
import { parseReport, renderJson } from '../report/json.js';
import type { Judgement } from '../report/reporter.js';
import { harmless } from '../report/text.js';
import type { Report } from '../schema/index.js';
import { refusalOf } from '../system-fault.js';
import type { CliDeps } from './deps.js';
import type { OutputFolder } from './output-folder.js';
import { findReporter, PAGE_FORMAT, rendered } from './reporters.js';

export interface PageFlags {
  /** False: none is wanted. */
  readonly html?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/**
 * Writes `latest.html` beside `latest.json`, and says where it is. Whatever goes wrong with it takes nothing from the results:
 * then it is said why there is none.
 *
 * @param judgement what changed since an earlier run, and what gates say
 */
export async function savePage(
  report: Report,
  folder: OutputFolder,
  { html, quiet }: PageFlags,
  deps: CliDeps,
  judgement?: Judgement,
): Promise<void> {
  if (html === false) return;
  try {
    const reporter = findReporter('--format', PAGE_FORMAT);
    // Of what the file has, so that it is what `report` makes of the file: paths in it are nobody's.
    const saved = parseReport(renderJson(report), 'these results');
    const file = folder.saveAs(reporter.extension, await rendered(reporter, saved, deps, judgement));
    if (quiet !== true) deps.stderr.write(`Saved as ${relative(deps.cwd, file)}\n`);
  } catch (error) {
    const reason = harmless(refusalOf(error) ?? messageOf(error));
    deps.stderr.write(`The page (latest.html) could not be written: ${reason}. The results are saved.\n`);
  }
}
