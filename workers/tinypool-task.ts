/** The task file of the `tinypool` executor. */
import Tinypool, { kTransferable, kValue } from 'tinypool';
import { type ThreadPoolData, threadTask } from '../src/executors/thread-task.js';

export default threadTask(Tinypool.workerData as ThreadPoolData, (value, output) =>
  Tinypool.move({ [kTransferable]: output, [kValue]: value }),
);
