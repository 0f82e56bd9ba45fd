/** Beyond these a number is a slip, and a machine gives out. */
export const MAX_TASKS = 10_000_000;
export const MAX_THREADS = 1024;
export const MAX_IN_FLIGHT = 1_000_000;
