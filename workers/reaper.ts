/**
 * Outlives a CLI that was killed by SIGKILL, and ends its children: a host whose loop is busy would not notice. What they have
 * left behind it removes.
 * A process of its own, so that the measured ones need no watchdog inside.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeCheckout } from '../src/hosts/checkout-folders.js';
import { isGroupAlive } from '../src/hosts/process-group.js';
import type { ToReaper } from '../src/hosts/reaper.js';
import { removeRunFolder } from '../src/hosts/run-folder.js';
import { killGroup } from '../src/kill-group.js';

/** For those who end by another signal than SIGKILL to be gone. */
const END_LIMIT_MS = 3_000;
const POLL_MS = 20;

/** Processes, and what each is to end by. */
const watched = new Map<number, NodeJS.Signals>();
const folders: Extract<ToReaper, { readonly folder: string }>[] = [];

for await (const line of createInterface({ input: process.stdin })) {
  const message: ToReaper = JSON.parse(line);
  if ('folder' in message) folders.push(message);
  else if (message.alive) watched.set(message.pid, message.endSignal ?? 'SIGKILL');
  else watched.delete(message.pid);
}
// Its end is the end of the CLI.
for (const [pid, signal] of watched) killGroup(pid, signal);
const isAlive = () => [...watched].some(([pid, signal]) => signal !== 'SIGKILL' && isGroupAlive(pid));
for (let waitedMs = 0; waitedMs < END_LIMIT_MS && isAlive(); waitedMs += POLL_MS) await sleep(POLL_MS);
for (const pid of watched.keys()) killGroup(pid);
for (const { folder, repository } of folders) {
  if (repository === undefined) removeRunFolder(folder);
  else removeCheckout(folder, repository);
}
