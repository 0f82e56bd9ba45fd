import { z } from 'zod';
import { type Immutable, numberOrNull, wholeNumber } from './parts.js';

/** What fresh processes measured of a cell: ln(tasks per second) by round; null: lost. */
const mapForkSchema = z.object({ loop: z.array(numberOrNull), threads: z.array(numberOrNull) });
export type MapFork = Immutable<z.infer<typeof mapForkSchema>>;

/** Why a cell was measured. `check`: for the model alone, far from all others. */
const mapPurposeSchema = z.enum(['bisect', 'surer', 'check']);
export type MapPurpose = z.infer<typeof mapPurposeSchema>;

/** A task that waits and computes for so long, and what was measured of it. */
export const mapCellSchema = z.object({
  waitMs: z.number(),
  cpuMs: z.number(),
  purpose: mapPurposeSchema,
  /** Other programs, or other guests of a hypervisor, kept the machine busy meanwhile. */
  busy: z.boolean(),
  forks: z.array(mapForkSchema),
});
export type MapCell = Immutable<z.infer<typeof mapCellSchema>>;

const mapStateSchema = z.enum(['threads', 'same', 'loop', 'undecided', 'filled', 'blank']);
/**
 * - `threads`: their interval lies wholly above what pays; `same`: within that of 1, either way; `loop`: wholly below 1
 * - `undecided`: measured, and none of these
 * - `filled`: not measured, the model's; `blank`: nor that, since the model is too far off there
 */
export type MapState = z.infer<typeof mapStateSchema>;

/** A place of the heat map: threads ÷ loop. */
export const mapPlaceSchema = z.object({
  waitMs: z.number(),
  cpuMs: z.number(),
  state: mapStateSchema,
  ratio: numberOrNull,
  low: numberOrNull,
  high: numberOrNull,
});
export type MapPlace = Immutable<z.infer<typeof mapPlaceSchema>>;

/** From how much computing on threads pay, of tasks that wait so long. */
export const mapBoundarySchema = z.object({
  waitMs: z.number(),
  /**
   * - `between`: the most computing at which threads surely do not pay, and the least at which they surely do
   * - `always`, `never`: at the least that was asked about, not even at the most
   * - `open`: one side is missing, or both; `mixed`: they pay, and with more computing they do not
   */
  kind: z.enum(['between', 'always', 'never', 'open', 'mixed']),
  /** A guess between these: the model's, or on a straight line between the cells; null: there is none. */
  atMs: numberOrNull,
  lowMs: numberOrNull,
  highMs: numberOrNull,
});
export type MapBoundary = Immutable<z.infer<typeof mapBoundarySchema>>;

/** How good the model is that unmeasured cells are filled from. */
export const mapModelSchema = z.object({
  /** Each measured cell, predicted from the others. */
  checks: z.array(
    z.object({ waitMs: z.number(), cpuMs: z.number(), predicted: z.number(), measured: z.number() }),
  ),
});
export type MapModel = Immutable<z.infer<typeof mapModelSchema>>;

/** A task that somebody has tuned. */
export const mapTaskSchema = z.object({ name: z.string(), waitMs: z.number(), cpuMs: z.number() });
export type MapTask = Immutable<z.infer<typeof mapTaskSchema>>;

/** Where threads pay. */
export const mapSchema = z.object({
  /** When it was measured: a tune may show the map of another day. */
  startedAt: z.string(),
  /** Names of the executors. */
  loop: z.string(),
  threads: z.string(),
  threadCount: wholeNumber,
  inFlight: wholeNumber,
  /** Share that threads have to do more for them to pay. */
  pays: z.number(),
  /** The axes, ascending. */
  waitsMs: z.array(z.number()),
  cpusMs: z.array(z.number()),
  cells: z.array(mapCellSchema),
  /** Wait by wait; cells that lie between those of the axis are in `cells` alone. */
  places: z.array(mapPlaceSchema),
  boundaries: z.array(mapBoundarySchema),
  /** Null: too few cells. */
  model: mapModelSchema.nullable(),
  trials: wholeNumber,
  elapsedMs: z.number(),
  budgetMs: z.number(),
  /** The budget ended it, and not that nothing was left to find out. */
  hurried: z.boolean(),
  /** The task that is marked on it; null: none. */
  task: mapTaskSchema.nullable(),
});
export type ThreadsMap = Immutable<z.infer<typeof mapSchema>>;
