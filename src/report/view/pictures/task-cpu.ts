import type { ExecutorResult, ScenarioResult } from '../../../schema/index.js';
import { duration } from '../../format.js';
import { TASK_CPU_METHOD } from '../../words/methods.js';
import type { StacksView } from '../picture-types.js';
import { EXECUTOR_ROWS, executorColumn, right, tableOf } from '../table.js';
import { drawnExecutors, firstDrawn, seriesOf } from './series.js';

const CPU_PARTS = ['a task alone', 'beyond that'] as const;

/** Where CPU time goes, as far as that is known: what a task takes alone, and what running many of them adds. */
export function taskCpuStacks(result: ScenarioResult): StacksView | null {
  const rows = drawnExecutors(result).filter(
    executor => executor.cpuMsPerTask !== null && aloneCpuMs(result, executor) !== null,
  );
  if (rows.length === 0) return null;
  const partsOf = (row: ExecutorResult) => {
    const [total, alone] = [row.cpuMsPerTask!, aloneCpuMs(result, row)!];
    return [Math.min(total, alone), Math.max(0, total - alone)] as const;
  };
  const columns = [
    executorColumn('CPU time', () => null),
    right<ExecutorResult>('of a task', 1, row => duration(row.cpuMsPerTask)),
    right<ExecutorResult>(CPU_PARTS[0], 1, row => duration(aloneCpuMs(result, row))),
    right<ExecutorResult>(CPU_PARTS[1], 1, row => duration(partsOf(row)[1])),
  ];
  const { drawn, method } = firstDrawn(rows, TASK_CPU_METHOD);
  return {
    title: 'Where CPU time goes, for each task',
    method,
    table: tableOf(columns, rows, EXECUTOR_ROWS),
    quantity: 'durationMs',
    parts: CPU_PARTS,
    stacks: drawn.map(row => ({
      ...seriesOf(row),
      values: partsOf(row),
      text: duration(row.cpuMsPerTask),
    })),
  };
}

/** Of what the executor ran: versions and values have their own. */
function aloneCpuMs({ alone, alternatives }: ScenarioResult, { variant }: ExecutorResult): number | null {
  const own = alternatives.find(({ name }) => name === variant.alternative?.name);
  return (own?.alone ?? alone)?.cpuMs ?? null;
}
