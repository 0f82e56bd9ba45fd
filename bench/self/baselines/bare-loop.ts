/** A bare loop of no-op tasks: what lanes and `Promise.all` cost without any bookkeeping. */
import { medianBatch } from '../support/micro.js';
import { serveMeasured } from '../support/serve.js';
import { allAtOnce, lanes } from './loops.js';
import noop from './noop.js';

serveMeasured(
  async ({ shape, inFlight }) =>
    tasks =>
      medianBatch(() => (shape === 'lanes' ? lanes(tasks, Number(inFlight), noop) : allAtOnce(tasks, noop))),
);
