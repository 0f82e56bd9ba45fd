import type { ExecutorCapabilities } from '../schema/index.js';

/** Tasks run on the host's own loop. */
export const LOOP: ExecutorCapabilities = {
  workers: false,
  sharesMemory: true,
  sharesClock: true,
  sharesModules: true,
};

/** Worker threads of the host. */
export const THREADS: ExecutorCapabilities = { ...LOOP, workers: true };

/** Processes of this machine. */
export const PROCESSES: ExecutorCapabilities = { ...THREADS, sharesMemory: false };
