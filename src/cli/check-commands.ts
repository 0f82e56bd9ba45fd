import { numberOrText } from '../settings/text.js';
import { type Command, collect } from './command.js';
import type { CliDeps } from './deps.js';
import { EXAMPLES } from './examples.js';

export function addSelfcheck(program: Command, deps: CliDeps, exit: { code: number }): void {
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

export function addContract(program: Command, deps: CliDeps, exit: { code: number }): void {
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

export function addOrigin(program: Command, deps: CliDeps, exit: { code: number }): void {
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
      exit.code = await origin(flags, deps);
    });
}

export function addWorker(program: Command, deps: CliDeps, exit: { code: number }): void {
  program
    .command('worker')
    .summary('Take tasks of runs on other machines.')
    .description(
      'Takes jobs that a run of the executor bullmq, told of the same broker and to wait for workers, puts into it, until it is ' +
        'stopped or idle. It runs the modules that it was started with and no others: no code goes through the broker.',
    )
    .argument(
      '<targets...>',
      'Workloads, or paths of modules with one: what the run measures, in the same version.',
    )
    .option(
      '--broker <url>',
      'The broker of the run: redis://HOST:6379, rediss://USER:PASSWORD@HOST:6380, or postgres://USER:PASSWORD@HOST/DATABASE.',
    )
    .option(
      '--ca <file>',
      'Trust the certificates in this file (PEM) at a broker with TLS, in place of the usual authorities.',
    )
    .option('--concurrency <count>', 'Tasks of each process at the same time, at most.', '16')
    .option('--threads <count>', 'Processes that it starts for a run, at most.', '2')
    .option('--idle-timeout <duration>', 'End after so long without a run.', '10m')
    .addHelpText('after', EXAMPLES.worker)
    .action(async (targets, flags) => {
      const { worker } = await import('./worker.js');
      exit.code = await worker(targets, flags, deps);
    });
}
