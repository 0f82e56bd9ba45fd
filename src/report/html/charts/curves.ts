import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { duration, durationTick, percentTick } from '../../format.js';
import type { CurvesView, CurveView } from '../../view/picture-types.js';
import { percentileWords } from '../../words/hover.js';
import type { Looks } from '../looks.js';
import { element } from '../markup.js';
import { dashesOf } from './dashes.js';
import { type Drawing, describe } from './frame.js';
import { mark, series, symbolAt, toned } from './marks.js';
import { endLabels, PLOT, sidesFor, xAxis, yAxis, zoomData, zooming } from './plot.js';
import { heightScale } from './scales.js';

/** Of the axis; a line has points between them. */
const TICKS: readonly number[] = [0.1, 0.5, 0.9, 0.99, 0.999, 0.9999];

/** Times over percentiles: the further right, the fewer tasks were slower. */
export function drawCurves({ curves }: CurvesView, looks: Looks): Drawing {
  const all = curves.flatMap(({ points }) => points);
  const shares = [...new Set(all.map(({ share }) => share))].sort((a, b) => a - b);
  const ticks = shares.filter(share => TICKS.includes(share));
  const times = all.map(({ valueMs }) => valueMs);
  const y = heightScale(times, { from: PLOT.bottom, to: PLOT.top, mayBeLogarithmic: true });
  const sides = sidesFor(
    y.ticks.map(durationTick),
    curves.map(({ label }) => label),
  );
  const across = scaleLinear([shares[0]!, shares.at(-1)!].map(logOdds), [sides.left + 8, sides.right - 4]);
  const x = (share: number) => across(logOdds(share));
  const dashes = dashesOf(curves);
  const path = line<{ share: number; valueMs: number }>()
    .x(({ share }) => x(share))
    .y(({ valueMs }) => y.of(valueMs))
    .digits(2);
  const ends = curves.map(({ label, executor, points }, at) => {
    const { share, valueMs } = points.at(-1)!;
    return { text: label, executor, series: at, x: x(share), y: y.of(valueMs) };
  });
  const { drawn, leftOut } = endLabels(ends, sides, looks);
  const said = curves.map(({ label, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${label} from ${duration(first.valueMs)} at ${percentTick(first.share)} to ${duration(last.valueMs)} at ${percentTick(last.share)}`;
  });
  return {
    height: PLOT.height,
    description: describe([
      ...said,
      ...(leftOut.length === 0 ? [] : [`not labelled: ${leftOut.join(', ')}`]),
    ]),
    content: [
      yAxis(y, sides, durationTick),
      xAxis(ticks.map(share => ({ at: x(share), label: percentTick(share) }))),
      zooming(
        curves.map(({ label, executor, points }, at) => {
          const look = looks(executor);
          const drawnLine = element('path', {
            d: path([...points]) ?? '',
            fill: 'none',
            stroke: 'currentColor',
            'stroke-width': 1.8,
            'stroke-dasharray': dashes[at]!,
          });
          const symbols = points
            .filter(isMarked)
            .map(({ share, valueMs }) =>
              mark(
                percentileWords(label, share, valueMs),
                symbolAt(look, x(share), y.of(valueMs), dashes[at] !== null),
              ),
            );
          return series(toned(look, drawnLine, symbols));
        }),
      ),
      drawn,
    ],
    zoom: zoomData(y, sides, 'duration'),
  };
}

function isMarked({ share, isNamed }: CurveView['points'][number]): boolean {
  return isNamed || TICKS.includes(share);
}

/** 50 % is 0; each further nine is as far as the one before it. */
function logOdds(share: number): number {
  return Math.log(share / (1 - share));
}
