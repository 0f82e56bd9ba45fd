/**
 * A config: `npx threads-vs-loop run --config examples/threads-vs-loop.config.mjs`. In its own folder, and below, it is
 * found without the flag.
 */
import { defineConfig } from 'threads-vs-loop';

export default defineConfig({
  // What `run` without targets runs. Paths start from the folder of this file.
  scenarios: [
    {
      name: 'words',
      summary: 'a function of a program, with arguments from a file',
      workload: './word-count.mjs#countWords',
      args: './texts.ndjson',
      tasks: 60,
    },
    {
      name: 'hashes',
      summary: 'short and long tasks side by side',
      workload: './hash-files.mjs',
      params: { passes: [2, 20] },
      // What a scenario says beats the rest of this file.
      executors: ['sequential', 'limited', 'queue'],
      baseline: 'sequential',
    },
  ],
  executors: ['limited', 'queue'],
  defaults: { baseline: 'limited', threads: 2, budgetMs: 20_000 },
});
