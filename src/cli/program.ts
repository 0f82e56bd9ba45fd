import type { CommandUnknownOpts, Command as TypedCommand } from '@commander-js/extra-typings';
import { CommanderError, Command as PlainCommand } from 'commander';
import { messageOf, SystemFault, UsageError, WorkerLost } from '../errors.js';
import { reporters } from '../report/registry.js';
import { numberOrText } from '../settings/text.js';
import { systemFaultOf } from '../system-fault.js';
import { packageVersion } from '../version.js';
import type { CliDeps } from './deps.js';
import { EXAMPLES, NAME } from './examples.js';
import { settingFlags, TUNE_SETTINGS } from './flags.js';
import { widthOf } from './terminal.js';
import { usageErrorOf } from './usage.js';

type Command = TypedCommand;
/** Of the typed package its types alone: to load it takes `--help` a millisecond, and all it does is hand this out. */
const Command = PlainCommand as unknown as typeof TypedCommand;

const REPORTER_NAMES = reporters.map(({ name }) => name).join(', ');

const CONFIG = '--config <file>';
const CONFIG_HELP = 'Read this config, not the nearest threads-vs-loop.config.{ts,mts,mjs,js,json} upwards.';
const NO_CONFIG_HELP = 'Read no config.';
const NO_HTML_HELP = 'Write no page (latest.html) beside the results.';

/**
 * Runs a command line.
 *
 * @param argv without `node` and the script
 * @returns the exit code: 0 done, 1 a trial lost or a bug, 2 usage, 3 measurement invalid, 130 or 143 interrupted
 */
export async function runCli(argv: readonly string[], deps: CliDeps): Promise<number> {
  const exit = { code: 0 };
  try {
    await buildProgram({ ...deps, argv }, exit).parseAsync(argv, { from: 'user' });
    return exit.code;
  } catch (error) {
    return explain(error, deps);
  }
}

/** @param exit where a command leaves its exit code */
export function buildProgram(deps: CliDeps, exit: { code: number }): Command {
  const { stdout, stderr, env } = deps;
  const program = new Command(NAME)
    .description(
      'Gives identical work to an event loop and to worker threads, and says which wins, by how much, and why.',
    )
    .version(packageVersion(), '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print help.')
    .helpCommand('help [command]', 'Print help for a command.')
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: text => stdout.write(text),
      writeErr: text => stderr.write(text),
      getOutHelpWidth: () => widthOf(stdout, env),
      getErrHelpWidth: () => widthOf(stderr, env),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      // `explain` prints them.
      outputError: () => {},
    })
    .addHelpText('after', EXAMPLES.program);
  addRun(program, deps, exit);
  addTune(program, deps, exit);
  addList(program, deps);
  addReport(program, deps);
  addSelfcheck(program, deps, exit);
  addContract(program, deps, exit);
  addOrigin(program, deps);
  addInit(program, deps);
  for (const command of [program, ...program.commands]) throwUsageErrors(command);
  return program;
}

function addRun(program: Command, deps: CliDeps, exit: { code: number }): void {
  const run = program
    .command('run')
    .summary('Measure and compare.')
    .description(
      "Runs suites, scenarios or workloads and compares the executors. Without a target it runs the config's " +
        'scenarios or, without any, the default suite, about a minute. Lists of values make variants, measured side by side.',
    )
    .argument('[targets...]', 'Suites, scenarios, workloads, or paths of modules with one.');
  for (const { flag, help, repeatable } of settingFlags()) {
    if (repeatable) run.option(flag, help, collect);
    else run.option(flag, help);
  }
  run
    .option(
      '--reporter <names>',
      `Show the report as the first of these, keep the others beside the results: ${REPORTER_NAMES}.`,
      'terminal',
    )
    .option('--json <file>', 'Write the results to this file as well.')
    .option('--out <folder>', 'Keep results in this folder.', 'results')
    .option('--no-html', NO_HTML_HELP)
    .option('-q, --quiet', 'Show no progress, only the report.')
    .option('--print-plan', 'Measure nothing: show every setting in force and where it comes from.')
    .option(CONFIG, CONFIG_HELP)
    .option('--no-config', NO_CONFIG_HELP)
    .addHelpText('after', EXAMPLES.run)
    .action(async (targets, flags) => {
      const command = await import('./run.js');
      exit.code = await command.run(targets, flags, deps);
    });
}

