import type { ScenarioResult } from '../../../schema/index.js';
import { forksOf } from '../../pairs.js';
import { loadOf } from '../../words/load.js';
import { intervalMethod } from '../../words/methods.js';
import { intervalOf, throughputText } from '../figure.js';
import type { BarsView } from '../picture-types.js';
import { drawnExecutors, firstDrawn, seriesOf } from './series.js';

/** At a given rate all that keep up have the same: then there is nothing to see. */
export function throughputBars(result: ScenarioResult): BarsView | null {
  const rows = drawnExecutors(result);
  if (rows.length === 0 || loadOf(result.scenario).perSecond !== null) return null;
  const { drawn, method } = firstDrawn(rows, intervalMethod(forksOf(result)));
  return {
    title: 'Throughput: tasks completed in a second',
    method,
    table: null,
    quantity: 'perSecond',
    mark: null,
    bars: drawn.map(executor => ({
      ...seriesOf(executor),
      value: executor.tasksPerSecond.median!,
      interval: intervalOf(executor.tasksPerSecond),
      text: `${throughputText(executor)}/s`,
    })),
  };
}
