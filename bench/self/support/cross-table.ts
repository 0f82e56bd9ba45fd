import { fixed, NONE, percent } from '../../../src/report/format.js';
import { FORKS_FOR_INTERVAL } from '../../../src/stats/comparison.js';
import { type CrossFigure, spanOf } from './cross-figures.js';

/** The figures at one origin. */
export interface CrossSection {
  readonly origin: string;
  readonly figures: readonly CrossFigure[];
}

const ROWS: Readonly<Record<CrossFigure['name'], { label: string; cell(value: number): string }>> = {
  perSecond: { label: 'requests per second', cell: value => fixed(value, 0) },
  p50Ms: { label: 'p50 of a request, ms', cell: value => fixed(value, 2) },
  cpuMsPerRequest: { label: 'CPU per request, µs', cell: value => fixed(value * 1000, 1) },
  heldByOriginMs: { label: 'held by the origin, mean, ms', cell: value => fixed(value, 2) },
  countedShare: { label: "requests ÷ the origin's count", cell: value => fixed(value, 4) },
  originBusyShare: { label: "origin's loop busy", cell: value => percent(value) },
};

export function labelOf(name: CrossFigure['name']): string {
  return ROWS[name].label;
}

export function cellOf(name: CrossFigure['name'], value: number | null): string {
  return value === null ? NONE : ROWS[name].cell(value);
}

/** `0.985 to 1.012`. */
export function spanText(figure: CrossFigure): string {
  const span = spanOf(figure.comparison);
  return span === null ? NONE : span.map(one => fixed(one, 3)).join(' to ');
}

/** A Markdown table, for `docs/methodology.md`: our figures beside those of another generator. */
export function renderCrossTable(
  generator: string,
  forks: number,
  sections: readonly CrossSection[],
): string[] {
  const span = forks < FORKS_FOR_INTERVAL ? `range of ${forks} forks` : '95 % interval';
  return [
    `| origin | | ours | ${generator} | ours ÷ ${generator} | ${span} |`,
    '|---|---|--:|--:|--:|--:|',
    ...sections.flatMap(({ origin, figures }) =>
      figures.map((figure, at) => row(at === 0 ? origin : '', figure)),
    ),
  ];
}

function row(origin: string, figure: CrossFigure): string {
  const { name, ours, theirs, comparison } = figure;
  const ratio = comparison.ratio === null ? NONE : fixed(comparison.ratio, 3);
  const cells = [origin, labelOf(name), cellOf(name, ours), cellOf(name, theirs), ratio, spanText(figure)];
  return `| ${cells.join(' | ')} |`;
}