function addTune(program: Command, deps: CliDeps, exit: { code: number }): void {
  const tune = program
    .command('tune')
    .summary('Find out how many: threads, and tasks in flight.')
    .description(
      'Searches executors, threads and tasks in flight for the smallest that no other beats, confirms it in fresh ' +
        'processes, and shows the code for it.',
    )
    .argument('[target]', 'A function (FILE or FILE#name), a workload or a scenario.');
  for (const { flag, help, repeatable } of settingFlags(TUNE_SETTINGS)) {
    if (repeatable) tune.option(flag, help, collect);
    else tune.option(flag, help);
  }
  tune
    .option(
      '-t, --threads <range>',
      'Search these, e.g. 1..32 or 2,4 (default: 1 to 4 × the cores, and beyond where it pays).',
    )
    .option(
      '-i, --in-flight <range>',
      'Search these for each worker, e.g. 1..256 (default: 1 to 256, and beyond where it pays).',
    )
    .option('--within <share>', 'Recommend the smallest that no other beats by more than this.', '3%')
    .option('--max-memory <size>', 'Leave out what takes more over a bare process, e.g. 200MB.')
    .option('--max-cores <count>', 'Leave out what keeps more cores busy, e.g. 1.5.')
    .option(
      '--keep-loop <limit>',
      'Leave out what lets the main loop be late by more, e.g. "late<5ms" (the mean).',
    )
    .option('-b, --budget <time>', 'Have the answer after this time, e.g. 3m.', '90s')
    .option(
      '--write <file>',
      'Search queue too, and write a module without dependencies that does what it does, e.g. pool.mjs.',
    )
    .option('--resume [file]', 'Go on with an interrupted tune (default: results/latest.json).')
    .option(
      '--reporter <names>',
      `Show the report as the first of these, keep the others: ${REPORTER_NAMES}.`,
      'terminal',
    )
    .option('--json <file>', 'Write the results to this file as well.')
    .option('--out <folder>', 'Keep results in this folder.', 'results')
    .option('--no-html', NO_HTML_HELP)
    .option('-q, --quiet', 'Show no progress, only the answer.')
    .option(CONFIG, CONFIG_HELP)
    .option('--no-config', NO_CONFIG_HELP)
    .addHelpText('after', EXAMPLES.tune)
    .action(async (target, flags) => {
      const command = await import('./tune.js');
      exit.code = await command.tune(target, flags, deps);
    });
}

function addList(program: Command, deps: CliDeps): void {
  program
    .command('list')
    .summary('Show executors, workloads, suites and the config.')
    .description('Shows what there is to run, with parameters, their limits and defaults.')
    .argument('[sections...]', 'executors, workloads, suites, config or reporters (default: all).')
    .option(CONFIG, CONFIG_HELP)
    .option('--no-config', NO_CONFIG_HELP)
    .addHelpText('after', EXAMPLES.list)
    .action(async (sections, flags) => {
      const { list } = await import('./list.js');
      await list(sections, flags, deps);
    });
}

function addReport(program: Command, deps: CliDeps): void {
  program
    .command('report')
    .summary('Render a saved run again.')
    .description('Renders a saved run again.')
    .argument('<file>', 'Results file, e.g. results/latest.json.')
    .option('-f, --format <name>', `Render as ${REPORTER_NAMES}.`, 'terminal')
    .addHelpText('after', EXAMPLES.report)
    .action(async (file, flags) => {
      const { report } = await import('./report.js');
      await report(file, flags, deps);
    });
}

