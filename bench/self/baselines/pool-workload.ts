/** The same tasks as a workload, for the program's side. */
import { defineWorkload } from '../../../src/workloads/workload.js';
import { type ResultKind, resultOf } from './pool-task.js';

export default defineWorkload({
  name: 'pool-workload',
  summary: 'returns a number, 1 kB of JSON or 3,000 fresh objects',
  kind: 'cpu',
  params: {
    result: {
      kind: 'choice',
      default: 'number',
      choices: ['number', 'json', 'objects'],
      summary: 'what a task returns',
    },
  },
  defaults: { tasks: 2_000 },
  open: async ({ result }) => result as ResultKind,
  task: async (result, index) => resultOf(index, result),
  close: async () => {},
});
