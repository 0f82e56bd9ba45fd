import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { median } from '../../../src/stats/quantile.js';
import type { BareReady } from './bare.js';
import type { Side } from './bare-side.js';
import { BARE } from './paths.js';

/** One process of each side. */
export interface BarePair {
  readonly loop: BareSide;
  readonly threads: BareSide;
  /** Threads ÷ loop in throughput: the median over their turns. */
  readonly steadyRatio: number;
}

interface BareSide {
  /** Wall time of the first batch of the process. */
  readonly coldMs: number;
  /** Median of the warm batches. */
  readonly steadyMs: number;
}

/** Short, so that a machine that changes its speed every few seconds changes it under both. */
const BATCHES_OF_TURN = 5;
const TURNS = 7;

export interface BareOptions {
  readonly threads: number;
  /** The side that begins. */
  readonly first: Side;
  /** Default: 5 s. */
  readonly warmMs?: number;
}

/**
 * Starts a process of each side, one after the other, and has them take turns once both are warm.
 *
 * @throws Error when the two did not return the same results: then they did not do the same work
 */
export async function runPair(program: string, options: BareOptions): Promise<BarePair> {
  const { first } = options;
  await using ahead = await BareProcess.start(program, first, options);
  await using after = await BareProcess.start(program, first === 'loop' ? 'threads' : 'loop', options);
  if (ahead.ready.digest !== after.ready.digest)
    throw new Error(`${program}: loop and threads return different results`);
  const ratios: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const order = turn % 2 === 0 ? [ahead, after] : [after, ahead];
    const walls: Partial<Record<Side, number>> = {};
    for (const one of order) walls[one.side] = median(await one.run(BATCHES_OF_TURN))!;
    ratios.push(walls.loop! / walls.threads!);
  }
  const [loop, threads] = first === 'loop' ? [ahead, after] : [after, ahead];
  return { loop: loop.result(), threads: threads.result(), steadyRatio: median(ratios)! };
}

class BareProcess implements AsyncDisposable {
  readonly side: Side;
  readonly ready: BareReady;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #walls: number[] = [];

  static async start(program: string, side: Side, { threads, warmMs }: BareOptions): Promise<BareProcess> {
    const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
    const warm = warmMs === undefined ? [] : ['--warm-ms', `${warmMs}`];
    const args = [BARE, program, side, '--threads', `${threads}`, ...warm];
    const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new BareProcess(side, child, lines, (await nextOf(lines)) as BareReady);
  }

  private constructor(
    side: Side,
    child: ChildProcessByStdio<Writable, Readable, null>,
    lines: AsyncIterator<string>,
    ready: BareReady,
  ) {
    this.side = side;
    this.ready = ready;
    this.#child = child;
    this.#lines = lines;
  }

  /** @returns wall times, ms */
  async run(batches: number): Promise<readonly number[]> {
    this.#child.stdin.write(`${batches}\n`);
    const walls = (await nextOf(this.#lines)) as number[];
    this.#walls.push(...walls);
    return walls;
  }

  result(): BareSide {
    return { coldMs: this.ready.coldMs, steadyMs: median(this.#walls)! };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.stdin.end();
    await exited;
  }
}

async function nextOf(lines: AsyncIterator<string>): Promise<unknown> {
  const { value, done } = await lines.next();
  if (done === true) throw new Error('a bare process ended before it answered');
  return JSON.parse(value);
}
