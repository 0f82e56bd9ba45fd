import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../errors.js';
import type { Env } from './terminal.js';

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // The first argument in quotes would be the title of a window.
  win32: ['cmd', '/c', 'start', ''],
};
const ELSEWHERE = ['xdg-open'] as const;

/** What a browser is started with: everybody on this machine may read its arguments, and nobody else this file. */
export class SignPost implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'threads-vs-loop-page-'));
  readonly file = join(this.#folder, 'open.html');

  /** @param url ours: there is nothing to be escaped in it */
  constructor(url: string) {
    const goThere = `<meta http-equiv="refresh" content="0; url=${url}">`;
    const text = `<!doctype html><meta charset="utf-8"><title>threads-vs-loop</title>${goThere}<a href="${url}">To the page</a>\n`;
    writeFileSync(this.file, text, { mode: 0o600 });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Shows a file in the browser of this machine. @returns why it cannot; null: the browser has it */
export function openPage(file: string, env: Env): Promise<string | null> {
  const [command, ...args] = COMMANDS[process.platform] ?? ELSEWHERE;
  const child = spawn(command, [...args, file], { stdio: 'ignore', detached: true, env });
  return new Promise(resolve => {
    child.once('error', error => resolve(messageOf(error)));
    child.once('exit', code => resolve(code === 0 ? null : `${command} ended with ${code ?? 'a signal'}`));
    // One that is the browser itself goes on, and is the user's.
    child.once('spawn', () => child.unref());
  });
}
