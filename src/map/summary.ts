import type { MapBoundary, MapCell, MapModel, MapPlace } from '../schema/index.js';
import { shareOff } from '../stats/share-off.js';
import { type CellView, PAYS, viewOf } from './cell.js';
import { type MapFit, type MapShape, modelOf, predictedCrossingMs, predictedRatio } from './model.js';
import { boundaryOf, rowOf } from './row.js';

export interface MapSummary {
  readonly places: readonly MapPlace[];
  readonly boundaries: readonly MapBoundary[];
  readonly model: MapModel | null;
}

export interface MapAxes {
  readonly waitsMs: readonly number[];
  readonly cpusMs: readonly number[];
}

/** A row in which the model was farther off on a cell that it had not seen is left blank. */
const FARTHEST_OFF = 0.15;

/** What follows from the cells of a map. Pure. */
export function summaryOf(
  { waitsMs, cpusMs }: MapAxes,
  cells: readonly MapCell[],
  shape: MapShape,
): MapSummary {
  const views = cells.map(viewOf);
  const model = modelOf(views, shape);
  return {
    places: waitsMs.flatMap(waitMs => {
      const known = views.filter(view => view.waitMs === waitMs);
      const fills = isTrusted(model, waitMs);
      return cpusMs.map((cpuMs): MapPlace => {
        const view = known.find(one => one.cpuMs === cpuMs && one.ratio !== null);
        if (view !== undefined) return placeOf(view);
        const ratio = fills ? predictedRatio(model!.fit, shape, waitMs, cpuMs) : null;
        return { waitMs, cpuMs, state: fills ? 'filled' : 'blank', ratio, low: null, high: null };
      });
    }),
    boundaries: waitsMs.map(waitMs => {
      const boundary = boundaryOf(rowOf(waitMs, views), cpusMs);
      return isTrusted(model, waitMs) ? guessed(boundary, model!.fit, shape) : boundary;
    }),
    model: model && { checks: model.checks },
  };
}

function placeOf({ waitMs, cpuMs, state, ratio, low, high }: CellView): MapPlace {
  return { waitMs, cpuMs, state, ratio, low, high };
}

/** A model knows that the curve is no straight line between two cells; what was measured it does not overrule. */
function guessed(boundary: MapBoundary, fit: MapFit, shape: MapShape): MapBoundary {
  const { kind, waitMs, lowMs, highMs } = boundary;
  if (kind !== 'between' || lowMs === null || highMs === null) return boundary;
  return { ...boundary, atMs: predictedCrossingMs(fit, shape, { waitMs, lowMs, highMs, ratio: 1 + PAYS }) };
}

/** Where nothing was measured it was not checked either. */
function isTrusted(model: MapModel | null, waitMs: number): boolean {
  const checks = model?.checks.filter(check => check.waitMs === waitMs) ?? [];
  return (
    checks.length > 0 &&
    checks.every(({ predicted, measured }) => shareOff(predicted, measured) <= FARTHEST_OFF)
  );
}
