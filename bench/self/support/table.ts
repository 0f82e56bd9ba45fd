import { WITHOUT_COLOUR } from '../../../src/report/terminal/paint.js';
import { renderTable } from '../../../src/report/terminal/table.js';
import { type Column, NEVER_DROPPED, tableOf } from '../../../src/report/view/table.js';
import type { Finding, Verdict } from './check.js';
import { formatBound, formatValue } from './format.js';

export interface Judged extends Finding {
  readonly check: string;
  readonly verdict: Verdict;
}

const columns: readonly Column<Judged>[] = [
  { heading: 'measured', align: 'left', cell: ({ measured }) => measured, importance: NEVER_DROPPED },
  { heading: 'baseline', align: 'left', cell: ({ baseline }) => baseline, importance: 2 },
  {
    heading: 'value',
    align: 'right',
    cell: ({ value, unit }) => formatValue(value, unit),
    importance: NEVER_DROPPED,
  },
  {
    heading: 'bound',
    align: 'right',
    cell: ({ bound, unit }) => formatBound(bound, unit),
    importance: NEVER_DROPPED,
  },
  { heading: '', align: 'left', cell: ({ verdict }) => verdict, importance: NEVER_DROPPED },
  { heading: 'behind it', align: 'left', cell: ({ note }) => note, importance: 1 },
];

/** Lines of a table of all findings, at most `width` columns wide. */
export function renderFindings(findings: readonly Judged[], width: number): string[] {
  return renderTable(tableOf(columns, findings), width, WITHOUT_COLOUR);
}
