import type { GateVerdict, Report, RunChanges } from '../schema/index.js';
import type { FolderTrends } from './view/trends.js';
import type { ViewOptions } from './view/view.js';

export interface RenderOptions extends ViewOptions {
  /** Columns that a line may take, for reporters that lay lines out. */
  readonly width: number;
  readonly colour: boolean;
  /** What a form that has a place for it within (`judgementPlace`) says beside the report. */
  readonly judgement?: Judgement | undefined;
}

/** Text that ends in a newline, or the bytes of a file. */
export type Rendered = string | Uint8Array;

/**
 * Pure: a saved report can be rendered again at any time.
 *
 * @throws UsageError for a report that has nothing of what is to be shown; it says what to measure
 */
export type Render = (report: Report, options: RenderOptions) => Rendered;

/** What is said beside a report, or of several saved ones: what changed, and what gates say of it. */
export interface Judgement {
  readonly changes: RunChanges | null;
  readonly gates: readonly GateVerdict[];
  /** Scenarios of which the report that it stands below says what would decide its gates. */
  readonly advised?: readonly string[] | undefined;
}

/** Pure. @returns text that ends in a newline */
export type RenderJudgement = (judgement: Judgement, options: RenderOptions) => string;

/** Two saved runs, and what is said of them. */
export interface ComparedRuns extends Judgement {
  readonly changes: RunChanges;
  readonly base: Report;
  readonly next: Report;
}

/** Several against the first, as one whole. Pure. @returns text that ends in a newline */
export type RenderComparison = (compared: readonly ComparedRuns[], options: RenderOptions) => string;

/** A folder of runs. Pure. @returns text that ends in a newline */
export type RenderTrends = (trends: FolderTrends, options: RenderOptions) => string;

/** A form of the report. */
export interface Reporter {
  readonly name: string;
  /** One line for `list` and `--help`. */
  readonly summary: string;
  /** Of a file that holds it, without the first dot. */
  readonly extension: string;
  /** Its bytes are no text: nothing for a terminal. */
  readonly isBinary?: true;
  /** Environment variable that names a file to which it is appended as well, where it is set. */
  readonly appendedTo?: string;
  /** Loads the module on demand: `--help` loads no schema. */
  load(): Promise<Render>;
  /** For `compare`, and for what stands below the report of a run. */
  loadJudgement?(): Promise<RenderJudgement>;
  /** For `compare`, of what is one whole whatever is in it. */
  loadComparison?(): Promise<RenderComparison>;
  /** For a folder. */
  loadTrends?(): Promise<RenderTrends>;
  /** Where a run's judgement stands: after its report in one text, or within it by `RenderOptions`; absent: nowhere. */
  readonly judgementPlace?: 'after' | 'within';
}
