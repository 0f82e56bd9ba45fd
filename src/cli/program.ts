import type { CommandUnknownOpts, Command as TypedCommand } from '@commander-js/extra-typings';
import { Command as PlainCommand } from 'commander';
import { canCompare, folderForms, reporters } from '../report/registry.js';
import { packageVersion } from '../version.js';
import { addContract, addOrigin, addSelfcheck, addWorker } from './check-commands.js';
import { addFlags, collect } from './command.js';
import type { CliDeps } from './deps.js';
import { EXAMPLES, NAME } from './examples.js';
import { explain } from './explain.js';
import { MAP_SETTINGS, settingFlags, TUNE_DEFAULTS, TUNE_SETTINGS, URL_FLAGS } from './flags.js';
import { USUAL_COMPUTING, USUAL_WAITS } from './map-flags.js';
import { widthOf } from './terminal.js';
import { usageErrorOf } from './usage.js';

type Command = TypedCommand;
/** Of the typed package its types alone: to load it takes `--help` a millisecond, and all it does is hand this out. */
const Command = PlainCommand as unknown as typeof TypedCommand;

const REPORTER_NAMES = reporters.map(({ name }) => name).join(', ');
const FORMAT_NAMES = [...reporters, ...folderForms].map(({ name }) => name).join(', ');

const COMPARER_NAMES = reporters
  .filter(canCompare)
  .map(({ name }) => name)
  .join(', ');
const FAIL_ON = '--fail-on <bounds>';
const ASSERT = '--assert <predicate>';
const ASSERT_HELP =
  'Fail unless the ratio of two executors is so, by its whole interval, e.g. "queue/limited ratio>1.5"; repeatable.';

const CONFIG = '--config <file>';
const CONFIG_HELP = 'Read this config, not the nearest threads-vs-loop.config.{ts,mts,mjs,js,json} upwards.';
const NO_CONFIG_HELP = 'Read no config.';
const NO_HTML_HELP = 'Write no page (latest.html) beside the results.';

