import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { messageOf, SystemFault, UsageError, WorkerLost } from '../errors.js';
import { reporters } from '../report/registry.js';
import { systemFaultOf } from '../system-fault.js';
import { packageVersion } from '../version.js';
import type { CliDeps } from './deps.js';
import { settingFlags } from './flags.js';
import { widthOf } from './terminal.js';
import { usageErrorOf } from './usage.js';

const NAME = 'threads-vs-loop';
const REPORTER_NAMES = reporters.map(({ name }) => name).join(', ');

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
    .addHelpText('after', PROGRAM_EXAMPLES);
  addRun(program, deps, exit);
  addList(program, deps);
  addReport(program, deps);
  addSelfcheck(program, deps, exit);
  addContract(program, deps, exit);
  addOrigin(program, deps);
  for (const command of [program, ...program.commands]) throwUsageErrors(command);
  return program;
}

function addRun(program: Command, deps: CliDeps, exit: { code: number }): void {
  const run = program
    .command('run')
    .summary('Measure and compare.')
    .description(
      'Runs suites, scenarios or workloads and compares the executors. Without a target it runs the default ' +
        'suite, about a minute. Lists of values make variants, measured side by side.',
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
    .option('-q, --quiet', 'Show no progress, only the report.')
    .addHelpText('after', RUN_EXAMPLES)
    .action(async (targets, flags) => {
      const command = await import('./run.js');
      exit.code = await command.run(targets, flags, deps);
    });
}

function addList(program: Command, deps: CliDeps): void {
  program
    .command('list')
    .summary('Show executors, workloads and suites.')
    .description('Shows what there is to run, with parameters, their limits and defaults.')
    .argument('[sections...]', 'executors, workloads, suites or reporters (default: all).')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async sections => {
      const { list } = await import('./list.js');
      await list(sections, deps);
    });
}

function addReport(program: Command, deps: CliDeps): void {
  program
    .command('report')
    .summary('Render a saved run again.')
    .description('Renders a saved run again.')
    .argument('<file>', 'Results file, e.g. results/latest.json.')
    .option('-f, --format <name>', `Render as ${REPORTER_NAMES}.`, 'terminal')
    .addHelpText('after', `${FORMATS}\n${REPORT_EXAMPLES}`)
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
    .option('--seed <number>', 'Repeat the random choices of another check.')
    .option('--json <file>', 'Write what was measured to this file.')
    .addHelpText('after', SELFCHECK_EXAMPLES)
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
    .addHelpText('after', CONTRACT_EXAMPLES)
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
    .option('--seed <number>', 'Repeat the random choices of another run.')
    .addHelpText('after', ORIGIN_EXAMPLES)
    .action(async flags => {
      const { origin } = await import('./origin.js');
      await origin(flags, deps);
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
  const message = messageOf(fault ?? error);
  if (known || fault !== null) stderr.write(`error: ${message}\n`);
  else {
    stderr.write(
      `error: ${message}\nThis is a bug in ${NAME}. With DEBUG=1 it shows where: please report that.\n`,
    );
  }
  if (env.DEBUG && error instanceof Error && error.stack !== undefined) stderr.write(`${error.stack}\n`);
  return error instanceof UsageError ? 2 : 1;
}

const PROGRAM_EXAMPLES = `
Examples:
  # Waiting, computing and both, by every executor: about a minute.
  ${NAME} run

  # How many threads does computing want?
  ${NAME} run cpu --executors limited,queue --threads 1,2,4

  # What can be run, and its parameters.
  ${NAME} list

Exit codes: 0 done, 1 a trial was lost, 2 wrong usage, 3 measurement invalid,
130 interrupted by Ctrl-C, 143 by SIGTERM.`;

const RUN_EXAMPLES = `
Examples:
  # The default suite.
  ${NAME} run

  # One scenario of it, to within 1 %, in two minutes at most.
  ${NAME} run waiting --precision 1% --budget 2m

  # 100 requests of 20 ms by two executors, with 1 and 16 in flight.
  ${NAME} run http --tasks 100 --param waitMs=20 \\
    --executors limited,queue --in-flight 1,16

  # Response times at 500 requests per second, and who keeps p99 below 60 ms.
  ${NAME} run http --load rate=500/s --slo "p99<60ms" \\
    --executors limited,queue

  # The highest rate at which they still do.
  ${NAME} run mixed --load rate=50..800/s --slo "p99<60ms" \\
    --executors limited,queue

  # As many as there is time for, as load generators do it.
  ${NAME} run http --duration 10s --executors limited,queue

  # From how much computing per task do threads pay?
  ${NAME} run mixed --param cpuMs=0.5,2,8 --baseline limited

  # A value that begins with { [ or " is JSON and not split at commas.
  ${NAME} run http --param 'headers={"accept":"text/html"}'

  # A workload of your own, and an executor of your own.
  ${NAME} run ./my-workload.js
  ${NAME} run cpu --executors limited,queue,./my-pool.ts

  # The report on the screen, and as results/latest.md.
  ${NAME} run --reporter terminal,markdown

  # Every program of the five articles, their waits at a tenth.
  ${NAME} run articles

  # What data costs on its way to a thread and back.
  ${NAME} run cpu --payload 0,64kB,1MB --executors limited,queue

  # Does hashing want more threads of libuv, or workers?
  ${NAME} run scrypt --uv-threads 2,4,8 --executors limited,queue`;

const LIST_EXAMPLES = `
Examples:
  ${NAME} list
  ${NAME} list workloads`;

const FORMATS = `
Formats:
${reporters.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`).join('\n')}`;

const REPORT_EXAMPLES = `
Examples:
  ${NAME} report results/latest.json
  ${NAME} report results/latest.json --format markdown`;

const SELFCHECK_EXAMPLES = `
Examples:
  # Can this machine be trusted, and with how small a difference?
  ${NAME} selfcheck

  # Two executors, with the figures in a file.
  ${NAME} selfcheck --executors limited,queue --json selfcheck.json

Exit codes: 0 as promised, 1 not, 2 wrong usage, 130 or 143 interrupted.`;

const CONTRACT_EXAMPLES = `
Examples:
  ${NAME} contract ./my-pool.ts
  ${NAME} contract piscina

Exit codes: 0 all kept, 1 not all, 2 wrong usage.`;

const ORIGIN_EXAMPLES = `
Examples:
  # Answer after 50 ms, every hundredth request with 500.
  ${NAME} origin --port 8080 --param waitMs=50 --param errorRate=0.01

  # Answer after 10 ms in the middle, with a long tail.
  ${NAME} origin --param waitMs=10 --param latency=lognormal`;
