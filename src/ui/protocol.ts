/**
 * What the page and its server say to each other, as JSON over HTTP. Requests but that of the page itself carry the
 * token as Bearer:
 *
 * | request                     | answer                                                                        |
 * |-----------------------------|-------------------------------------------------------------------------------|
 * | `GET /`                     | the page                                                                      |
 * | `GET /api/catalogue`        | `UiCatalogue`                                                                 |
 * | `GET /api/events?after=ID`  | `UiMessage`s, one a line (NDJSON), those after that id and all that follow    |
 * | `POST /api/runs`            | `UiRequest` → 202 `{ run: number }`, or 409 where one is under way            |
 * | `POST /api/stop`            | 202: the run ends with what is finished                                       |
 * | `GET /api/gallery`          | `SavedRun[]`, the latest first                                                |
 * | `GET /api/gallery/NAME`     | its report, an HTML page of one file                                          |
 *
 * What goes wrong is `{ error: string }`, which says what was expected, what came and what to do.
 */
import type { TrialData } from '../report/html/timeline-data.js';
import type { ExecutorFamily } from '../report/words/labels.js';

/** What may be chosen. Never a path, a URL or code: names of the catalogue, and numbers within its limits. */
export interface UiPlan {
  /** A preset's, or `own`: the module that was named on the command line. */
  readonly preset: string;
  /** Those that the preset's task has, in ms; left out: as the preset has them. */
  readonly waitMs?: number | undefined;
  readonly computeMs?: number | undefined;
  readonly tasks?: number | undefined;
  readonly inFlight?: number | undefined;
  readonly threads?: number | undefined;
  /** Names. Left out: the preset's. */
  readonly executors?: readonly string[] | undefined;
}

export interface UiRequest {
  /** One trial of each executor, recorded task by task; or everything that `run` does. */
  readonly kind: 'race' | 'measure';
  readonly plan: UiPlan;
  /** Of a measurement, s. */
  readonly budgetSeconds?: number | undefined;
}

export interface UiRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** A story or a scenario to start from. */
export interface UiPreset {
  readonly name: string;
  readonly title: string;
  /** In a sentence, for somebody who never saw it. */
  readonly summary: string;
  /** `article`, `default`, `own`. */
  readonly group: 'default' | 'article' | 'own';
  /** What it has where nothing is chosen. A slider that its task does not have is left out. */
  readonly plan: Omit<UiPlan, 'executors'> & { readonly executors: readonly string[] };
}

export interface UiExecutor {
  readonly name: string;
  /** One line. */
  readonly summary: string;
  readonly family: ExecutorFamily;
  /** The class that colours it, and data of the path of its symbol about 0, 0: as in reports. */
  readonly tone: string;
  readonly symbol: string;
}

export interface UiCatalogue {
  readonly version: string;
  readonly node: string;
  readonly cores: number;
  readonly presets: readonly UiPreset[];
  /** All that can be switched on. */
  readonly executors: readonly UiExecutor[];
  readonly ranges: Readonly<Record<'waitMs' | 'computeMs' | 'tasks' | 'inFlight' | 'threads', UiRange>>;
  readonly defaultBudgetSeconds: number;
  /** Few cores: nothing is told, and nothing should be drawn, while a trial is measured. */
  readonly quietWhileMeasuring: boolean;
}

/** One executor of a race, with all of its tasks. */
export interface Entrant extends TrialData {
  /** What is compared: `queue ×2`. */
  readonly label: string;
  /** Name of the executor, as in the catalogue. */
  readonly name: string;
  readonly threads: number;
  readonly tasksPerSecond: number;
  /** To the slowest. */
  readonly ratio: number;
  /** What no executor of this shape can exceed; null: unknown. */
  readonly idealPerSecond: number | null;
  readonly limitedBy: 'waiting' | 'blocking' | 'cpu' | 'libuv' | null;
  /** What a timer on the main loop would have waited on average, ms; null: not known. */
  readonly bystanderMs: number | null;
  readonly cpuMsPerTask: number | null;
  readonly coresUsed: number | null;
}

export interface RaceResult {
  readonly preset: string;
  readonly plan: UiPlan;
  /** Fastest first. */
  readonly entrants: readonly Entrant[];
  /** Those that have no trial to show, and why. */
  readonly lost: readonly { readonly label: string; readonly why: string }[];
  /** Why it came out so, in whole sentences of the program. */
  readonly why: readonly string[];
  /** A task alone, ms; null: unknown. */
  readonly task: { readonly waitsMs: number; readonly computesMs: number; readonly blocksMs: number } | null;
  /** That one trial is no measurement. */
  readonly caveat: string;
  /** What repeats it in a terminal. */
  readonly command: string;
}

/** One executor against the baseline, so far. */
export interface Standing {
  readonly label: string;
  readonly name: string;
  readonly tasksPerSecond: number | null;
  /** To the baseline, with its interval; null: there is none yet. */
  readonly ratio: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface MeasureProgress {
  readonly scenario: string;
  /** From 1. */
  readonly scenarioNumber: number;
  readonly ofScenarios: number;
  readonly forks: number;
  readonly baseline: string;
  readonly standings: readonly Standing[];
}

export interface MeasureResult {
  /** A group of the report each: headline, validity, why, findings with what to do. */
  readonly groups: readonly {
    readonly title: string;
    readonly headline: string;
    readonly validity: string | null;
    readonly why: string | null;
    readonly notes: readonly string[];
    readonly standings: readonly Standing[];
    readonly baseline: string | null;
  }[];
  /** In the gallery; null: it could not be saved, or nothing was measured. */
  readonly saved: string | null;
  readonly command: string;
  readonly interrupted: boolean;
}

export type UiState =
  | { readonly state: 'idle' }
  | {
      readonly state: 'running';
      readonly run: number;
      readonly request: UiRequest;
      /** Since it started, and what it will take at most from now on, ms; null: not known yet. */
      readonly elapsedMs: number;
      readonly leftMs: number | null;
    };

/** In the order in which they happened. The first of a stream says how things stand; ids grow, and may be asked for again. */
export type UiMessage = { readonly id: number } & (
  | ({ readonly type: 'state' } & UiState)
  | { readonly type: 'progress'; readonly run: number; readonly leftMs: number | null; readonly text: string }
  | { readonly type: 'measure'; readonly run: number; readonly progress: MeasureProgress }
  | { readonly type: 'race-done'; readonly run: number; readonly result: RaceResult }
  | { readonly type: 'measure-done'; readonly run: number; readonly result: MeasureResult }
  | { readonly type: 'failed'; readonly run: number; readonly error: string }
  /** Older messages than asked for are gone: the page starts from this one. */
  | { readonly type: 'gap' }
);

export interface SavedRun {
  /** Of the file, without its folder. */
  readonly name: string;
  readonly title: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly headlines: readonly string[];
}
