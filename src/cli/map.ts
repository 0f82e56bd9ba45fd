import { relative, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { SystemLauncher } from '../hosts/system-launcher.js';
import { type MapEvent, measureMap } from '../map/map.js';
import { makePlan } from '../plan/plan.js';
import type { Plan, Report } from '../schema/index.js';
import { DEFAULTS } from '../settings/defaults.js';
import { splitList } from '../settings/text.js';
import { flagWording } from '../settings/wording.js';
import type { CliDeps } from './deps.js';
import { readRunFlags } from './flags.js';
import { INTERRUPTED, listenForInterrupt } from './interrupt.js';
import { commandLineOf } from './invocation.js';
import { LATEST_MAP, resumedCells, taskOfFile } from './map-file.js';
import { computingOf, type MapFlags, waitsOf } from './map-flags.js';
import { mapProgress } from './map-progress.js';
import { type OutputFolder, openOutputFolder } from './output-folder.js';
import { savePage } from './page.js';
import { besidesPage, keep, namedReporters, printMeasured } from './reporters.js';
import { budgetOf } from './tune-flags.js';

const NAME = 'map';
const WORKLOAD = 'wait-compute';
const DEFAULT_LOOP = 'limited';
const DEFAULT_THREADS = 'queue';
/** Replaced by what a cell takes. */
const PLACEHOLDER_TRIAL_MS = 300;

/** @returns the exit code */
export async function map(flags: MapFlags, deps: CliDeps): Promise<number> {
  const { cwd, env, script = '', argv = [NAME], stderr } = deps;
  const [shown, ...others] = await namedReporters('--reporter', flags.reporter, deps);
  const command = commandLineOf(argv, { env, script, cwd });
  const waitsMs = waitsOf(flags.waits);
  const cpusMs = computingOf(flags.computing);
  const plan = await planOf(waitsMs, cpusMs[0]!, flags, deps);
  const budgetMs = budgetOf(flags.budget, '180s');
  const task = flags.task === undefined ? null : await taskOfFile(flags.task, cwd);
  const file = flags.resume === true ? `${flags.out}/${LATEST_MAP}.json` : flags.resume;
  const known = typeof file === 'string' ? await resumedCells({ flag: '--resume', file, cwd }, plan) : [];
  const jsonFile = flags.json === undefined ? undefined : resolve(cwd, flags.json);
  const folder = openOutputFolder(resolve(cwd, flags.out), jsonFile, LATEST_MAP);
  const quiet = flags.quiet === true;
  using interrupt = listenForInterrupt(deps, () => stderr.write(INTERRUPTED));
  const { signal } = interrupt;
  await using launcher = deps.launcher ?? new SystemLauncher();
  const stop = () => void launcher[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop);
  if (known.length > 0 && !quiet)
    stderr.write(`Going on from ${file}: ${known.length} cells are kept, with a budget of their own.\n`);
  const request = { plan, waitsMs, cpusMs, budgetMs, known, task };
  const events = measureMap(request, { signal, clock: deps.clock, launcher, command });
  const report = await follow(events, folder, quiet ? () => {} : mapProgress(deps, budgetMs));
  signal.removeEventListener('abort', stop);
  const isWhole = (report.map?.cells.length ?? 0) > 0;
  try {
    const dated = relative(cwd, folder.save(report, isWhole));
    if (!quiet) stderr.write(`Saved as ${dated}\n`);
    if (isWhole) {
      await savePage(report, folder, flags, deps);
      await keep(besidesPage(others, flags), report, { folder, quiet }, deps);
    }
  } finally {
    printMeasured(shown, report, deps);
  }
  if (report.interrupted) return interrupt.exitCode;
  return hasRatio(report) ? 0 : 3;
}

async function follow(
  events: AsyncIterable<MapEvent>,
  folder: OutputFolder,
  say: (event: MapEvent) => void,
): Promise<Report> {
  for await (const event of events) {
    say(event);
    if (event.type === 'measured') folder.savePartial(event.report);
    if (event.type === 'done') return event.report;
  }
  throw new Error('a map ended without its report');
}

/** Whether anything was measured that counts. */
function hasRatio({ map: made }: Report): boolean {
  return made!.cells.some(({ forks }) =>
    forks.some(({ loop, threads }) => [loop, threads].every(logs => logs.some(log => log !== null))),
  );
}

/** A scenario for each wait. */
async function planOf(
  waitsMs: readonly number[],
  cpuMs: number,
  flags: MapFlags,
  { cwd, catalogue }: CliDeps,
): Promise<Plan> {
  const { executors: _executors, budget: _budget, task: _task, ...settings } = flags;
  const plan = await makePlan(
    {
      // As in a run: with fewer a loop is busy, and threads pay, only from more computing on.
      inFlight: DEFAULTS.inFlight,
      ...readRunFlags(settings),
      executors: executorsOf(flags.executors),
      durationMs: PLACEHOLDER_TRIAL_MS,
      scenarios: waitsMs.map(waitMs => ({
        name: `wait ${waitMs} ms`,
        workload: WORKLOAD,
        params: { waitMs, cpuMs },
      })),
    },
    { wording: flagWording, baseDir: cwd, ...(catalogue === undefined ? {} : { catalogue }) },
  );
  requirePair(plan, flags.executors ?? '');
  return { ...plan, suite: NAME };
}

/** One that is named has the usual other beside it. */
function executorsOf(given: string | undefined): readonly string[] {
  if (given === undefined) return [DEFAULT_LOOP, DEFAULT_THREADS];
  const names = splitList(given);
  return names.length === 1 && names[0] !== DEFAULT_LOOP ? [DEFAULT_LOOP, ...names] : names;
}

function requirePair({ scenarios }: Plan, got: string): void {
  const kinds = scenarios[0]!.executors.map(({ capabilities }) => capabilities.workers);
  if (kinds.length === 2 && kinds.includes(true) && kinds.includes(false)) return;
  const expected =
    'one loop and one executor with workers, such as limited,piscina, with one value of each setting';
  const is = got === '' ? `${kinds.length} executors` : got;
  throw new UsageError('--executors', expected, is, 'Leave it out for limited,queue.');
}
