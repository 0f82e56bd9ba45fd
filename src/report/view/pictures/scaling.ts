import type { ExecutorResult, Scaling, ScenarioResult } from '../../../schema/index.js';
import { throughputAt } from '../../../stats/scaling-law.js';
import { count } from '../../format.js';
import { truncate } from '../../text.js';
import { familyOf, LONGEST_NAME } from '../../words/labels.js';
import { scalingNotes } from '../../words/scaling.js';
import { intervalOf } from '../figure.js';
import type { ChartView } from '../types.js';
import { drawnExecutors } from './series.js';

const STEPS = 48;

/** What was measured over numbers of threads, and the law that it follows. Where nothing is said of it, nothing is drawn. */
export function scalingCharts(result: ScenarioResult): ChartView[] {
  if (scalingNotes(result).length === 0) return [];
  return (result.scaling ?? []).flatMap(scaling => {
    const own = drawnExecutors(result)
      .filter(({ variant: { axis, series } }) => axis?.name === 'threads' && series === scaling.series)
      .toSorted((a, b) => a.variant.threads - b.variant.threads);
    return scaling.law === null || own.length === 0 ? [] : [chartOf(scaling, scaling.law, own)];
  });
}

function chartOf(
  { series, sizes }: Scaling,
  law: NonNullable<Scaling['law']>,
  own: readonly ExecutorResult[],
): ChartView {
  const { variant } = own[0]!;
  const [from, to] = [sizes[0]!, sizes.at(-1)!];
  const along = Array.from({ length: STEPS + 1 }, (_, step) => from + ((to - from) * step) / STEPS);
  const look = { family: familyOf(variant), executor: variant.name, isLevel: false };
  const measured = own.map(({ variant: { threads }, tasksPerSecond }) => ({
    x: threads,
    y: tasksPerSecond.median!,
    band: intervalOf(tasksPerSecond),
  }));
  return {
    title: `tasks/s of ${truncate(series, LONGEST_NAME)} by threads, and the scaling law`,
    lines: [
      { ...look, label: 'measured', points: measured },
      {
        ...look,
        label: 'law',
        isModel: true,
        points: along.map(x => ({ x, y: throughputAt(x, law.gamma, law.alpha.value, law.beta.value) })),
      },
    ],
    leftOut: [],
    xTicks: sizes.map(size => ({ x: size, label: count(size) })),
    yMarks: [],
    lessIsBetter: false,
    mayBeLogarithmic: false,
  };
}
