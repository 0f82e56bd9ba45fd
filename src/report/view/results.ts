import type { ExecutorResult, ScenarioResult, Trace, TracedTask } from '../../schema/index.js';
import { duration } from '../format.js';
import { isPool } from '../pairs.js';
import { failureText } from '../words/failures.js';
import { familyOf, nameOf, plainNameOf, workerName, workersOf } from '../words/labels.js';
import { left, NEVER_DROPPED, right, tableOf } from './table.js';
import type { NoteView, ResultsView } from './types.js';

interface Row {
  readonly executor: ExecutorResult;
  readonly trace: Trace;
}

const SHOWN = 7;
const MOST_LISTED = 8;

/** Null where no trial was traced. */
export function resultsOf(result: ScenarioResult): ResultsView | null {
  const rows = result.executors.flatMap(executor =>
    executor.trace === null || executor.trace.tasks < 2 ? [] : [{ executor, trace: executor.trace }],
  );
  const [first] = rows;
  if (first === undefined) return null;
  const columns = [
    left('results', NEVER_DROPPED, ({ executor }: Row) => plainNameOf(executor)),
    right('first', 8, ({ executor }: Row) => duration(executor.firstResultMs)),
    right('last', 9, ({ executor }: Row) => duration(executor.lastResultMs)),
    left('came in the order', 10, ({ trace }: Row) => numbers(trace.arrived, trace.tasks)),
    left('ran on', 6, ({ executor, trace }: Row) => ranOn(executor, trace)),
  ];
  return {
    table: tableOf(columns, rows, { executor: ({ executor: { variant } }) => variant.name }),
    remark: rows.some(({ trace }) => isOutOfOrder(trace)) ? KEPT : null,
    workers: rows.flatMap(whoRanWhat),
    listing: listingOf(first),
  };
}

const KEPT = 'Whatever came first, results are kept in the order of the tasks: 1, 2, 3, …';

function isOutOfOrder({ arrived }: Trace): boolean {
  return arrived.some((index, at) => at > 0 && index < arrived[at - 1]!);
}

/** `3, 1, 2`, `3, 1, 2, …`: task numbers as people count them. */
function numbers(indexes: readonly number[], tasks: number): string {
  const shown = indexes.slice(0, SHOWN).map(index => String(index + 1));
  return [...shown, ...(tasks > shown.length ? ['…'] : [])].join(', ');
}

/** `the main thread`, `8 processes`. */
function ranOn({ variant }: ExecutorResult, { tracks }: Trace): string {
  return variant.capabilities.workers ? workersOf({ ...variant, threads: tracks.length }) : 'the main thread';
}

/** Who ran which task, where there are few of both. */
function whoRanWhat({ executor, trace }: Row): NoteView[] {
  const { tracks, first, tasks } = trace;
  if (!isPool(executor) || first.length < tasks || tracks.length > MOST_LISTED) return [];
  const each = tracks.map(({ worker }) => {
    const numbers = first.filter(task => task.worker === worker).map(({ index }) => index + 1);
    return `${workerName(familyOf(executor.variant), worker)} ran ${numbers.join(' ')}`;
  });
  return [{ label: plainNameOf(executor), text: each.join('; '), tone: null }];
}

/** What each task of a few had to say, in the order of the tasks: results are kept so, in whatever order they came. */
function listingOf({ executor, trace: { tasks, first } }: Row): ResultsView['listing'] {
  if (tasks > MOST_LISTED || first.length === 0 || !first.every(isLine)) return null;
  return { title: `what ${nameOf(executor)} kept, in the order of the tasks:`, lines: first.map(lineOf) };
}

/** Results that are texts of their own say something; numbers and objects are looked up in the results file. */
function isLine({ outcome, says }: TracedTask): boolean {
  return outcome !== 'completed' || / - /.test(failureText(says));
}

function lineOf({ index, outcome, says }: TracedTask): string {
  return `${index + 1}  ${outcome === 'completed' ? '' : 'Error: '}${failureText(says)}`;
}
