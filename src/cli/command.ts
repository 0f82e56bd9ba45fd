import type { Command as TypedCommand } from '@commander-js/extra-typings';

export type Command = TypedCommand;

/** Of a flag that may be given several times. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}
