import type { ExecutorResult, Ideal, ScenarioResult } from '../../../schema/index.js';
import { amount, percent } from '../../format.js';
import { IDEAL_METHOD } from '../../words/methods.js';
import { throughputText } from '../figure.js';
import type { BarsView } from '../picture-types.js';
import { EXECUTOR_ROWS, executorColumn, left, right, tableOf } from '../table.js';
import { drawnExecutors, firstDrawn, seriesOf } from './series.js';

const LIMITS: Readonly<Record<Ideal['limitedBy'], string>> = {
  waiting: 'waiting',
  cpu: 'cores',
  libuv: "libuv's threads",
  blocking: 'threads that are held',
};

type Row = ExecutorResult & { readonly ideal: Ideal };

/** How much of what is possible was reached. */
export function idealBars(result: ScenarioResult): BarsView | null {
  const rows = drawnExecutors(result).filter((one): one is Row => one.ideal?.share != null);
  if (rows.length === 0) return null;
  const columns = [
    executorColumn('ideal', () => null),
    right<Row>('tasks/s', 1, throughputText),
    right<Row>('at most', 1, ({ ideal }) => amount(ideal.perSecond)),
    right<Row>('reached', 1, ({ ideal }) => percent(ideal.share)),
    left<Row>('the limit is', 1, ({ ideal }) => LIMITS[ideal.limitedBy]),
  ];
  const { drawn, method } = firstDrawn(rows, IDEAL_METHOD);
  return {
    title: 'Share of the ideal reached',
    method,
    table: tableOf(columns, rows, EXECUTOR_ROWS),
    quantity: 'share',
    mark: 1,
    bars: drawn.map(row => ({
      ...seriesOf(row),
      value: row.ideal.share!,
      interval: null,
      text: `${percent(row.ideal.share)}, ${LIMITS[row.ideal.limitedBy]}`,
    })),
  };
}
