import { defineConfig } from 'vitest/config';

/** Tests with a broker: npm run test:broker. They are none of `npm test`, which needs Node alone. */
export default defineConfig({
  test: {
    name: 'broker',
    include: ['test/broker/**/*.test.ts'],
    // A lock has to run out, and once more.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/fresh-build.ts', 'test/support/temporary-folder.ts'],
    // They wait for locks to run out, and for processes to start, more than they compute.
    maxWorkers: 2,
  },
});
