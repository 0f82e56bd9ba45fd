import type { ExecutorResult, ScenarioResult } from '../../../schema/index.js';
import { isInvalid, isMeasured } from '../../pairs.js';
import { truncate } from '../../text.js';
import { labelOf } from '../../words/labels.js';
import { rowsOf } from '../executor-table.js';

const LONGEST_LABEL = 40;
/** More than that many bars or lines nobody compares. */
const MOST_DRAWN = 12;

/** As it is called beside a bar or a line. */
export function seriesOf(executor: ExecutorResult) {
  return { label: truncate(labelOf(executor), LONGEST_LABEL), executor: executor.variant.name };
}

/** The first of them, and what to say where there are more. */
export function firstDrawn<Row>(rows: readonly Row[], method: string) {
  const text = `${method} The first ${MOST_DRAWN} of ${rows.length} are drawn, in the order of the table.`;
  return rows.length <= MOST_DRAWN
    ? { drawn: rows, method }
    : { drawn: rows.slice(0, MOST_DRAWN), method: text };
}

/** Executors whose figures may be believed, in the order of the table. */
export function drawnExecutors(result: ScenarioResult): readonly ExecutorResult[] {
  return rowsOf(result).filter(executor => isMeasured(executor) && !isInvalid(executor));
}
