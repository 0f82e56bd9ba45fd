import { freemem } from 'node:os';
import { readMachine } from '../hosts/environment.js';
import type { LoadedConfig } from '../plan/config-file.js';
import { settingsInForce } from '../plan/in-force.js';
import type { PlanAndDrafts } from '../plan/plan.js';
import { leftOutOf } from '../report/words/tune-surety.js';
import type { TunePoint } from '../schema/index.js';
import { hiderOf } from '../secrets.js';
import { type TuneRanges, threadsWithin, tuneSpace } from '../tune/space.js';
import type { CliDeps } from './deps.js';
import { TUNE_DEFAULTS, TUNE_SETTINGS } from './flags.js';
import { type Cells, layoutOf, planHead, printBlocks, settingsTable, tableOf } from './print-plan.js';
import type { TuneFlags } from './tune-flags.js';

export interface TunePlanSources {
  readonly config: LoadedConfig | null;
  readonly flags: TuneFlags;
  readonly ranges: TuneRanges;
}

/** What a tune would do: the settings in force, what it would search, and for how long. */
export function printTunePlan(
  made: PlanAndDrafts,
  { config, flags, ranges }: TunePlanSources,
  deps: Pick<CliDeps, 'stdout' | 'env' | 'launcher'>,
): void {
  const machine = deps.launcher?.machine.facts() ?? readMachine();
  const { points } = tuneSpace({
    scenario: made.plan.scenarios[0]!,
    ranges,
    // What a task does, and so what it rules out, is measured first.
    alone: null,
    machine,
    mostThreads: threadsWithin(freemem()),
  });
  const layout = layoutOf(deps);
  const tables = hiderOf(made.plan)(settingsInForce(made)).map(one =>
    settingsTable({ ...one, settings: one.settings.filter(({ field }) => isItsOwn(field)) }, layout),
  );
  const search = [layout.paint.strong('SEARCH'), ...tableOf(searchRows(points, flags), layout)];
  printBlocks([planHead(made, config), ...tables, search], deps);
}

/** What is searched is said below, and how much is measured is for the search to decide. */
function isItsOwn(field: string): boolean {
  return field !== 'executors' && TUNE_SETTINGS.includes(field);
}

function searchRows(points: readonly TunePoint[], flags: TuneFlags): Cells[] {
  const first = points.filter(({ tier }) => tier === 0);
  const [threads, loops] = [first.filter(isThreads), first.filter(one => !isThreads(one))];
  const beyond = points.length - first.length;
  const more = beyond === 0 ? '' : `, ${beyond} more where the best lies on their edge`;
  const rows: readonly Cells[] = [
    ['executors', distinct(first, one => one.executor), sourceOf(flags, 'executors', 'executor')],
    ['left out', leftOutOf(points).join(', '), 'flag --executors adds them (queue: --write)'],
    ['threads', distinct(threads, one => one.workers), sourceOf(flags, 'threads')],
    ['inFlight of a thread', distinct(threads, one => one.inFlightPerWorker), sourceOf(flags, 'inFlight')],
    ['inFlight of the loop', distinct(loops, one => one.inFlightPerWorker), sourceOf(flags, 'inFlight')],
    ['points', `${first.length} less those that a task's ideal rules out${more}`, 'all of these'],
    ['within', flags.within, sourceOf(flags, 'within')],
    ['maxMemory', flags.maxMemory ?? '', 'flag --max-memory'],
    ['maxCores', flags.maxCores ?? '', 'flag --max-cores'],
    ['keepLoop', flags.keepLoop ?? '', 'flag --keep-loop'],
    ['budget', flags.budget, sourceOf(flags, 'budget')],
  ];
  // What was not asked for, and limits of what nobody searches.
  return rows.filter(([, value]) => value !== '');
}

function isThreads({ workers }: TunePoint): boolean {
  return workers > 0;
}

/** In their order. */
function distinct(points: readonly TunePoint[], value: (point: TunePoint) => string | number): string {
  const values = [...new Set(points.map(value))];
  return values.sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0)).join(', ');
}

/** Those of the command line that have a value without being given. */
const DEFAULTS: Readonly<Record<string, string>> = TUNE_DEFAULTS;

function sourceOf(flags: TuneFlags, ...names: readonly string[]): string {
  const given = names.find(name => flags[name] !== undefined && flags[name] !== DEFAULTS[name]);
  return given === undefined ? 'built-in default' : flagOf(given);
}

function flagOf(name: string): string {
  return `flag --${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
