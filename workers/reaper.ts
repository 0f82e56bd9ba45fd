/**
 * Outlives a CLI that was killed by SIGKILL, and ends its children: a host whose loop is busy would not notice. What they have
 * left behind it removes.
 * A process of its own, so that the measured ones need no watchdog inside.
 */
import { createInterface } from 'node:readline';
import { removeCheckout } from '../src/hosts/checkout-folders.js';
import type { ToReaper } from '../src/hosts/reaper.js';
import { removeRunFolder } from '../src/hosts/run-folder.js';
import { killGroup } from '../src/kill-group.js';

const watched = new Set<number>();
const folders: Extract<ToReaper, { readonly folder: string }>[] = [];

for await (const line of createInterface({ input: process.stdin })) {
  const message: ToReaper = JSON.parse(line);
  if ('folder' in message) folders.push(message);
  else if (message.alive) watched.add(message.pid);
  else watched.delete(message.pid);
}
// Its end is the end of the CLI.
for (const pid of watched) killGroup(pid);
for (const { folder, repository } of folders) {
  if (repository === undefined) removeRunFolder(folder);
  else removeCheckout(folder, repository);
}
