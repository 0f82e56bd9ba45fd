import {
  type Predicate,
  RESULTS_KEPT,
  type ResultsKept,
  type ServeReady,
  type WarmUp,
} from '../schema/index.js';
import {
  checkWarmUp,
  type ExecutorEntry,
  executorEntries,
  failureBound,
  finite,
  list,
  MAX_IN_FLIGHT,
  MAX_TASKS,
  MAX_THREADS,
  name,
  names,
  objective,
  oneOf,
  serveReady,
  trueOrFalse,
  type ValueLists,
  valueLists,
  whole,
} from './checks.js';
import { DEFAULTS } from './defaults.js';
import { checkLoad, type LoadRequest } from './load.js';
import { brokerUrl, hostNames, rateLimit, totalLimit } from './remote-checks.js';
import type { OneOrMore, ParamInput, Setting } from './setting.js';
import {
  bytesOrText,
  countsOrTexts,
  durationMsOrText,
  numberOrText,
  numbersOrTexts,
  shareOrText,
  splitList,
} from './text.js';

const MAX_MEASURED = 1000;
const MAX_PAYLOAD_BYTES = 10_000_000;
/** libuv takes no more. */
const MAX_UV_THREADS = 1024;
const DAY_MS = 86_400_000;
const MAX_TRIAL_MS = 1_800_000;

/**
 * What a scenario may say and a flag may override, a row each. Flags, `--help`, the properties of scenarios and of the
 * library, checks and their messages, and the README's table come from here; in the order of `--help`.
 */
