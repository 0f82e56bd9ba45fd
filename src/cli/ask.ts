import { isatty } from 'node:tty';

/** A line of an answer; null: the input ended, or Ctrl-C. */
export type Ask = (question: string) => Promise<string | null>;

type Terminal = Pick<NodeJS.Process, 'stdin' | 'stderr'>;

/** Undefined where nobody can answer. */
export function askOn(terminal: Terminal): Ask | undefined {
  // Not by `stdin.isTTY`: that would open it, for every command.
  if (!isatty(0) || !isatty(2)) return undefined;
  return async question => {
    // Loaded when it is needed: most runs ask nothing.
    const { createInterface } = await import('node:readline');
    return new Promise(resolve => {
      const lines = createInterface({ input: terminal.stdin, output: terminal.stderr });
      // Ctrl-C closes it as the end of the input does.
      lines.once('close', () => resolve(null));
      lines.question(question, answer => {
        resolve(answer);
        lines.close();
      });
    });
  };
}
