import type { UncheckedPlanInput } from '../plan/plan.js';
import type { FlagSetting, Setting } from '../settings/setting.js';
import { ALL_SETTINGS, OPTION_FLAGS } from '../settings/table.js';
import { readAssignments, splitList } from '../settings/text.js';
import { flagHelp, flagOf } from '../settings/wording.js';

const FLAG_SETTINGS = Object.entries<Setting<unknown, unknown>>(ALL_SETTINGS).flatMap(([field, setting]) =>
  setting.flag === null ? [] : [{ field, setting }],
);

/** The flags of `run` as text, by commander's names. */
export type RunFlags = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** A flag as `--help` has it. */
export interface FlagHelp {
  readonly flag: string;
  readonly help: string;
  readonly repeatable: boolean;
}

/** Short for parameters of `http`, in the order of `--help`. */
export const URL_FLAGS: readonly FlagHelp[] = [
  {
    flag: '--url <url>',
    help: 'Send requests to this URL, e.g. http://localhost:3000/items/{index}: the target http, with its url and path.',
    repeatable: false,
  },
  {
    flag: '--method <method>',
    help: 'Method of these requests, e.g. PUT (default: GET, with a body POST).',
    repeatable: false,
  },
  {
    flag: '--header <header>',
    help: 'Header of them, e.g. "accept: text/html"; repeatable.',
    repeatable: true,
  },
  { flag: '--body <text>', help: 'Body of them, or @FILE, e.g. \'{"id":{index}}\'.', repeatable: false },
  { flag: '-y, --yes', help: 'Send to another machine without being asked.', repeatable: false },
];
/** What people write who name one. */
const ONE_EXECUTOR: FlagHelp = {
  flag: '--executor <name>',
  help: 'Same as --executors; repeatable.',
  repeatable: true,
};

const MIX: FlagHelp = {
  flag: '--mix <targets>',
  help: 'Several kinds of tasks together in these shares, e.g. ./render.ts#page=70,scrypt=30; repeatable.',
  repeatable: true,
};

const NO_TIMELINE: FlagHelp = {
  flag: '--no-timeline',
  help: 'Run no trial for the timeline of the page and for exports of tasks.',
  repeatable: false,
};

/** Settings that a tune takes as `run` does. */
export const TUNE_SETTINGS: readonly string[] = [
  'executors',
  'tasks',
  'load',
  'slo',
  'params',
  'args',
  'options',
  'payloadBytes',
  'uvThreads',
  'warmup',
  'taskTimeoutMs',
  'expectedFailures',
  'maxFailed',
  'seed',
  'serve',
  'serveReady',
  'allowRemote',
  'remoteRate',
  'remoteTotal',
  'broker',
  'workers',
  'ca',
];

/** Of flags that a tune alone has. */
export const TUNE_DEFAULTS = { within: '3%', budget: '90s' } as const;
/** Settings that a map takes: who is compared, and how. */
export const MAP_SETTINGS: readonly string[] = ['executors', 'threads', 'inFlight', 'options', 'seed'];

/** In the order of the table, with what is short for an option after `--option`. @param fields those alone */
export function settingFlags(fields?: readonly string[]): FlagHelp[] {
  return FLAG_SETTINGS.filter(({ field }) => fields?.includes(field) ?? true).flatMap(
    ({ field, setting }) => {
      const { flag, repeatable = false } = setting;
      const row = { flag, help: flagHelp(setting), repeatable };
      if (field === 'executors') return [row, ONE_EXECUTOR];
      if (field === 'args') return [row, MIX];
      if (field === 'timeline') return [row, NO_TIMELINE];
      if (field !== 'options') return [row];
      const short = OPTION_FLAGS.map(one => ({
        flag: one.flag,
        help: `Same as --option ${one.means}.`,
        repeatable: false,
      }));
      return [row, ...short];
    },
  );
}

/** Values by name. */
type Assignments = Readonly<Record<string, unknown>>;

/** What several flags say together is read here, all else as its row says. */
interface ReadHere {
  readonly executors?: readonly string[];
  readonly params?: Assignments;
  readonly options?: Assignments;
  readonly args?: string;
}
const READ_HERE: readonly string[] = ['executors', 'params', 'options', 'args'] satisfies (keyof ReadHere)[];

/** Text that is no number, duration or share has stayed text: the plan refuses it, in one place and with its limits. */
export type FlagInput = Omit<UncheckedPlanInput, keyof ReadHere> & ReadHere;

/**
 * From text to values.
 *
 * @throws UsageError for `--param` and `--option` without a value, or with JSON that does not parse
 */
export function readRunFlags(flags: RunFlags): FlagInput {
  const others: Omit<UncheckedPlanInput, keyof ReadHere> = Object.fromEntries(
    FLAG_SETTINGS.flatMap(({ field, setting }) => {
      const given = flags[attributeOf(setting)];
      return given === undefined || READ_HERE.includes(field) ? [] : [[field, read(setting, given)]];
    }),
  );
  const executors = textsOf(flags.executors, flags.executor).flatMap(splitList);
  const params = textsOf(flags.param);
  const short = OPTION_FLAGS.flatMap(({ option }) => textsOf(flags[option]).map(text => `${option}=${text}`));
  const options = [...textsOf(flags.option), ...short];
  const [args] = textsOf(flags.args);
  return {
    ...others,
    ...(executors.length > 0 && { executors }),
    ...(params.length > 0 && { params: readAssignments('--param', params) }),
    ...(options.length > 0 && { options: readAssignments('--option', options) }),
    ...(args !== undefined && { args }),
  };
}

/** What was given by these flags, in their order. */
function textsOf(...given: readonly RunFlags[string][]): string[] {
  return given.flatMap(one => (one === undefined ? [] : [one].flat().map(String)));
}

function read({ read }: FlagSetting<unknown, unknown>, given: string | readonly string[] | boolean): unknown {
  return typeof given === 'string' && read !== undefined ? read(given) : given;
}

/** What commander calls it: `inFlight` of `--in-flight`. */
function attributeOf(setting: FlagSetting<unknown, unknown>): string {
  const name = flagOf(setting).slice('--'.length);
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
