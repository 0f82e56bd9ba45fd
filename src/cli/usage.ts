import type { CommanderError } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';

/** Shown as JSON: what a terminal would obey is harmless so. `suggest.ts` has the same, and is not loaded for this. */
const describe = (text: string) => JSON.stringify(text);

/** What people look for in one command and another one has. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'compare --assert':
    'It asks one run: threads-vs-loop report FILE --assert "queue/limited ratio>1.5". Between runs it is --fail-on "slower>5%".',
};

function elsewhere(command: string, flag: string): string | undefined {
  return ELSEWHERE[`${command.split(' ').at(-1)} ${flag.split('=')[0]}`];
}

/** What commander found wrong, in the words of this program: expected, got, what to do. */
export function usageErrorOf({ code, message }: CommanderError, command: string): UsageError {
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  const meant = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(message)?.[1];
  const help = `See "${command} --help".`;
  const remedy = meant === undefined ? help : `Did you mean ${meant}? ${help}`;
  switch (code) {
    case 'commander.unknownOption':
      return new UsageError(
        command,
        'one of its flags',
        describe(named),
        elsewhere(command, named) ?? remedy,
      );
    case 'commander.unknownCommand':
      return new UsageError(command, 'one of its commands', describe(named), remedy);
    case 'commander.optionMissingArgument':
      return new UsageError(command, `a value after ${named}`, 'nothing', help);
    case 'commander.missingArgument':
      return new UsageError(command, named, 'nothing', help);
    case 'commander.excessArguments': {
      const [, expected = 'fewer', got = 'more'] = /Expected (.*) but got (\d+)/.exec(message) ?? [];
      return new UsageError(command, expected, got, help);
    }
    default:
      return new UsageError(command, 'other arguments', message.replace(/^error: /, ''), help);
  }
}
