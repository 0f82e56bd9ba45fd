import { UsageError } from '../errors.js';
import type { Rehearsal, Thrown } from '../tasks/rehearsal.js';
import { uncloneableText } from '../uncloneable-text.js';

type Failed = Exclude<Rehearsal, { readonly type: 'ran' | 'uncloneable' }>;

export interface RehearsedCode {
  /** What its user calls it. */
  readonly subject: string;
  /** Failed tasks are what is to be shown. */
  readonly expectsFailures: boolean;
  /** What its tasks are called with: `index` a function of a program, which may want arguments; `own` what its module says. */
  readonly calledWith: 'index' | 'arguments' | 'own';
}

/** Tasks from which on it is no chance that all fail in a thread and none elsewhere. */
const FEWEST_TASKS = 5;
const NO_WORKERS = '--executors promise-all,limited';

export interface Rehearsed {
  /** In threads, where any of the executors have them. */
  readonly first: Rehearsal;
  readonly inThreads: boolean;
  /** On the main thread of another process, where threads failed; null: that is not known. */
  readonly onMain: Rehearsal | null;
}

/** What makes it useless to measure a user's own code; null: nothing, or it is for trials to tell. */
export function refusalOf(code: RehearsedCode, { first, inThreads, onMain }: Rehearsed): UsageError | null {
  if (first.type === 'ran') return null;
  if (first.type === 'uncloneable') return uncloneable(code, first);
  if (isMeant(code, first)) return null;
  if (OTHER_NODES_ADDON.test(first.thrown.description)) return addonOfAnotherNode(code, first);
  if (inThreads && needsMainThread(first, onMain)) return mainThreadOnly(code, first, onMain);
  return fails(code, first);
}

/** What Node says of a native addon that was built for another. */
const OTHER_NODES_ADDON = /NODE_MODULE_VERSION|compiled against a different Node/;

function addonOfAnotherNode({ subject }: RehearsedCode, { thrown }: Failed): UsageError {
  const remedy = 'Build it for that Node (npm rebuild), or leave that Node out.';
  const got = `${thrown.description.replaceAll(/\s+/g, ' ')}${thrown.site}`;
  return new UsageError(subject, 'a native addon that was built for this Node', got, remedy);
}

function uncloneable(
  { subject }: RehearsedCode,
  { what, part, site }: Rehearsal & { type: 'uncloneable' },
): UsageError {
  const by = part === '' ? '' : ` by its part ${part}`;
  const remedy = `Return plain data; or do without workers: ${NO_WORKERS}.`;
  return new UsageError(
    subject,
    'results that workers can send',
    `${uncloneableText(what)}${by}${site}`,
    remedy,
  );
}

function isMeant({ expectsFailures }: RehearsedCode, { type, thrown }: Failed): boolean {
  return type === 'all failed' && (expectsFailures || thrown.isTaskError);
}

/** What Node says in a thread of what only a main thread can do. */
const MAIN_THREAD_CODES: readonly string[] = [
  'ERR_WORKER_UNSUPPORTED_OPERATION',
  'ERR_DLOPEN_FAILED',
  'ERR_TRACE_EVENTS_UNAVAILABLE',
];
/** A thread has no parent process. */
const PARENT_CALL = /\bprocess\.(?:send|disconnect) is not a function/;

function needsMainThread(failed: Failed, main: Rehearsal | null): boolean {
  const { code, description } = failed.thrown;
  if (MAIN_THREAD_CODES.includes(code ?? '') || PARENT_CALL.test(description)) return true;
  const isSure = failed.type === 'failed' ? failed.at !== 'run' : failed.tasks >= FEWEST_TASKS;
  return isSure && main?.type === 'ran';
}

const ADVICE: readonly (readonly [said: RegExp, advice: string])[] = [
  [/process\.chdir/, 'Start paths from the module, by new URL(…, import.meta.url)'],
  [/process\.umask/, 'Give files their mode where they are made'],
  [/process\.(?:set|init)\w+ids?|process\.\w+groups/, 'Start the program as that user'],
  [/process\.abort/, 'Throw an error'],
];

function mainThreadOnly({ subject }: RehearsedCode, { thrown }: Failed, main: Rehearsal | null): UsageError {
  const got = `${thrown.description}${thrown.site}`;
  return new UsageError(subject, 'a task that runs in a worker thread', got, remedyOf(thrown, main));
}

function remedyOf(thrown: Thrown, main: Rehearsal | null): string {
  // What it would send elsewhere are messages that nobody there expects.
  if (PARENT_CALL.test(thrown.description))
    return 'Leave messages to a parent process to the program around it.';
  const advice = `${adviceOn(thrown)}.`;
  if (main?.type !== 'ran' && main?.type !== 'uncloneable') return advice;
  const processes = main.type === 'ran' ? '--executors processes gives each worker a main thread, and ' : '';
  return `${advice} It needs the main thread: ${processes}${NO_WORKERS} work without workers.`;
}

function adviceOn({ code, description }: Thrown): string {
  if (code === 'ERR_DLOPEN_FAILED') return 'Its native addon must be context-aware for threads';
  return ADVICE.find(([said]) => said.test(description))?.[1] ?? 'Let it run in threads as well';
}

function fails(code: RehearsedCode, failed: Failed): UsageError | null {
  const { description, site, fileRemedy } = failed.thrown;
  const { subject } = code;
  const got = `${description}${site}`;
  if (failed.type === 'all failed') {
    if (fileRemedy !== null) return new UsageError(subject, 'files that its tasks find', got, fileRemedy);
    return isSlip(failed) ? throwsAlways(code, failed) : null;
  }
  // Something that it has started, and that trials will meet again.
  if (failed.at === 'run') return null;
  const expected = failed.at === 'load' ? 'a module that loads' : 'an open that succeeds';
  return new UsageError(subject, expected, got, fileRemedy ?? 'Correct it and run again.');
}

/** What JavaScript throws at code that is wrong, or was called with something else than it takes. */
const SLIP = /^(?:TypeError|ReferenceError): (?!fetch failed)/;
/** One may be a chance. */
const FEWEST_SLIPS = 2;

function isSlip({ tasks, thrown }: Extract<Failed, { type: 'all failed' }>): boolean {
  return tasks >= FEWEST_SLIPS && SLIP.test(thrown.description);
}

const SLIP_REMEDIES: Readonly<Record<RehearsedCode['calledWith'], string>> = {
  index: 'It is called with the index: --args FILE gives it arguments, a list in JSON or a line each.',
  arguments: 'Look whether its arguments are in the file of --args: a list there is several of them.',
  own: 'Correct it and run again.',
};

/** A run of it would be a run of nothing. */
function throwsAlways(
  { subject, calledWith }: RehearsedCode,
  { tasks, thrown }: Extract<Failed, { type: 'all failed' }>,
): UsageError {
  const got = `${thrown.description}${thrown.site} from each of the first ${tasks}`;
  return new UsageError(subject, 'tasks that complete', got, SLIP_REMEDIES[calledWith]);
}
