import { type ChildProcess, spawn } from 'node:child_process';

/** Other programs that want the cores. */
export class Burners {
  readonly #count: number;
  #running: ChildProcess[] = [];

  /** Idle until they are switched on. */
  constructor(count: number) {
    this.#count = count;
  }

  /** Each in a session of its own: schedulers share cores out by session first. */
  toggle(): void {
    if (this.#running.length > 0) this.stop();
    else
      this.#running = Array.from({ length: this.#count }, () =>
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore', detached: true }),
      );
  }

  stop(): void {
    for (const burner of this.#running) burner.kill('SIGKILL');
    this.#running = [];
  }
}
