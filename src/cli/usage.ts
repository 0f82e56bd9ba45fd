import type { CommanderError } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';

/** What commander found wrong, in the words of this program: expected, got, what to do. */
export function usageErrorOf({ code, message }: CommanderError, command: string): UsageError {
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  const meant = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(message)?.[1];
  const help = `See "${command} --help".`;
  const remedy = meant === undefined ? help : `Did you mean ${meant}? ${help}`;
  switch (code) {
    case 'commander.unknownOption':
      return new UsageError(named, `a flag of "${command}"`, 'one that it has not', remedy);
    case 'commander.unknownCommand':
      return new UsageError(named, `a command of "${command}"`, 'one that it has not', remedy);
    case 'commander.optionMissingArgument':
      return new UsageError(named, 'a value after it', 'nothing', help);
    case 'commander.missingArgument':
      return new UsageError(named.toUpperCase(), 'one', 'nothing', help);
    case 'commander.excessArguments': {
      const [, expected = 'fewer', got = 'more'] = /Expected (.*) but got (\d+)/.exec(message) ?? [];
      return new UsageError(command, expected, got, help);
    }
    default:
      return new UsageError(command, 'other arguments', message.replace(/^error: /, ''), help);
  }
}
