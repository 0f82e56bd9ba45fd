import type { Report } from '../schema/index.js';
import type { ViewOptions } from './view/view.js';

export interface ChartFile {
  /** Of letters, digits and dashes, with its extension. */
  readonly name: string;
  readonly contents: string;
}

/**
 * Pure: a saved report can be rendered again at any time.
 *
 * @throws UsageError for a report that has nothing of what is to be shown; it says what to measure
 */
export type RenderFiles = (report: Report, options: ViewOptions) => readonly ChartFile[];

/** A form of the report that is several files. */
export interface FolderForm {
  readonly name: string;
  /** One line for `list` and `--help`. */
  readonly summary: string;
  load(): Promise<RenderFiles>;
}
