import type { CommandLine } from '../../schema/index.js';

/** Flags that a hint changes, in the words of the command line: `{budget: '90s', forks: '20'}`. */
export type FlagChanges = Readonly<Partial<Record<HintFlag, string>>>;
type HintFlag = keyof typeof SHORT;

/** What a hint may change, and the short form of each; null: it has none. */
const SHORT = {
  budget: null,
  forks: null,
  tasks: '-n',
  duration: '-d',
  warmup: null,
  resume: null,
} as const;

/** Flags of `run` that stand alone: whatever follows any other one is its value. */
export const BOOLEAN_FLAGS: readonly string[] = [
  '--timeline',
  '--no-timeline',
  '--quiet',
  '-q',
  '--print-plan',
  '--yes',
  '-y',
  '--no-config',
  '--no-html',
  '--help',
  '-h',
];

/** Whatever follows is its value, unless that is a flag itself. */
const FLAGS_WITH_OR_WITHOUT: readonly string[] = ['--resume'];

/**
 * The command line that made a report, with other flags: one that stands there already is replaced, others are added.
 *
 * @param target run this alone, in place of what was asked for; null: the same as before
 * @returns its words, each quoted where a POSIX shell needs it
 */
export function commandHint(
  { program, args }: CommandLine,
  changes: FlagChanges,
  target: string | null,
): string[] {
  const kept = split(args).filter(({ flag }) => !Object.keys(changes).some(name => isCalled(flag, name)));
  const named = target === null ? kept : onlyTarget(kept, target);
  const added = Object.entries(changes).flatMap(([name, value]) => [`--${name}`, value]);
  return [...program.split(' '), ...[...named.flatMap(({ texts }) => texts), ...added].map(quoted)];
}

/** Whether it was called with all of these already. */
export function hasFlags({ args }: CommandLine, changes: FlagChanges): boolean {
  const words = split(args);
  return Object.entries(changes).every(([name, value]) =>
    words.some(({ flag, texts }) => isCalled(flag, name) && valueOfFlag(texts) === value),
  );
}

/** Of `--budget 90s` or `--budget=90s`. */
function valueOfFlag([flag = '', value = flag.slice(flag.indexOf('=') + 1)]: readonly string[]): string {
  return value;
}

/** Targets: words that are neither a flag nor its value, without the command. */
export function positionals({ args }: CommandLine): string[] {
  const words = split(args).flatMap(({ flag, texts }) => (flag === null ? texts : []));
  return words[0] === 'run' ? words.slice(1) : words;
}

/** A flag with its value, or a word by itself. */
interface Word {
  /** `--budget`; null: it is no flag. */
  readonly flag: string | null;
  readonly texts: readonly string[];
}

function split(args: readonly string[]): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < args.length; at++) {
    const text = args[at]!;
    if (!/^-./.test(text) || text === '--') {
      words.push({ flag: null, texts: [text] });
      continue;
    }
    const [flag = text] = text.startsWith('--') ? text.split('=') : [text.slice(0, 2)];
    const isAlone =
      text !== flag ||
      BOOLEAN_FLAGS.includes(flag) ||
      at + 1 === args.length ||
      (FLAGS_WITH_OR_WITHOUT.includes(flag) && args[at + 1]!.startsWith('-'));
    words.push({ flag, texts: isAlone ? [text] : [text, args[++at]!] });
  }
  return words;
}

function isCalled(flag: string | null, name: string): boolean {
  return flag !== null && (flag === `--${name}` || flag === SHORT[name as HintFlag]);
}

/** `run` stays; names and paths of what was run give way. */
function onlyTarget(words: readonly Word[], target: string): Word[] {
  const [first, ...others] = words.filter(({ flag }) => flag === null);
  const isCommand = first?.texts[0] === 'run';
  const dropped = new Set(isCommand ? others : [first, ...others]);
  const kept = words.filter(word => !dropped.has(word));
  const word = { flag: null, texts: [target] };
  return isCommand ? [kept[0]!, word, ...kept.slice(1)] : [word, ...kept];
}

/** Characters that no shell gives a meaning to. */
const PLAIN = /^[\w./:=,@%+-]+$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** `90s`, `2m`, `150s`: whole minutes as such, in the form that --budget reads. */
export function durationFlag(ms: number): string {
  if (ms >= 120_000 && ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.ceil(ms)}ms`;
}
