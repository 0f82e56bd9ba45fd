import { spawn } from 'node:child_process';
import { messageOf } from '../errors.js';
import type { Env } from './terminal.js';

const COMMANDS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // The first argument in quotes would be the title of a window.
  win32: ['cmd', '/c', 'start', ''],
};
const ELSEWHERE = ['xdg-open'] as const;

/** Shows a URL in the browser of this machine. @returns why it cannot; null: the browser has it */
export function openPage(url: string, env: Env): Promise<string | null> {
  const [command, ...args] = COMMANDS[process.platform] ?? ELSEWHERE;
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true, env });
  return new Promise(resolve => {
    child.once('error', error => resolve(messageOf(error)));
    child.once('exit', code => resolve(code === 0 ? null : `${command} ended with ${code ?? 'a signal'}`));
    // One that is the browser itself goes on, and is the user's.
    child.once('spawn', () => child.unref());
  });
}
