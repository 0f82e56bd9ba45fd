import type { SignalSource } from './deps.js';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

export interface Interrupt extends Disposable {
  readonly signal: AbortSignal;
}

/** Aborts at the first Ctrl-C or SIGTERM and calls `onSecond` at the next. Listens until disposed. */
export function listenForInterrupt(
  signals: SignalSource,
  onFirst: () => void,
  onSecond: () => void,
): Interrupt {
  const controller = new AbortController();
  const interrupted = () => {
    if (controller.signal.aborted) return onSecond();
    onFirst();
    controller.abort();
  };
  for (const name of SIGNALS) signals.on(name, interrupted);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of SIGNALS) signals.off(name, interrupted);
    },
  };
}
