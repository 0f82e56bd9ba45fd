/**
 * A workload of your own: `npx threads-vs-loop run ./examples/hash-files.mjs`.
 *
 * Each task hashes one made-up document a number of times: computing that blocks whatever thread it runs on.
 */
import { createHash } from 'node:crypto';
import { defineWorkload } from 'threads-vs-loop';

export default defineWorkload({
  name: 'hash-files',
  summary: 'SHA-256 of a document, again and again',
  kind: 'cpu',
  params: {
    kilobytes: { kind: 'number', default: 64, min: 1, max: 10_000, summary: 'size of a document' },
    passes: {
      kind: 'number',
      default: 20,
      min: 1,
      max: 1_000,
      integer: true,
      summary: 'hashes per document',
    },
  },
  defaults: { tasks: 60, executors: ['sequential', 'limited', 'queue', 'piscina'] },

  // Once per worker: what tasks share.
  open: async ({ kilobytes, passes }) => ({
    document: Buffer.alloc(kilobytes * 1024, 'threads or loop? '),
    passes,
  }),

  // Once per task. The result must be the same in every executor: the run proves it.
  task: async ({ document, passes }, index) => {
    let digest = String(index);
    for (let pass = 0; pass < passes; pass++)
      digest = createHash('sha256').update(digest).update(document).digest('hex');
    return digest;
  },
});
