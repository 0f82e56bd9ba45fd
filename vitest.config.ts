import { defineConfig } from 'vitest/config';

/** Tests in Chromium and through a broker have configurations of their own: vitest.browser.config.ts, vitest.broker.config.ts. */
const ELSEWHERE = ['test/browser/**', 'test/broker/**'];

/** Tests that measure: alone, one file after the other, when all others have ended. */
const MEASURED = 'test/measured/**/*.test.ts';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/fresh-build.ts', 'test/support/temporary-folder.ts'],
    // Hosts, origins and workers are real processes: leave the second core to them.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['test/**/*.test.ts'],
          exclude: [MEASURED, ...ELSEWHERE],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measured',
          include: [MEASURED],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
});