export const SETTINGS = {
  /** Names, paths of modules, or entries with settings of their own. */
  executors: row<readonly (string | ExecutorEntry)[], readonly ExecutorEntry[]>({
    flag: '-e, --executors <names>',
    help: 'Compare these, e.g. limited,queue',
    usual: 'those of the scenario',
    variants: 'executors',
    check: executorEntries,
    example: { text: 'limited,queue', value: ['limited', 'queue'] },
  }),
  tasks: row<OneOrMore<number>, readonly number[]>({
    flag: '-n, --tasks <counts>',
    help: 'Tasks in a trial, e.g. 50,100',
    usual: 'those of the workload',
    variants: 'scenarios',
    read: numbersOrTexts,
    check: list(whole(1, MAX_TASKS)),
    example: { text: '100', value: 100 },
  }),
  /** Of a trial: keeps in-flight full for this long, or lets tasks arrive for as long. */
  durationMs: row<number, number>({
    flag: '-d, --duration <time>',
    help: 'Let a trial last this long instead, e.g. 10s: in-flight is kept full',
    read: durationMsOrText,
    check: finite('a duration from 10 ms to 30 min', { minimum: 10, maximum: MAX_TRIAL_MS }),
    example: { text: '10s', value: 10_000 },
  }),
  /** `batch`, `rate=500/s`, `rate=100..2000/s`, `rate=500/s,poisson`; several rates make variants. */
  load: row<string, LoadRequest>({
    flag: '-l, --load <load>',
    help: 'Let tasks arrive, whoever is ready: rate=500/s, rate=100..2000/s',
    variants: 'scenarios',
    check: checkLoad,
    example: { text: 'rate=500/s', value: 'rate=500/s' },
  }),
  slo: row<string, readonly Predicate[]>({
    flag: '--slo <objective>',
    help: 'Say who meets it, and up to which rate, e.g. "p99<50ms"',
    check: objective,
    example: { text: '"p99<50ms"', value: 'p99<50ms' },
  }),
  /** Of each executor that has threads or processes. */
  threads: row<OneOrMore<number>, readonly number[]>({
    flag: '-t, --threads <counts>',
    help: 'Threads of an executor that has some, e.g. 2,4 or 1..8',
    usual: 'the cores allowed',
    variants: 'executors',
    read: countsOrTexts,
    check: list(whole(1, MAX_THREADS)),
    example: { text: '2', value: 2 },
  }),
  inFlight: row<OneOrMore<number>, readonly number[]>({
    flag: '-i, --in-flight <limits>',
    help: 'Tasks in flight at most, for a whole executor, e.g. 16 or 1..64',
    usual: String(DEFAULTS.inFlight),
    variants: 'executors',
    read: countsOrTexts,
    check: list(whole(1, MAX_IN_FLIGHT)),
    example: { text: '16', value: 16 },
  }),
  /** Of the workload. */
  params: row<ParamInput, ValueLists>({
    flag: '-p, --param <name=values>',
    repeatable: true,
    help: 'Set a parameter of the workload; repeatable',
    variants: 'scenarios',
    check: valueLists,
    example: { text: 'waitMs=10', value: { waitMs: 10 } },
  }),
  /** Of a function of one's own: task i takes item i. */
  args: row<string, string>({
    flag: '--args <file>',
    help: 'Call a function of your own with these: a list in JSON, or a line each, e.g. pages.ndjson',
    check: name,
    example: { text: 'pages.ndjson', value: 'pages.ndjson' },
  }),
  /** Another module with a task that does the same, or FILE#name. */
  versus: row<string, string>({
    flag: '--versus <old>',
    help: 'Compare the target with this older version of it',
    check: name,
    example: { text: './old.ts', value: './old.ts' },
  }),
  /** Paths of binaries, of folders with `bin/node`, or `current`. */
  node: row<readonly string[], readonly string[]>({
    flag: '--node <paths>',
    help: 'Compare these Node binaries, e.g. current,../node-24/bin/node',
    variants: 'executors',
    read: splitList,
    check: names,
    example: { text: 'current,../node-24', value: ['current', '../node-24'] },
  }),
  /** Names of revisions of the target's git repository; `.` is the working tree. */
  worktree: row<readonly string[], readonly string[]>({
    flag: '--worktree <revisions>',
    help: 'Compare the target in these revisions of its git repository, e.g. main,HEAD; . is the working tree',
    variants: 'executors',
    read: splitList,
    check: names,
    example: { text: 'main,HEAD', value: ['main', 'HEAD'] },
  }),
  worktreeSetup: row<string, string>({
    flag: '--worktree-setup <command>',
    help: 'Run this in each revision that is checked out, e.g. "npm ci"',
    check: name,
    example: { text: '"npm ci"', value: 'npm ci' },
  }),
  /** Each goes to every chosen executor that has it. */
  options: row<ParamInput, ValueLists>({
    flag: '-o, --option <name=values>',
    repeatable: true,
    help: 'Set an option of the executors that have it; repeatable',
    variants: 'executors',
    check: valueLists,
    example: { text: 'batchSize=10', value: { batchSize: 10 } },
  }),
  /** To each task, and as much back. */
  payloadBytes: row<OneOrMore<number>, readonly number[]>({
    flag: '--payload <sizes>',
    help: 'Give each task so much data, and take as much back, e.g. 64kB,1MB',
    variants: 'scenarios',
    read: (text: string) => splitList(text).map(bytesOrText),
    check: list(whole(0, MAX_PAYLOAD_BYTES)),
    example: { text: '64kB', value: 64_000 },
  }),
  uvThreads: row<OneOrMore<number>, readonly number[]>({
    flag: '--uv-threads <counts>',
    help: "Threads of libuv's pool in a host",
    usual: 'UV_THREADPOOL_SIZE or 4',
    variants: 'executors',
    read: numbersOrTexts,
    check: list(whole(1, MAX_UV_THREADS)),
    example: { text: '8', value: 8 },
  }),
  results: row<OneOrMore<ResultsKept>, readonly ResultsKept[]>({
    flag: '--results <ways>',
    help: 'Drop results as they come, or keep them till all are there: drop,keep shows what that costs',
    variants: 'executors',
    read: splitList,
    check: list(oneOf(RESULTS_KEPT)),
    example: { text: 'keep', value: 'keep' },
  }),
  /** A number fixes them; otherwise precision and budget decide. */
  forks: row<number, number>({
    flag: '--forks <count>',
    help: 'Start exactly this many sets of fresh processes',
    usual: `${DEFAULTS.minForks} to ${DEFAULTS.maxForks}`,
    read: numberOrText,
    check: whole(1, MAX_MEASURED),
    example: { text: '5', value: 5 },
  }),
  minForks: row<number, number>({
    flag: null,
    help: 'Start at least this many sets of fresh processes',
    usual: String(DEFAULTS.minForks),
    check: whole(1, MAX_MEASURED),
    example: { value: 5 },
  }),
  maxForks: row<number, number>({
    flag: null,
    help: 'Start at most this many sets of fresh processes',
    usual: String(DEFAULTS.maxForks),
    check: whole(1, MAX_MEASURED),
    example: { value: 12 },
  }),
  rounds: row<number, number>({
    flag: '--rounds <count>',
    help: 'Let each executor run this often in a fork',
    usual: String(DEFAULTS.rounds),
    read: numberOrText,
    check: whole(1, MAX_MEASURED),
    example: { text: '5', value: 5 },
  }),
  /** Half-width of the interval as a share, e.g. 0.03. */
  precision: row<number, number>({
    flag: '--precision <share>',
    help: 'Stop when each ratio is known within ± this share',
    usual: percent(DEFAULTS.precision),
    read: shareOrText,
    check: finite('a share above 0 and below 1', { exclusiveMinimum: 0, exclusiveMaximum: 1 }),
    example: { text: '3%', value: 0.03 },
  }),
  /** As a share, e.g. 0.02; sets the precision to half of it. */
  equivalence: row<number, number>({
    flag: '--equivalence <share>',
    help: 'Call executors equal that differ by less, e.g. 2%',
    read: shareOrText,
    check: finite('a share from 0.1 % to 50 %', { minimum: 0.001, maximum: 0.5 }),
    example: { text: '2%', value: 0.02 },
  }),
  budgetMs: row<number, number>({
    flag: '--budget <time>',
    help: 'Stop a scenario after this time, e.g. 20s, 2m',
    usual: `${seconds(DEFAULTS.budgetMs)} to ${seconds(DEFAULTS.mostBudgetMs)}`,
    read: durationMsOrText,
    check: finite('a duration above 0, at most 24 h', { exclusiveMinimum: 0, maximum: DAY_MS }),
    example: { text: '20s', value: 20_000 },
  }),
  /** `auto`: as much as a pilot finds that the code needs; `none`: the cold answer; a time; a number of tasks. */
  warmup: row<string | number, WarmUp>({
    flag: '--warmup <amount>',
    help: 'Warm each worker up: auto, none (the cold answer), 5s, 2000 tasks',
    usual: 'auto',
    check: checkWarmUp,
    example: { text: '5s', value: '5s' },
  }),
  taskTimeoutMs: row<number, number>({
    flag: '--task-timeout <time>',
    help: 'Count a task as failed after this time',
    usual: seconds(DEFAULTS.taskTimeoutMs),
    read: durationMsOrText,
    check: finite('a duration from 1 ms to 24 h', { minimum: 1, maximum: DAY_MS }),
    example: { text: '5s', value: 5_000 },
  }),
  /** By their kinds: they belong to what is shown. */
  expectedFailures: row<readonly string[], readonly string[]>({
    flag: '--expect-failures <kinds>',
    help: 'Failed tasks that are no fault, e.g. http-503',
    read: splitList,
    check: names,
    example: { text: 'http-503', value: ['http-503'] },
  }),
  /** `0.01`, `'1%'` or `'failed<1%'`. */
  maxFailed: row<number | string, Predicate>({
    flag: '--max-failed <bound>',
    help: 'Call a scenario invalid with more failed tasks',
    usual: percent(DEFAULTS.maxFailed),
    check: failureBound,
    example: { text: '1%', value: '1%' },
  }),
  /** Rate load: tasks due and not delivered. */
  maxBacklog: row<number, number>({
    flag: '--max-backlog <count>',
    help: 'Let no more tasks arrive past so many unfinished',
    usual: String(DEFAULTS.maxBacklog),
    read: numberOrText,
    check: whole(1, MAX_IN_FLIGHT),
    example: { text: '10000', value: 10_000 },
  }),
  /** Of the scenarios of articles. */
  timeScale: row<number, number>({
    flag: '--time-scale <factor>',
    help: "Multiply the waits of the articles' programs; 1 is the real thing",
    read: numberOrText,
    check: finite('a number from 0.001 to 10', { minimum: 0.001, maximum: 10 }),
    takenBy: {
      expected: 'a scenario that is modelled on a program with waits of its own, such as comments',
      remedy: 'Set its waits by --param waitMs=… instead.',
    },
    example: { text: '0.1', value: 0.1 },
  }),
  timeline: row<boolean, boolean>({
    flag: '--timeline',
    help: 'Draw what the workers did in one trial of each executor here too; false: no such trial is run',
    usual: 'on the page',
    check: trueOrFalse,
    example: { text: '', value: true },
  }),
  /** Name of an executor or id of a variant. */
  baseline: row<string, string>({
    flag: '--baseline <name>',
    help: 'Compare with this executor or variant, or with one value, e.g. lib=marked',
    usual: 'sequential',
    check: name,
    example: { text: 'sequential', value: 'sequential' },
  }),
} as const;

