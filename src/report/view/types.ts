import type { LoopSpell, PackedTasks, ScenarioResult, TracedTask, Validity } from '../../schema/index.js';
import type { Explanation } from '../words/explanations.js';
import type { ExecutorFamily } from '../words/labels.js';
import type { Note } from '../words/notes.js';
import type { PicturesView, ThreadsMapPicture, TuneMapView } from './picture-types.js';

/**
 * What a report says, decided once: words, figures as text, and lines of charts as numbers. Formats lay it out; they choose
 * colours, symbols and widths, and leave out what has no room. Foreign text in it is harmless, and not escaped.
 */
export interface ReportView {
  /** What was run, by name: for pages. */
  readonly title: string;
  /** `Node 20.20`, `2 cores`, … */
  readonly facts: readonly string[];
  /** The same machine, for a page that is read elsewhere. */
  readonly machine: readonly string[];
  /** How much of the plan was measured, of a run that was interrupted. */
  readonly interruption: string | null;
  /** Of a tune. */
  readonly answer: AnswerView | null;
  /** Where threads pay. */
  readonly map: MapView | null;
  readonly groups: readonly GroupView[];
  /** Below all of them. */
  readonly footnotes: readonly string[];
  /** Names of all executors, each once: what is to look alike wherever it stands. */
  readonly executors: readonly string[];
  /** Of the findings that are named above: for pages. */
  readonly explanations: readonly Explanation[];
  /** All that is known of the machine and of the run: for pages. */
  readonly environment: TableView;
  /** That made it, ready for a shell; null: a program did. */
  readonly command: string | null;
}

/** What is recommended: how many. In this order. */
export interface AnswerView {
  readonly title: string;
  /** One sentence, without a full stop. */
  readonly headline: string;
  readonly sentences: readonly string[];
  readonly searched: TableView | null;
  /** Threads × in flight, of each executor that was searched: for pages. */
  readonly maps: readonly TuneMapView[];
  /** Lines of a program. */
  readonly paste: readonly string[];
}

/** In this order. */
export interface MapView {
  readonly title: string;
  /** One sentence, without a full stop. */
  readonly headline: string;
  /** Null: nothing was measured. */
  readonly heatMap: HeatMapView | null;
  /** The same as numbers: for pages. */
  readonly picture: ThreadsMapPicture | null;
  readonly sentences: readonly string[];
}

/** A symbol and a figure for each row and column. */
export interface HeatMapView {
  readonly columnTitle: string;
  readonly rowTitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly HeatCellView[] }[];
  /** What each symbol means. */
  readonly legend: readonly string[];
}

export interface HeatCellView {
  /** One column wide; tells what the cell is without colour. */
  readonly symbol: string;
  readonly figure: string;
  readonly tone: Tone | null;
}

/** One question and its answer: a scenario, or the places along an axis. In this order. */
export interface GroupView {
  /** Name of the scenario. */
  readonly name: string;
  readonly title: string;
  /** One sentence, without a full stop. */
  readonly headline: string;
  readonly validity: Validity;
  /** What was run, in parts. */
  readonly description: readonly string[];
  /** `waitMs=50`: for pages. */
  readonly parameters: readonly string[];
  /** Of each version or value that was compared: threads or the loop. */
  readonly verdicts: readonly NoteView[];
  readonly table: TableView;
  /** The reasons, without the last full stop. */
  readonly why: string | null;
  readonly chart: ChartView | null;
  /** Its figures as numbers, of one scenario: for pages. */
  readonly pictures: PicturesView | null;
  readonly sections: readonly Placed<SectionView>[];
  readonly timeline: Placed<TimelineView> | null;
  readonly results: ResultsView | null;
  /** What was recorded without being asked for, timeline and results, is for pages. */
  readonly isRecordedForPages: boolean;
  readonly cost: TableView | null;
  /** The gravest first, and at last what to run for an answer that says more. */
  readonly notes: readonly NoteView[];
  /** Each place of an axis by itself: for pages. */
  readonly places: readonly GroupView[];
}

/** What is said of one place of an axis; null: there is but one. */
export type Placed<T> = T & { readonly place: string | null };

export type Tone = 'strong' | 'quiet' | Validity | ExecutorFamily;

export interface TableView {
  readonly columns: readonly ColumnView[];
  readonly rows: readonly RowView[];
  /** Index of the column before which a bar for each row may stand. */
  readonly barsBefore: number | null;
}

