/** The same for poolifier. */
import { ThreadWorker } from 'poolifier';
import task from './pool-task.js';

export default new ThreadWorker<number, unknown>(async index => task(index!), {
  maxInactiveTime: Number.MAX_SAFE_INTEGER,
});
