import { defineConfig } from 'vitest/config';

/** Of pages that stand still: what they look like does not depend on who else is at work. */
const STILL = ['test/browser/pages/**/*.test.ts', 'test/browser/{chart-files,checkers,host-policy}.test.ts'];

/** Tests in Chromium: npm run test:browser. They are none of `npm test`, which needs Node alone. */
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/fresh-build.ts', 'test/support/temporary-folder.ts'],
    projects: [
      {
        extends: true,
        // A browser waits for its test, and a test for its browser: two of each are about what two cores take.
        test: { name: 'still', include: STILL, maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        // Frames, races and runs are measured or timed.
        test: {
          name: 'timed',
          include: ['test/browser/**/*.test.ts'],
          exclude: STILL,
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
});