/**
 * Runs a command line.
 *
 * @param argv without `node` and the script
 * @returns the exit code: 0 done, 1 a trial lost, a gate failed or a bug, 2 usage, 3 measurement invalid, 4 a gate
 *   undecided, 130 or 143 interrupted
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
  addMap(program, deps, exit);
  addList(program, deps);
  addReport(program, deps, exit);
  addCompare(program, deps, exit);
  addSelfcheck(program, deps, exit);
  addContract(program, deps, exit);
  addOrigin(program, deps, exit);
  addUi(program, deps, exit);
  addWorker(program, deps, exit);
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
  addFlags(run, [...URL_FLAGS, ...settingFlags()]);
  run
    .option(
      '--reporter <names>',
      `Show the report as the first of these, keep the others beside the results: ${REPORTER_NAMES}.`,
      'terminal',
    )
    .option('--json <file>', 'Write the results to this file as well.')
    .option('--out <folder>', 'Keep results in this folder.', 'results')
    .option(
      '--save-baseline <name>',
      'Keep the results as baselines/NAME.json in that folder, for --baseline-run.',
    )
    .option(
      '--baseline-run <run>',
      'Say what changed since a run: last, a NAME that was kept, or a file of results.',
    )
    .option(
      FAIL_ON,
      'Fail where an executor lost more since that run or the first version, or misses its objective: "slower>5%, slo".',
    )
    .option(ASSERT, ASSERT_HELP, collect)
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
  addFlags(tune, [...URL_FLAGS, ...settingFlags(TUNE_SETTINGS)]);
  tune
    .option(
      '-t, --threads <range>',
      'Search these, e.g. 1..32 or 2,4 (default: 1 to 4 × the cores, and beyond where it pays).',
    )
    .option(
      '-i, --in-flight <range>',
      'Search these for each worker, e.g. 1..256 (default: 1 to 256, and beyond where it pays).',
    )
    .option(
      '--within <share>',
      'Recommend the smallest that no other beats by more than this.',
      TUNE_DEFAULTS.within,
    )
    .option('--max-memory <size>', 'Leave out what takes more over a bare process, e.g. 200MB.')
    .option('--max-cores <count>', 'Leave out what keeps more cores busy, e.g. 1.5.')
    .option(
      '--keep-loop <limit>',
      'Leave out what lets the main loop be late by more, e.g. "late<5ms" (the mean).',
    )
    .option('-b, --budget <time>', 'Have the answer after this time, e.g. 3m.', TUNE_DEFAULTS.budget)
    .option(
      '--write <file>',
      'Search queue too, and write a module without dependencies that does what it does, e.g. pool.mjs.',
    )
    .option(
      '--map <file>',
      'Show the task on this map (default: results/latest-map.json, where it holds here).',
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
    .option('--print-plan', 'Measure nothing: show what would be searched, and every setting in force.')
    .option(CONFIG, CONFIG_HELP)
    .option('--no-config', NO_CONFIG_HELP)
    .addHelpText('after', EXAMPLES.tune)
    .action(async (target, flags) => {
      const command = await import('./tune.js');
      exit.code = await command.tune(target, flags, deps);
    });
}

function addMap(program: Command, deps: CliDeps, exit: { code: number }): void {
  const map = program
    .command('map')
    .summary('Find out where threads pay: from how much computing on.')
    .description(
      'Measures tasks that wait and compute, and draws where threads do more than a loop: from how much computing on, ' +
        'for each time that a task waits.',
    );
  addFlags(map, settingFlags(MAP_SETTINGS));
  map
    .option('-w, --waits <times>', 'Milliseconds that a task waits; 0: not at all.', USUAL_WAITS)
    .option(
      '-c, --computing <times>',
      'Milliseconds that a task computes: a range in steps of 1, 2 and 5, or a list.',
      USUAL_COMPUTING,
    )
    .option('-b, --budget <time>', 'Measure no longer than this, e.g. 5m.', '180s')
    .option('--task <file>', 'Mark the task of this tune, e.g. results/latest.json.')
    .option('--resume [file]', 'Go on with an interrupted map (default: results/latest-map.json).')
    .option(
      '--reporter <names>',
      `Show the report as the first of these, keep the others: ${REPORTER_NAMES}.`,
      'terminal',
    )
    .option('--json <file>', 'Write the results to this file as well.')
    .option('--out <folder>', 'Keep results in this folder.', 'results')
    .option('--no-html', NO_HTML_HELP)
    .option('-q, --quiet', 'Show no progress, only the map.')
    .addHelpText('after', EXAMPLES.map)
    .action(async flags => {
      const command = await import('./map.js');
      exit.code = await command.map(flags, deps);
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

function addReport(program: Command, deps: CliDeps, exit: { code: number }): void {
  program
    .command('report')
    .summary('Render a saved run again, or the trends of many.')
    .description(
      'Renders a saved run again; of a folder, or of several files, how each ratio went from run to run, and since ' +
        'when it is another (terminal, markdown, html).',
    )
    .argument('<files...>', 'Results file, e.g. results/latest.json; several of them, or a folder.')
    .option('-f, --format <name>', `Render as ${FORMAT_NAMES}.`, 'terminal')
    .option('--out <folder>', 'Write the files of svg to this folder.')
    .option(ASSERT, ASSERT_HELP, collect)
    .addHelpText('after', EXAMPLES.report)
    .action(async (files, flags) => {
      const { report } = await import('./report.js');
      exit.code = await report(files, flags, deps);
    });
}

function addCompare(program: Command, deps: CliDeps, exit: { code: number }): void {
  program
    .command('compare')
    .summary('Say what changed between saved runs.')
    .description(
      'Compares saved runs with the first of them: for each executor the change of its ratio to a baseline that both ' +
        'have. Refuses runs of other machines, Nodes or tasks.',
    )
    .argument('<base>', 'Results file of the earlier run, e.g. results/baselines/main.json.')
    .argument('<runs...>', 'Results files of later ones.')
    .option('-f, --format <name>', `Render as ${COMPARER_NAMES}.`, 'terminal')
    .option('--json <file>', 'Write the comparison to this file as well.')
    .option(
      FAIL_ON,
      'Fail where an executor lost more, or misses its objective in the later run: "slower>5%, slo".',
    )
    .option('--force', 'Compare whatever differs, and say what that costs.')
    .addHelpText('after', EXAMPLES.compare)
    .action(async (base, runs, flags) => {
      const { compare } = await import('./compare.js');
      exit.code = await compare([base, ...runs], flags, deps);
    });
}

function addUi(program: Command, deps: CliDeps, exit: { code: number }): void {
  program
    .command('ui')
    .summary('Show it: a page where the executors race.')
    .description(
      'Serves a page on this machine where one changes the task, lets the executors race, and measures. Prints its URL, ' +
        'which has a token in it: whoever has it may start runs.',
    )
    .argument('[target]', 'A workload or a function of your own (FILE or FILE#name), beside what there is.')
    .option('--args <file>', 'Call that function with these: a list in JSON, or a line each.')
    .option('--port <number>', 'Listen on this port; 0 is any free one.', '0')
    .option(
      '--host <address>',
      'Listen on this address of the machine: others than loopback let others in.',
      '127.0.0.1',
    )
    .option('--open', 'Open the page in the browser.')
    .option('--out <folder>', 'Keep results in this folder, and show what is in it.', 'results')
    .addHelpText('after', EXAMPLES.ui)
    .action(async (target, flags) => {
      const command = await import('./ui.js');
      exit.code = await command.ui(target, flags, deps);
    });
}

function addInit(program: Command, deps: CliDeps): void {
  program
    .command('init')
    .summary('Write a first workload and a config into a project.')
    .description(
      'Writes a commented workload (bench/my-task.mjs, .ts where there is a tsconfig.json), a config and the script ' +
        'bench:threads in package.json, and keeps results/ out of git. What is there is never overwritten.',
    )
    .argument('[folder]', 'Of the project, with its package.json.', '.')
    .option('--force', 'Replace the two files that it writes.')
    .addHelpText('after', EXAMPLES.init)
    .action(async (folder, flags) => {
      const { init } = await import('./init.js');
      init(folder, flags, deps);
    });
}

/** Help and version end with 0 and pass; everything else of commander's is a usage error of this command. */
function throwUsageErrors(command: CommandUnknownOpts): void {
  const name = command.parent === null ? NAME : `${NAME} ${command.name()}`;
  command.exitOverride(error => {
    throw error.exitCode === 0 || error.code === 'commander.help' ? error : usageErrorOf(error, name);
  });
}