/** Of a whole plan: scenarios have none of their own. 0 … 2³² − 1. */
const SEED = row<number, number>({
  flag: '--seed <number>',
  help: 'Repeat the random choices of another run',
  usual: 'a new one, recorded',
  read: numberOrText,
  check: whole(0, 2 ** 32 - 1),
  example: { text: '7', value: 7 },
});

/** Of a whole plan: it is started before anything is measured, and ended with the run. */
const SERVE = row<string, string>({
  flag: '--serve <command>',
  help: 'Run this beside the whole run, for its tasks to call (SERVE_URL)',
  check: name,
  example: { text: '"node server.js"', value: 'node server.js' },
});

const SERVE_READY = row<string | number, ServeReady>({
  flag: '--serve-ready <sign>',
  help: 'Wait for this before anything is measured: a text that it prints, a URL that answers, or a port',
  usual: 'a printed URL, or a listener on PORT',
  check: serveReady,
  example: { text: '3000', value: 3000 },
});

/**
 * Of a whole run, by the command line or a program alone: neither a config nor a module may point somebody's machine at
 * the machine of a third.
 */
const REMOTE_SETTINGS = {
  allowRemote: row<readonly string[], readonly string[]>({
    flag: '--allow-remote <host>',
    repeatable: true,
    help: 'Let requests go to this host, which is not loopback; repeatable',
    check: hostNames,
    example: { text: 'staging.example.com', value: ['staging.example.com'] },
  }),
  /** Of all workers of an executor together. */
  remoteRate: row<number | string, number | null>({
    flag: '--remote-rate <rate>',
    help: 'Send no more requests a second to such hosts; none lifts it',
    usual: `${DEFAULTS.remoteRate}/s`,
    check: rateLimit,
    example: { text: '100/s', value: 100 },
  }),
  /** Those of warm-up and of everything before the trials are counted too. */
  remoteTotal: row<number | string, number | null>({
    flag: '--remote-total <count>',
    help: 'Send no more requests to such hosts in the whole run; none lifts it',
    usual: String(DEFAULTS.remoteTotal),
    check: totalLimit,
    example: { text: '10000', value: 10_000 },
  }),
  /** Of executors that go through one; without it a private one is started on this machine. */
  broker: row<string, string>({
    flag: '--broker <url>',
    help: 'Let bullmq go through this Redis, Valkey or PostgreSQL: redis://HOST:6379, rediss://USER:PASSWORD@HOST:6380, postgres://USER:PASSWORD@HOST/DATABASE',
    usual: 'a private one, started for the run',
    check: brokerUrl,
    example: { text: 'redis://localhost:6379', value: 'redis://localhost:6379' },
  }),
  /** `worker` commands that the run waits for; without it the processes are those of this machine. */
  workers: row<number, number>({
    flag: '--workers <count>',
    help: 'Let so many threads-vs-loop worker on other machines take the jobs of bullmq; --threads are processes of all',
    usual: 'processes on this machine',
    read: numberOrText,
    check: whole(1, 1_000),
    example: { text: '4', value: 4 },
  }),
  /** In place of the usual authorities. */
  ca: row<string, string>({
    flag: '--ca <file>',
    help: 'Trust the certificates in this file (PEM) on https and at a broker with TLS, in place of the usual authorities',
    check: name,
    example: { text: 'ca.pem', value: 'ca.pem' },
  }),
} as const;

