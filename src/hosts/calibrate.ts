import { WorkerLost } from '../errors.js';
import { type Child, forkEntry } from './child.js';

/**
 * Iterations of the computing kernel that take a millisecond on this machine, measured in a process of its own, where
 * nothing else has shaped the code. Takes about half a second.
 *
 * @throws WorkerLost when that process ends without a figure
 */
export async function calibrateKernel(child: Child = forkEntry('calibrate')): Promise<number> {
  let measured: number | undefined;
  child.process.on('message', (figure: number) => {
    measured = figure;
  });
  const loss = await child.exited;
  if (measured === undefined) throw new WorkerLost(loss);
  return measured;
}
