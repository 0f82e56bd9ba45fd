/**
 * Outlives a CLI that was killed by SIGKILL, and ends its children: a host whose loop is busy would not notice.
 * A process of its own, so that the measured ones need no watchdog inside.
 */
import { killGroup } from '../src/run/child.js';
import type { ToReaper } from '../src/run/reaper.js';

const watched = new Set<number>();

process.on('message', ({ pid, alive }: ToReaper) => {
  if (alive) watched.add(pid);
  else watched.delete(pid);
});
process.on('disconnect', () => {
  for (const pid of watched) killGroup(pid);
  process.exit(0);
});
