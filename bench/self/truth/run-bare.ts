import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BareRun } from './bare.js';
import type { Side } from './bare-side.js';
import { BARE } from './paths.js';

const execute = promisify(execFile);

/** One process of each side, right after one another. */
export interface BarePair {
  readonly loop: BareRun;
  readonly threads: BareRun;
}

/**
 * @param first the side that begins
 * @throws Error when the two did not return the same results: then they did not do the same work
 */
export async function runPair(program: string, threads: number, first: Side): Promise<BarePair> {
  const runSide = async (side: Side) => {
    const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
    const { stdout } = await execute(process.execPath, [BARE, program, side, '--threads', `${threads}`], {
      env,
    });
    return JSON.parse(stdout) as BareRun;
  };
  const ahead = await runSide(first);
  const after = await runSide(first === 'loop' ? 'threads' : 'loop');
  const [loop, inThreads] = first === 'loop' ? [ahead, after] : [after, ahead];
  if (loop.digest !== inThreads.digest)
    throw new Error(`${program}: loop and threads return different results`);
  return { loop, threads: inThreads };
}
