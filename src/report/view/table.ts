import type { ExecutorResult } from '../../schema/index.js';
import { truncate } from '../text.js';
import { type ExecutorFamily, familyOf, labelOf } from '../words/labels.js';
import type { ColumnView, TableView, Tone } from './types.js';

export const NEVER_DROPPED = Number.POSITIVE_INFINITY;
const LONGEST_LABEL = 32;

/** A column, and what it has of each row. */
export interface Column<Row> extends ColumnView {
  cell(row: Row): string;
  tone?(row: Row): Tone | null;
}

interface RowTraits<Row> {
  family(row: Row): ExecutorFamily;
  /** Its name. */
  executor(row: Row): string;
  readonly bars?: { readonly before: Column<Row>; share(row: Row): number };
}

/** Of rows that are executors. */
export const EXECUTOR_ROWS = {
  family: ({ variant }: ExecutorResult) => familyOf(variant),
  executor: ({ variant }: ExecutorResult) => variant.name,
} as const;

export function tableOf<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { family, executor, bars }: Partial<RowTraits<Row>> = {},
): TableView {
  return {
    columns: columns.map(({ cell: _cell, tone: _tone, ...column }) => column),
    rows: rows.map(row => ({
      family: family?.(row) ?? null,
      executor: executor?.(row) ?? null,
      bar: bars?.share(row) ?? null,
      cells: columns.map(column => ({ text: column.cell(row), tone: column.tone?.(row) ?? null })),
    })),
    barsBefore: bars === undefined ? null : columns.indexOf(bars.before),
  };
}

export function left<Row>(heading: string, importance: number, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'left', importance, cell };
}

export function right<Row>(heading: string, importance: number, cell: (row: Row) => string): Column<Row> {
  return { heading, align: 'right', importance, cell };
}

/** The first column of a table whose rows are executors. */
export function executorColumn(
  heading: string,
  tone: (executor: ExecutorResult) => Tone | null,
): Column<ExecutorResult> {
  const name = left<ExecutorResult>(heading, NEVER_DROPPED, row => truncate(labelOf(row), LONGEST_LABEL));
  return { ...name, tone, isName: true };
}