function addSelfcheck(program: Command, deps: CliDeps, exit: { code: number }): void {
  program
    .command('selfcheck')
    .summary('Check what the figures of this machine are worth.')
    .description(
      'Measures what is known beforehand: executors against themselves, known slow-downs, bare timers, calibrated ' +
        'computing. Says how often it was wrong, and what difference this machine can resolve.',
    )
    .option('--quick', 'At most 6 minutes for all (default).')
    .option('--full', 'As long as it needs to prove rates of a few percent: more than an hour.')
    .option('-e, --executors <names>', 'Check these, e.g. limited,queue (default: all that are installed).')
    .option('--seed <number>', 'Repeat the random choices of another check.', numberOrText)
    .option('--json <file>', 'Write what was measured to this file.')
    .addHelpText('after', EXAMPLES.selfcheck)
    .action(async flags => {
      const { selfcheck } = await import('./selfcheck.js');
      exit.code = await selfcheck(flags, deps);
    });
}

function addContract(program: Command, deps: CliDeps, exit: { code: number }): void {
  program
    .command('contract')
    .summary('Check an executor of your own.')
    .description(
      'Runs what every executor has to keep: each task once, errors, time-outs, aborts, lost workers, loads, data of every kind.',
    )
    .argument('<executor>', 'Path of a module with one, or the name of a built-in one.')
    .addHelpText('after', EXAMPLES.contract)
    .action(async executor => {
      const { contract } = await import('./contract.js');
      exit.code = await contract(executor, deps);
    });
}

function addOrigin(program: Command, deps: CliDeps): void {
  program
    .command('origin')
    .summary('Serve the embedded HTTP server by itself.')
    .description('Serves the embedded HTTP server on loopback until Ctrl-C, and prints its URL.')
    .option('--port <number>', 'Listen on this port; 0 is any free one.', '0')
    .option('-p, --param <name=value>', 'Set what the http workload calls so; repeatable.', collect)
    .option('--seed <number>', 'Repeat the random choices of another run.', numberOrText)
    .addHelpText('after', EXAMPLES.origin)
    .action(async flags => {
      const { origin } = await import('./origin.js');
      await origin(flags, deps);
    });
}

function addInit(program: Command, deps: CliDeps): void {
  program
    .command('init')
    .summary('Write a first workload and a config into a project.')
    .description(
      'Writes a commented workload (bench/my-task.mjs, .ts where there is a tsconfig.json), a config and the script ' +
        'bench:threads in package.json. What is there is never overwritten.',
    )
    .argument('[folder]', 'Of the project, with its package.json.', '.')
    .option('--force', 'Replace the two files that it writes.')
    .addHelpText('after', EXAMPLES.init)
    .action(async (folder, flags) => {
      const { init } = await import('./init.js');
      init(folder, flags, deps);
    });
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** Help and version end with 0 and pass; everything else of commander's is a usage error of this command. */
function throwUsageErrors(command: CommandUnknownOpts): void {
  const name = command.parent === null ? NAME : `${NAME} ${command.name()}`;
  command.exitOverride(error => {
    throw error.exitCode === 0 || error.code === 'commander.help' ? error : usageErrorOf(error, name);
  });
}

/** Prints what went wrong. A stack is for those who look for it: only with DEBUG. */
function explain(error: unknown, { stderr, env }: CliDeps): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof UsageError || error instanceof WorkerLost || error instanceof SystemFault;
  const fault = known ? null : systemFaultOf(error);
  stderr.write(`error: ${messageOf(fault ?? error)}\n`);
  if (!known && fault === null)
    stderr.write(`This is a bug in ${NAME}. With DEBUG=1 it shows where: please report that.\n`);
  if (env.DEBUG && error instanceof Error && error.stack !== undefined) stderr.write(`${error.stack}\n`);
  return error instanceof UsageError ? 2 : 1;
}
