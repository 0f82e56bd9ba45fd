/** The task file of the `tinypool` executor. */
import Tinypool, { kTransferable, kValue } from 'tinypool';
import type { ThreadPoolData } from '../src/executors/pool.js';
import { Ledger } from '../src/trial/ledger.js';
import { outputOf } from '../src/trial/payload.js';
import { type PoolRequest, poolTask } from '../src/trial/pool-task.js';

const data = Tinypool.workerData as ThreadPoolData;
const ledger = new Ledger(data.ledger);
const run = poolTask(data, ledger, ledger.enlist());

export default async (request: PoolRequest): Promise<unknown> => {
  const value = await run(request);
  const output = data.payload?.by === 'transfer' ? outputOf(value) : null;
  return output === null ? value : Tinypool.move({ [kTransferable]: output, [kValue]: value as object });
};
