import { WorkerLost } from '../errors.js';
import { forkEntry, whyExited } from './entry.js';

/**
 * Iterations of the computing kernel that take a millisecond on this machine, measured in a process of its own, where
 * nothing else has shaped the code. Takes about half a second.
 *
 * @throws WorkerLost when that process ends without a figure
 */
export async function calibrateKernel(): Promise<number> {
  const child = forkEntry('calibrate');
  const ended = whyExited(child, 'calibration');
  let measured: number | undefined;
  child.on('message', (figure: number) => {
    measured = figure;
  });
  const reason = await ended;
  if (measured === undefined) throw new WorkerLost(reason);
  return measured;
}
