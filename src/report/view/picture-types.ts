import type { MapState } from '../../schema/index.js';
import type { ChartView, TableView } from './types.js';

/** What the numbers of a picture are; formats label axes by it. */
export type Quantity = 'perSecond' | 'durationMs' | 'share';

/** A scenario's figures as numbers. What is printed beside one is text already; null: there is nothing to draw. */
export interface PicturesView {
  readonly throughput: BarsView | null;
  readonly percentiles: CurvesView | null;
  readonly ideal: BarsView | null;
  readonly taskTime: StacksView | null;
  readonly taskCpu: StacksView | null;
  /** One for each executor whose throughput over numbers of threads follows a law. */
  readonly scaling: readonly ChartView[];
}

/** Whose figures they are. */
interface SeriesView {
  /** As in tables: `queue ×2`. */
  readonly label: string;
  /** One of the report's `executors`. */
  readonly executor: string;
}

interface PictureView {
  readonly title: string;
  /** How its figures come about: sentences. */
  readonly method: string;
  /** The same figures; null: a table beside it has them. */
  readonly table: TableView | null;
}

/** A length for each executor, the best first. */
export interface BarsView extends PictureView {
  readonly quantity: Quantity;
  readonly bars: readonly BarView[];
  /** A value to look at, such as what is possible. */
  readonly mark: number | null;
}

export interface BarView extends SeriesView {
  readonly value: number;
  /** 95 %. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly text: string;
}

/** A whole for each executor, and what it is made of. */
export interface StacksView extends PictureView {
  readonly quantity: Quantity;
  /** Of each stack, in this order. */
  readonly parts: readonly string[];
  readonly stacks: readonly StackView[];
}

export interface StackView extends SeriesView {
  readonly values: readonly number[];
  readonly text: string;
}

/** Times by the share of tasks that were no slower. */
export interface CurvesView extends PictureView {
  readonly curves: readonly CurveView[];
}

export interface CurveView extends SeriesView {
  /** Ascending; shares between 0 and 1. */
  readonly points: readonly {
    readonly share: number;
    readonly valueMs: number;
    /** One of the percentiles of the table. */
    readonly isNamed: boolean;
  }[];
}

/** Where threads pay, by what a task waits (rows) and computes (columns). */
export interface ThreadsMapPicture {
  readonly title: string;
  readonly method: string;
  readonly columnTitle: string;
  readonly rowTitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** Who is compared: two of the report's `executors`. */
  readonly loop: string;
  readonly threads: string;
  readonly cells: readonly (readonly ThreadsMapCellView[])[];
  /** By row: where threads begin to pay, with its interval, in columns from the left; null: there is no such place. */
  readonly boundaries: readonly ({
    readonly low: number;
    readonly at: number;
    readonly high: number;
  } | null)[];
  /** The user's, in columns from the left. */
  readonly task: { readonly row: number; readonly at: number; readonly name: string } | null;
}

export interface ThreadsMapCellView {
  readonly state: MapState;
  /** Threads ÷ loop; null: nobody knows. */
  readonly ratio: number | null;
  /** Tells what it is without colour. */
  readonly symbol: string;
  readonly figure: string;
  readonly words: string;
}

/** Values over two sizes, such as threads and tasks in flight. */
export interface TuneMapView {
  readonly title: string;
  readonly method: string;
  readonly executor: string;
  readonly columnTitle: string;
  readonly rowTitle: string;
  /** Ascending; so are rows. */
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  /** By row and column; null: not searched. */
  readonly cells: readonly (readonly (TuneMapCellView | null)[])[];
}

export interface TuneMapCellView {
  /** 0: nothing of the best … 1: the best; null: not measured. */
  readonly value: number | null;
  readonly text: string;
  /** What became of it, in words. */
  readonly state: string;
  /** `chosen`: recommended; `as good`: belongs to the set that is no worse. */
  readonly mark: 'chosen' | 'as good' | null;
}
