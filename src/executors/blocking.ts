import { runBlocking } from '../tasks/blocking.js';
import { LOOP } from './capabilities.js';
import { defineExecutor } from './executor.js';
import { startHere } from './loop.js';

export default defineExecutor({
  name: 'blocking',
  summary: 'one loop, each task a call that blocks it: time.sleep in a coroutine (workloads with taskSync)',
  capabilities: LOOP,
  options: {},
  maxInFlight: 1,
  needsTaskSync: true,
  start: (ref, options) =>
    startHere(ref, options, runnerOptions => batch => runBlocking(runnerOptions, batch.source, batch)),
});
