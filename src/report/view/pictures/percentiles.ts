import type { Distribution, ExecutorResult, ScenarioResult } from '../../../schema/index.js';
import { count, duration } from '../../format.js';
import { isOverloaded } from '../../pairs.js';
import { loadOf } from '../../words/load.js';
import { PERCENTILE_METHOD } from '../../words/methods.js';
import { percentileCell } from '../executor-table.js';
import type { CurvesView } from '../picture-types.js';
import { EXECUTOR_ROWS, executorColumn, right, tableOf } from '../table.js';
import { withQuantiles } from './quantiles.js';
import { drawnExecutors, firstDrawn, seriesOf } from './series.js';

const SHARES = { p50: 0.5, p90: 0.9, p99: 0.99, p999: 0.999 } as const;
type Name = keyof typeof SHARES;
const NAMES: readonly Name[] = ['p50', 'p90', 'p99', 'p999'];
const HEADINGS: Readonly<Record<Name, string>> = { p50: 'p50', p90: 'p90', p99: 'p99', p999: 'p99.9' };

/** How long tasks ran; where tasks come by themselves, how long they took from when they were due. */
export function percentileCurves(result: ScenarioResult): CurvesView | null {
  const isLatency = loadOf(result.scenario).compares === 'latency';
  const timesOf = ({ latencyMs, serviceMs }: ExecutorResult) => (isLatency ? latencyMs : serviceMs);
  const rows = drawnExecutors(result).filter(one => !isOverloaded(one) && timesOf(one).p50 !== null);
  const { drawn, method } = firstDrawn(rows, PERCENTILE_METHOD);
  const curves = drawn.map(executor => {
    const named = NAMES.flatMap(name => {
      const valueMs = knownTime(timesOf(executor), name);
      return valueMs === null ? [] : [{ share: SHARES[name], valueMs, isNamed: true }];
    });
    const { histogram } = executor;
    const isOfThese = histogram?.of === (isLatency ? 'latency' : 'service') && named.length > 0;
    return {
      ...seriesOf(executor),
      points: isOfThese ? withQuantiles(named, histogram, timesOf(executor)) : named,
    };
  });
  if (!curves.some(({ points }) => points.length > 1)) return null;
  const columns = [
    executorColumn(isLatency ? 'latency' : 'service', () => null),
    right<ExecutorResult>('least', 1, row => duration(timesOf(row).min)),
    ...NAMES.map(name => right<ExecutorResult>(HEADINGS[name], 1, row => percentileCell(timesOf(row), name))),
    right<ExecutorResult>('most', 1, row => duration(timesOf(row).max)),
    right<ExecutorResult>('tasks', 1, row => count(timesOf(row).count)),
  ];
  return {
    title: isLatency ? 'Latency, from when a task was due' : 'Service: how long tasks ran',
    method,
    curves,
    table: tableOf(columns, rows, EXECUTOR_ROWS),
  };
}

/** Null where it falls among failed tasks, which have no time. */
function knownTime(times: Distribution, name: Name): number | null {
  return percentileCell(times, name) === 'failed' ? null : times[name];
}
