import { once } from 'node:events';
import { isIP } from 'node:net';
import { basename, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { articleSections as sections } from '../articles/section.js';
import { defaultThreads } from '../cores.js';
import { messageOf, UsageError } from '../errors.js';
import { isLoopback } from '../loopback.js';
import { commandHint } from '../report/hints/command-hint.js';
import { looksOf } from '../report/html/looks.js';
import { harmless } from '../report/text.js';
import { hiderOf } from '../secrets.js';
import { describe } from '../suggest.js';
import { refusalOf } from '../system-fault.js';
import { uiDocument } from '../ui/page-document.js';
import { uiCatalogue } from '../ui/server/catalogue.js';
import { Gallery } from '../ui/server/gallery.js';
import { MessageLog } from '../ui/server/message-log.js';
import { Planner } from '../ui/server/planner.js';
import { requestReader } from '../ui/server/request.js';
import { RunDesk, type Runner } from '../ui/server/runs.js';
import { startUiServer, type UiServer, type UiServerOptions } from '../ui/server/server.js';
import type { CliDeps } from './deps.js';
import { tellOfIndex } from './index-hint.js';
import { CTRL_C, endingAtOnce, listenForInterrupt } from './interrupt.js';
import { commandLineOf } from './invocation.js';
import { hasNothing, hasWholeFork, measureInto } from './measured-run.js';
import { openPage, SignPost } from './open-page.js';
import { openOutputFolder } from './output-folder.js';
import { savePage } from './page.js';
import { readPort } from './port.js';
import { TimeLeft } from './time-left.js';

export interface UiFlags {
  /** File of arguments for the function that is the target. */
  readonly args?: string | undefined;
  readonly port: string;
  readonly host: string;
  readonly out: string;
  readonly open?: boolean | undefined;
}

/** Serves the page until Ctrl-C, which is how it is meant to end, or SIGTERM. @returns the exit code: 0, or 143 */
export async function ui(target: string | undefined, flags: UiFlags, deps: CliDeps): Promise<number> {
  const { stdout, stderr } = deps;
  const port = readPort(flags.port);
  const host = readHost(flags.host);
  const options = await endingAtOnce(deps, () => siteOf(target, flags, deps));
  using interrupt = listenForInterrupt(deps, () => {
    if (options.desk.isRunning)
      stderr.write('Ending the run: what is measured is kept. Again to quit at once.\n');
  });
  const server = await listening({ ...options, host, port });
  using post = flags.open === true ? new SignPost(server.url) : null;
  try {
    if (!isOwn(host)) stderr.write(OPEN_TO_OTHERS);
    stdout.write(`${server.url}\n`);
    stderr.write('Serving the page until Ctrl-C.\n');
    // Not waited for: what opens a page may be the browser itself.
    if (post !== null) void open(post.file, deps);
    if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
  } finally {
    await server.close();
  }
  return interrupt.exitCode === CTRL_C ? 0 : interrupt.exitCode;
}

/** As `run` has it. */
const USUAL_OUT = 'results';

const OPEN_TO_OTHERS =
  'Whoever in this network has the URL, its token included, can start measurements on this machine and read its ' +
  'saved runs; what goes over the network is not encrypted. Give it to nobody else, and end the page when it is done.\n';

function readHost(text: string): string {
  if (text === 'localhost' || isIP(text) !== 0) return text;
  throw new UsageError(
    '--host',
    'an address of this machine',
    describe(text),
    'Leave it out for 127.0.0.1, or write for example --host 192.168.1.20.',
  );
}

function isOwn(host: string): boolean {
  return isLoopback(host) || host === '::1';
}

/** @throws UsageError for an address or a port that is not to be had */
async function listening(options: UiServerOptions): Promise<UiServer> {
  try {
    return await startUiServer(options);
  } catch (error) {
    const { host, port } = options;
    const got = refusalOf(error) ?? messageOf(error);
    const remedy = 'Choose others with --host and --port, or leave both out.';
    throw new UsageError(`--host ${host} --port ${port}`, 'an address that is free here', got, remedy);
  }
}

async function open(file: string, { stderr, env }: CliDeps): Promise<void> {
  const fault = await openPage(file, env);
  if (fault !== null)
    stderr.write(`The browser could not be opened: ${harmless(fault)}. Open the URL yourself.\n`);
}

/** Everything that a mistake may be in, before anybody is served. */
async function siteOf(target: string | undefined, { out, args }: UiFlags, deps: CliDeps) {
  if (args !== undefined && target === undefined)
    throw new UsageError(
      '--args',
      'a function of your own to give them to',
      'none',
      'Name it: threads-vs-loop ui FILE#name --args FILE.',
    );
  const { cwd, clock, catalogue } = deps;
  const folder = resolve(cwd, out);
  const planner = await Planner.load({ baseDir: cwd, catalogue, target, args });
  if (planner.ownPlan !== null) await tellOfIndex(planner.ownPlan, deps.stderr);
  const offered = await uiCatalogue(planner.presets, defaultThreads(), catalogue);
  const log = new MessageLog();
  const desk = new RunDesk({
    runner: runnerInto(out, deps),
    log,
    clock,
    looks: looksOf(offered.executors.map(({ name }) => name)),
    sections,
    isQuiet: offered.quietWhileMeasuring,
    plan: request => planner.plan(request),
    pause: ms => wait(ms),
  });
  return {
    document: uiDocument(),
    catalogue: offered,
    desk,
    log,
    gallery: new Gallery(folder, sections),
    readRequest: requestReader(offered),
  };
}

/** Measures and saves by the steps of `run`. */
function runnerInto(out: string, deps: CliDeps): Runner {
  const { env, script = '', cwd, clock } = deps;
  const elsewhere = out === USUAL_OUT ? [] : ['--out', out];
  const commandLine = (args: readonly string[]) =>
    commandLineOf([...args, ...elsewhere], { env, script, cwd });
  return {
    async race(plan, { args, ...following }) {
      const measured = await measureInto(null, { plan, command: commandLine(args), ...following }, deps);
      return { ...measured, saved: null };
    },
    async measure(plan, { args, ...following }) {
      const folder = openOutputFolder(resolve(cwd, out));
      const measured = await measureInto(folder, { plan, command: commandLine(args), ...following }, deps);
      const { report } = measured;
      if (hasNothing(report)) return { ...measured, saved: null };
      const isWhole = hasWholeFork(measured);
      const saved = basename(folder.save(report, isWhole));
      if (isWhole) await savePage(report, folder, { quiet: true }, deps);
      return { ...measured, saved };
    },
    estimate: plan => new TimeLeft(hiderOf(plan)(plan), clock),
    commandOf: args => commandHint(commandLine(args), {}, null).join(' '),
  };
}
