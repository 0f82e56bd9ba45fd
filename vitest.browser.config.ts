import { defineConfig } from 'vitest/config';

/** Tests in Chromium: npm run test:browser. They are none of `npm test`, which needs Node alone. */
export default defineConfig({
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/fresh-build.ts', 'test/support/temporary-folder.ts'],
    // A browser takes the second core.
    fileParallelism: false,
    maxWorkers: 1,
  },
});
