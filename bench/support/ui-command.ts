import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Whatever becomes of who started it. */
const LIFE_MS = 600_000;

/** `threads-vs-loop ui` as a visitor starts it, in an empty folder that ends with it. */
export class UiCommand implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-ui-'));
  readonly #child;

  /** @param main the program's file in `dist` */
  constructor(main: string, args: readonly string[] = []) {
    this.#child = spawn(process.execPath, [main, 'ui', ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: LIFE_MS,
    });
  }

  /** Of the page, with its token; to be asked for once. */
  async address(): Promise<string> {
    for await (const line of createInterface(this.#child.stdout)) {
      const found = /http:\/\/\S+#\S+/.exec(line)?.[0];
      if (found !== undefined) return found;
    }
    throw new Error('Expected the address of the page, got the end of the program');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
