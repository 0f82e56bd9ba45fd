import { resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { executorNames } from '../executors/registry.js';
import { readEnvironment } from '../hosts/environment.js';
import { SystemLauncher } from '../hosts/system-launcher.js';
import { duration } from '../report/format.js';
import { checkableExecutors } from '../selfcheck/checkable.js';
import { evaluate, type Outcome } from '../selfcheck/evaluate.js';
import {
  countExperiments,
  type Experiment,
  LEVELS,
  type Level,
  planExperiments,
} from '../selfcheck/experiments.js';
import { estimateMs, runExperiments } from '../selfcheck/run.js';
import { selfCheckText } from '../selfcheck/text.js';
import { seedOf } from '../settings/settings.js';
import { splitList } from '../settings/text.js';
import { flagWording } from '../settings/wording.js';
import { requireKnown } from '../suggest.js';
import { packageVersion } from '../version.js';
import type { CliDeps } from './deps.js';
import { INTERRUPTED, listenForInterrupt } from './interrupt.js';
import { requireFile } from './output-folder.js';
import { type Output, widthOf } from './terminal.js';
import { writeWhole } from './write-whole.js';

export interface SelfCheckFlags {
  readonly quick?: boolean | undefined;
  readonly full?: boolean | undefined;
  readonly executors?: string | undefined;
  readonly seed?: number | string | undefined;
  readonly json?: string | undefined;
}

/** @returns the exit code: 0 all as promised, 1 something was not, 130 or 143 interrupted */
export async function selfcheck(flags: SelfCheckFlags, deps: CliDeps): Promise<number> {
  const { stdout, stderr, env, clock, cwd } = deps;
  const level = levelOf(flags);
  const executors = await executorsOf(flags, stderr);
  const seed = seedOf(flags.seed, flagWording);
  const jsonFile = flags.json === undefined ? undefined : resolve(cwd, flags.json);
  if (jsonFile !== undefined) requireFile(jsonFile);
  const experiments = await planExperiments(level, executors, seed);
  stderr.write(announcement(level, executors));

  using interrupt = listenForInterrupt(deps, () => stderr.write(INTERRUPTED));
  const startedAt = clock.date().toISOString();
  await using launcher = deps.launcher ?? new SystemLauncher();
  const stopAll = () => void launcher[Symbol.asyncDispose]();
  interrupt.signal.addEventListener('abort', stopAll);
  const outcomes = await runExperiments(level, experiments, {
    launcher,
    clock,
    signal: interrupt.signal,
    seed,
    onExperiment: (experiment, number, leftMs) =>
      stderr.write(`${progressLine(experiment, number, experiments.length, leftMs)}\n`),
  });
  const interrupted = interrupt.signal.aborted;
  const check = evaluate(outcomes);
  const head = `threads-vs-loop selfcheck   Node ${process.versions.node} · ${level.name} · seed ${seed}`;
  const stopped = interrupted ? 'Interrupted: what was finished is shown.\n' : '';
  stdout.write(`${head}\n${stopped}${selfCheckText(check, widthOf(stdout, env))}`);
  if (jsonFile !== undefined) {
    const saved = {
      generator: `threads-vs-loop ${packageVersion()}`,
      level: level.name,
      seed,
      startedAt,
      check,
      interrupted,
      environment: { ...readEnvironment(), stealShare: null, cpuIterationsPerMs: null },
      experiments: outcomes.map(savedOutcome),
    };
    writeWhole(jsonFile, `${JSON.stringify(saved, null, 1)}\n`);
  }
  if (interrupted) return interrupt.exitCode;
  return check.failures.length === 0 && outcomes.length > 0 ? 0 : 1;
}

function levelOf({ quick, full }: SelfCheckFlags): Level {
  if (quick === true && full === true)
    throw new UsageError('selfcheck', 'one level', '--quick and --full', 'Leave one of them out.');
  return full === true ? LEVELS.full : LEVELS.quick;
}

/** Without a flag all that can be checked here: a package that is optional is no reason to check nothing. */
async function executorsOf({ executors }: SelfCheckFlags, stderr: Output): Promise<readonly string[]> {
  if (executors !== undefined) {
    const asked = splitList(executors);
    requireKnown('--executors', asked, executorNames, 'Leave it out.');
    return [...new Set(asked)];
  }
  const { names, without } = await checkableExecutors();
  for (const { name, needsPackage } of without)
    stderr.write(
      `${name} is left out: its optional package is not installed (npm install ${needsPackage})\n`,
    );
  return names;
}

/** Both levels with what they take, before anything is measured. */
function announcement(level: Level, executors: readonly string[]): string {
  const text = (one: Level) => {
    const experiments = countExperiments(one, executors);
    return `${experiments} experiments, at most ${duration(estimateMs(one, experiments))} (${one.budgetMs / 1_000} s each)`;
  };
  const other = level === LEVELS.quick ? LEVELS.full : LEVELS.quick;
  return `${level.name}: ${text(level)}; --${other.name}: ${text(other)}\n`;
}

function progressLine({ known, executor }: Experiment, number: number, of: number, leftMs: number): string {
  const what = {
    same: 'against itself',
    slower: known.kind === 'slower' ? `against itself ${known.share * 100} % slower` : '',
    timers: 'against bare timers',
    computing: 'computing, calibrated',
  }[known.kind];
  return `  ${number}/${of} ${executor} ${what} · about ${duration(leftMs)} left`;
}

/** Everything that the findings were made of, but for the raw trials. */
function savedOutcome({ known, executor, result }: Outcome): object {
  const { validity, stoppedBy, elapsedMs, alone, comparisons } = result;
  return { known, executor, validity, stoppedBy, elapsedMs, alone, comparisons };
}