export interface ColumnView {
  /** May have several lines. */
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** What goes first when the table is too wide: the smallest. Infinity: stays, and is cut if it must be. */
  readonly importance: number;
  /** It says whose row it is; default: the first does. */
  readonly isName?: boolean;
  /** An empty cell means what the one above it says. */
  readonly isSaidOnce?: boolean;
  /** Of two that say the same, the one for short lines or the one for pages; default: for both. */
  readonly medium?: 'terminal' | 'page';
}

export interface RowView {
  readonly family: ExecutorFamily | null;
  /** One of the report's `executors`; null: it is of none, or of several. */
  readonly executor: string | null;
  /** 0 … 1. */
  readonly bar: number | null;
  readonly cells: readonly CellView[];
}

export interface CellView {
  readonly text: string;
  readonly tone: Tone | null;
}

export interface ChartView {
  /** What is drawn: `tasks/s by threads`. */
  readonly title: string;
  readonly lines: readonly LineView[];
  /** Labels of the lines that are not drawn, since there are too many: their figures are in the table. */
  readonly leftOut: readonly string[];
  /** Where the axis is labelled, ascending. */
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  /** Labelled besides the ends. */
  readonly yMarks: readonly number[];
  readonly lessIsBetter: boolean;
  /** Whether axes may be logarithmic where values are far apart. */
  readonly mayBeLogarithmic: boolean;
}

export interface LineView {
  readonly label: string;
  /** Null: it is a limit. */
  readonly family: ExecutorFamily | null;
  /** One of the report's `executors`. */
  readonly executor?: string;
  /** Its one y stands for every x. */
  readonly isLevel: boolean;
  /** It is no measurement: what a law says of each x. Not for charts of few dots. */
  readonly isModel?: boolean;
  readonly points: readonly PointView[];
}

export interface PointView {
  readonly x: number;
  readonly y: number;
  /** The 95 % interval; null: there is none. */
  readonly band?: readonly [low: number, high: number] | null;
}

/** What the workers of each executor did in one trial, over the same time. */
export interface TimelineView {
  readonly longestMs: number;
  /** Tasks in flight, at most anywhere. */
  readonly mostInFlight: number;
  readonly tracks: readonly TrackView[];
  /** Task by task, of executors of which that was recorded: for pages. */
  readonly recordings: readonly RecordingView[];
  /** Of which executors there is none, and why: for pages. Null: of all there is one. */
  readonly leftOut: string | null;
  /** The same in words: for pages. */
  readonly table: TableView;
}

/** Every task of one trial. */
export interface RecordingView {
  readonly executor: string;
  /** One of the report's `executors`. */
  readonly executorName: string;
  readonly family: ExecutorFamily;
  readonly wallMs: number;
  readonly packed: PackedTasks;
  /** From when to when the main loop was busy; null: not recorded. */
  readonly loopBusyMs: readonly LoopSpell[] | null;
  /** What became of them. */
  readonly firstTasks: readonly (Pick<TracedTask, 'index' | 'outcome'> & { readonly says: string })[];
}

export interface TrackView {
  readonly executor: string;
  /** One of the report's `executors`. */
  readonly executorName: string;
  /** `loop`, `thread 1`. */
  readonly worker: string;
  readonly family: ExecutorFamily;
  readonly wallMs: number;
  /** Over equal parts of the trial. */
  readonly inFlight: readonly number[];
  /** `100 tasks, 16 at once`. */
  readonly text: string;
}

/** When results came, in which order, and who ran which task. */
export interface ResultsView {
  readonly table: TableView;
  /** Below it. */
  readonly remark: string | null;
  /** `queue`: who ran what. */
  readonly workers: readonly NoteView[];
  /** What the tasks of one executor said. */
  readonly listing: { readonly title: string; readonly lines: readonly string[] } | null;
}

/** By the kind of a scenario's attachment: what is said of its data, which nobody has checked yet. */
export type Sections = Readonly<Record<string, (data: unknown, result: ScenarioResult) => AttachmentView>>;

/** What somebody else says of a scenario; null: nothing. */
export interface AttachmentView {
  /** A part of the line that says what was run. */
  readonly remark: string | null;
  readonly section: SectionView | null;
}

export interface SectionView {
  readonly title: string;
  readonly table: TableView;
  readonly sentences: readonly NoteView[];
}

export interface NoteView extends Note {
  /** Null: it is read like everything else. */
  readonly tone: Tone | null;
}
