import type { CliDeps } from './deps.js';

/** What ends a command in order, with the exit code that a shell gives for it: 128 + the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;
type Ending = keyof typeof EXIT_CODES;
const SIGNALS = Object.keys(EXIT_CODES) as readonly Ending[];

export const CTRL_C = EXIT_CODES.SIGINT;
export type InterruptCode = (typeof EXIT_CODES)[Ending];

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
  /** Of the first signal, the one that counts; 130 before any. */
  readonly exitCode: InterruptCode;
}

/** What a command that keeps results says at the first signal. */
export const INTERRUPTED = 'Interrupted: what is measured is kept. Again to quit at once.\n';

/**
 * Runs what measures nothing yet: a signal ends the process at once, since there is nothing to keep, and by its exit code
 * rather than by default, so that what listens for `exit` can clear up.
 */
export async function endingAtOnce<Result>(deps: CliDeps, body: () => Promise<Result>): Promise<Result> {
  using interrupt: Interrupt = listenForInterrupt(deps, () => deps.exit(interrupt.exitCode));
  return await body();
}

/** Aborts at the first Ctrl-C or SIGTERM and ends the process at the next. Listens until disposed. */
export function listenForInterrupt({ signals, exit }: CliDeps, onFirst = () => {}): Interrupt {
  const controller = new AbortController();
  let exitCode: InterruptCode = EXIT_CODES.SIGINT;
  const listeners = SIGNALS.map(name => {
    const interrupted = () => {
      if (controller.signal.aborted) return exit(exitCode);
      exitCode = EXIT_CODES[name];
      onFirst();
      controller.abort();
    };
    signals.on(name, interrupted);
    return { name, interrupted };
  });
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    [Symbol.dispose]() {
      for (const { name, interrupted } of listeners) signals.off(name, interrupted);
    },
  };
}
