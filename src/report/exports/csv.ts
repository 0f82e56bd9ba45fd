import type { Report } from '../../schema/index.js';
import { harmlessData } from '../text.js';
import { type Cell, TRIAL_COLUMNS } from './csv-columns.js';
import { digits } from './digits.js';

/** A row for each trial, cold and lost ones too, as RFC 4180 has it: a header, CRLF, quotes doubled within quotes. */
export function renderCsv(untrusted: Report): string {
  const { scenarios } = harmlessData(untrusted);
  const rows = scenarios.flatMap(result =>
    result.executors.flatMap(executor => executor.trials.map(trial => ({ result, executor, trial }))),
  );
  const lines = [
    TRIAL_COLUMNS.map(({ name }) => name),
    ...rows.map(row => TRIAL_COLUMNS.map(({ cell }) => cellText(cell(row)))),
  ];
  return lines.map(cells => `${cells.join(',')}\r\n`).join('');
}

/** What spreadsheets take for a formula, wide forms too; an apostrophe as well, so that the one put before can be told. */
const FORMULA = /^\s*['=+\-@＝＋－＠]/;
/** Semicolons too: some spreadsheets part cells by them. */
const QUOTED = /[",;\r\n]|^\s|\s$/;

function cellText(cell: Cell): string {
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell !== 'string') return digits(cell) ?? '';
  const inert = FORMULA.test(cell) ? `'${cell}` : cell;
  return QUOTED.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
