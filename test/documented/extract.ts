import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outside } from '../cli/outside.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** That a user is shown. */
export const COMMANDS = [
  'run',
  'tune',
  'map',
  'list',
  'report',
  'compare',
  'selfcheck',
  'contract',
  'origin',
  'ui',
  'worker',
  'init',
];

/** A command line that users are shown, and where. */
export interface Documented {
  readonly source: string;
  readonly command: string;
}

/** Files whose text shows commands. */
export function documents(): readonly string[] {
  const docs = readdirSync(`${root}/docs`).filter(name => name.endsWith('.md'));
  // Compiled modules lie in a hidden folder there.
  const examples = readdirSync(`${root}/examples`, { recursive: true, encoding: 'utf8' }).filter(
    name => !name.startsWith('.') && extname(name) !== '',
  );
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...docs.map(name => `docs/${name}`),
    ...examples.map(name => `examples/${name}`),
  ];
}

export function textOf(file: string): string {
  return readFileSync(`${root}/${file}`, 'utf8');
}

/** What begins a command; `node` and `npx` are followed by what they run. */
const COMMAND = new RegExp(
  `^(?:npm (?:ci|install|test|run) ?|npx |node examples/|threads-vs-loop (?:${COMMANDS.join('|')})\\b)`,
);
/** A line of a report begins with the name of the program too. */
const OUTPUT = / · /;

/** Indented blocks, inline code, and blocks in comments; without the remarks behind them. */
export function commandsIn(text: string): string[] {
  const prose = text.replace(/^```text\n[\s\S]*?^```$/gm, '');
  const lines = prose.split('\n').flatMap(line => {
    const block = /^(?: {4}| \* {5})(\S.*)$/.exec(line)?.[1];
    if (block !== undefined) return [block.replace(/\s+# .*$/, '')];
    return [...line.matchAll(/`([^`]+)`/g)].map(([, span]) => span!);
  });
  return lines.map(line => line.trim()).filter(line => COMMAND.test(line) && !OUTPUT.test(line));
}

/** The examples in the help of every command. */
async function commandsInHelp(): Promise<Documented[]> {
  const documented: Documented[] = [];
  for (const command of [[], ...COMMANDS.map(name => [name])]) {
    const { run, written } = outside();
    await run(...command, '--help');
    const lines = written.stdout.replace(/\\\n\s+/g, '').split('\n');
    for (const line of lines.filter(text => /^ {2}threads-vs-loop \w/.test(text)))
      documented.push({ source: `${command[0] ?? ''} --help`.trim(), command: line.trim() });
  }
  return documented;
}

/** Every command line of the documents and of the help, each once. */
export async function documentedCommands(): Promise<Documented[]> {
  const shown = documents().flatMap(source =>
    commandsIn(textOf(source)).map(command => ({ source, command })),
  );
  const all = [...shown, ...(await commandsInHelp())];
  return all.filter(({ command }, at) => all.findIndex(other => other.command === command) === at);
}

/** Blocks of code in a language, with the file that they are in. */
export function codeBlocks(language: 'js' | 'ts'): { readonly source: string; readonly code: string }[] {
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return documents()
    .filter(name => name.endsWith('.md'))
    .flatMap(source => [...textOf(source).matchAll(fence)].map(([, code]) => ({ source, code: code! })));
}

/** Words of a command line, as a shell splits those that are documented. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
}
