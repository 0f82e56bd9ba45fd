import type { Distribution, ExecutorResult, MeasuredTrial, ScenarioResult } from '../../../schema/index.js';
import { duration } from '../../format.js';
import { TASK_TIME_METHOD } from '../../words/methods.js';
import type { StacksView } from '../picture-types.js';
import { EXECUTOR_ROWS, executorColumn, right, tableOf } from '../table.js';
import { drawnExecutors, firstDrawn, seriesOf } from './series.js';

const TIME_PARTS = ['wait', 'service', 'delivery'] as const;

interface Row {
  readonly executor: ExecutorResult;
  readonly values: readonly number[];
}

/** Where the time of a task goes. Means: of percentiles there is no sum. */
export function taskTimeStacks(result: ScenarioResult): StacksView | null {
  const rows = drawnExecutors(result).flatMap((executor): Row[] => {
    const { waitMs, serviceMs } = executor;
    const values = [waitMs.mean, serviceMs.mean, meanDeliveryMs(executor)];
    return values.every(value => value !== null) ? [{ executor, values }] : [];
  });
  if (rows.length === 0) return null;
  const name = executorColumn('mean task', () => null);
  const columns = [
    { ...name, cell: ({ executor }: Row) => name.cell(executor), tone: () => null },
    ...TIME_PARTS.map((part, at) => right<Row>(part, 1, ({ values }) => duration(values[at]!))),
  ];
  const { drawn, method } = firstDrawn(rows, TASK_TIME_METHOD);
  return {
    title: 'Where the time of a task goes',
    method,
    table: tableOf(columns, rows, { executor: ({ executor }) => EXECUTOR_ROWS.executor(executor) }),
    quantity: 'share',
    parts: TIME_PARTS,
    stacks: drawn.map(({ executor, values }) => ({
      ...seriesOf(executor),
      values: sharesOf(values),
      text: values.map(value => duration(value)).join(' + '),
    })),
  };
}

/** Of the whole: who takes longest would leave no room to see what others' time is made of. */
function sharesOf(values: readonly number[]): number[] {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map(value => (sum > 0 ? value / sum : 0));
}

/** Over the trials that count; null where none of them has one. */
function meanDeliveryMs({ trials, coldOnly }: ExecutorResult): number | null {
  const times = trials.flatMap(trial =>
    trial.state === 'measured' && counts(trial, coldOnly) ? [trial.deliveryMs] : [],
  );
  const known = times.filter((one): one is Distribution & { readonly mean: number } => one.mean !== null);
  const tasks = known.reduce((sum, one) => sum + one.count, 0);
  return tasks === 0 ? null : known.reduce((sum, one) => sum + one.mean * one.count, 0) / tasks;
}

function counts({ cold, faults }: MeasuredTrial, coldOnly: boolean): boolean {
  return cold === coldOnly && faults.length === 0;
}