/** All that has a flag or a property, in the order of `--help`. */
export const ALL_SETTINGS = {
  ...SETTINGS,
  seed: SEED,
  serve: SERVE,
  serveReady: SERVE_READY,
  ...REMOTE_SETTINGS,
} as const;

/** Of a whole run, of which scenarios know nothing. */
export const OF_WHOLE_RUN_FIELDS = [
  'seed',
  'serve',
  'serveReady',
  'allowRemote',
  'remoteRate',
  'remoteTotal',
  'ca',
] as const satisfies readonly (keyof typeof ALL_SETTINGS)[];

/** What scenarios have none of. */
export const OF_WHOLE_RUN: readonly string[] = ['seed', ...Object.keys(REMOTE_SETTINGS)];

/** Short for an option of executors. */
export const OPTION_FLAGS = [
  { flag: '--batch-size <count>', option: 'batchSize', means: 'batchSize=COUNT' },
  { flag: '--payload-by <ways>', option: 'payloadBy', means: 'payloadBy=clone, transfer or shared' },
  { flag: '--on-error <action>', option: 'onError', means: 'onError=continue or onError=abort' },
] as const;

function seconds(ms: number): string {
  return `${ms / 1_000}s`;
}

function percent(share: number): string {
  return `${share * 100}%`;
}

/** Says what goes in and what comes out: neither can be inferred from the other. */
function row<Input, Checked>(setting: Setting<Input, Checked>): Setting<Input, Checked> {
  return setting;
}
