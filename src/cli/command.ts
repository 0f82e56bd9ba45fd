import type { CommandUnknownOpts, Command as TypedCommand } from '@commander-js/extra-typings';
import type { FlagHelp } from './flags.js';

export type Command = TypedCommand;

/** Adds what comes as data: rows of the table of settings, and the like. */
export function addFlags(command: CommandUnknownOpts, rows: readonly FlagHelp[]): void {
  for (const { flag, help, repeatable } of rows) {
    if (repeatable) command.option(flag, help, collect);
    else command.option(flag, help);
  }
}

/** Of a flag that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
