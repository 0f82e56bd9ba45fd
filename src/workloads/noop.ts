import { defineWorkload } from './workload.js';

/** Of kind `cpu`: it never waits, so that what it costs to start it is all there is. */
export default defineWorkload({
  name: 'noop',
  summary: 'returns its index: what an executor itself costs',
  kind: 'cpu',
  defaults: { tasks: 10_000 },
  open: async () => null,
  task: async (_context, index) => index,
  taskSync: (_context, index) => index,
});
