import { createRandom, hash32 } from '../../src/random.js';
import type { TuneFork, TunePoint, TuneRules } from '../../src/schema/index.js';
import { decide, USUAL_RULES } from '../../src/tune/decide.js';

/** A surface of throughputs as tasks of some nature make it, and how well it can be measured. */
export interface World {
  readonly kind: string;
  readonly points: readonly TunePoint[];
  /** Tasks per second. */
  readonly truth: ReadonlyMap<string, number>;
  readonly noise: { readonly round: number; readonly fork: number; readonly outliers: number };
}

export const RULES: TuneRules = { ...USUAL_RULES, order: ['limited', 'piscina', 'queue'] };

interface Nature {
  readonly kind: string;
  readonly cpuMs: number;
  readonly waitMs: number;
  readonly blockMs: number;
  /** Served at once elsewhere; infinite: as many as come. */
  readonly servers: number;
  /** libuv's threads; infinite where tasks do not run on them. */
  readonly pool: number;
  /** Each worker more costs all of them this share. */
  readonly contention: number;
}

const IN_FLIGHT = Array.from({ length: 9 }, (_, power) => 2 ** power);
const KINDS = ['wait', 'cpu', 'mixed', 'libuv', 'blocking', 'server', 'dispatch', 'two-peaks'] as const;

/** Deterministic: the same world for the same number. */
export function world(number: number): World {
  const random = createRandom(hash32(number, 'world'));
  const between = (low: number, high: number) => low * (high / low) ** random.next();
  const kind = KINDS[number % KINDS.length]!;
  const cores = [2, 4, 8, 16][random.int(4)]!;
  const nature: Nature = {
    kind,
    cpuMs:
      kind === 'cpu' || kind === 'mixed'
        ? between(0.2, 20)
        : kind === 'dispatch'
          ? between(0.002, 0.05)
          : between(0.005, 0.1),
    waitMs: kind === 'wait' || kind === 'server' ? between(1, 200) : kind === 'mixed' ? between(1, 50) : 0,
    blockMs: kind === 'blocking' ? between(1, 50) : 0,
    servers: kind === 'server' ? 8 : Number.POSITIVE_INFINITY,
    pool: kind === 'libuv' ? 4 : Number.POSITIVE_INFINITY,
    contention: between(0.0005, 0.02),
  };
  const poolMs = kind === 'libuv' ? between(1, 30) : 0;
  const dispatchMs: Record<string, number> = { limited: 0.0001, queue: 0.002, piscina: 0.03 };
  const points: TunePoint[] = [];
  const truth = new Map<string, number>();
  const workerCounts = (limit: number) =>
    Array.from({ length: 9 }, (_, power) => 2 ** power).filter(count => count <= limit);
  for (const executor of ['limited', 'piscina', 'queue']) {
    for (const workers of executor === 'limited' ? [0] : workerCounts(16 * cores)) {
      for (const inFlightPerWorker of IN_FLIGHT) {
        const threads = Math.max(1, workers);
        const inFlight = threads * inFlightPerWorker;
        const serviceMs = nature.cpuMs + nature.waitMs + nature.blockMs + poolMs;
        const bound = Math.min(
          inFlight / serviceMs,
          Math.min(threads, cores) / nature.cpuMs,
          nature.blockMs > 0 ? threads / (nature.blockMs + nature.cpuMs) : Number.POSITIVE_INFINITY,
          poolMs > 0 ? nature.pool / poolMs : Number.POSITIVE_INFINITY,
        );
        // Little's law in a closed network, softened where bounds cross.
        const cpu =
          nature.cpuMs + dispatchMs[executor]! * (executor === 'limited' ? 1 : 1 + 1 / inFlightPerWorker);
        const limits = [
          inFlight / (serviceMs + dispatchMs[executor]!),
          Math.min(threads, cores) / cpu / (1 + nature.contention * (threads - 1)),
          executor === 'limited' ? Number.POSITIVE_INFINITY : 1 / dispatchMs[executor]!,
          nature.blockMs > 0 ? threads / (nature.blockMs + cpu) : Number.POSITIVE_INFINITY,
          poolMs > 0 ? nature.pool / poolMs : Number.POSITIVE_INFINITY,
          nature.servers / Math.max(nature.waitMs, 1e-9),
        ];
        const soft = limits.reduce((sum, limit) => sum + limit ** -6, 0) ** (-1 / 6);
        const crowd = kind === 'two-peaks' && workers === cores / 2 ? 1.12 : 1;
        const id = `${executor} ${workers}x${inFlightPerWorker}`;
        points.push({
          id,
          executor,
          workers,
          inFlightPerWorker,
          uvThreads: null,
          setting: '',
          bound: bound * 1000,
          tier: workers > 4 * cores ? 1 : 0,
        });
        truth.set(id, soft * crowd * 1000);
      }
    }
  }
  const noise = {
    round: between(0.004, 0.03),
    fork: between(0.002, 0.015),
    outliers: random.next() < 0.5 ? 0.03 : 0,
  };
  return { kind, points, truth, noise };
}

/** What a fork would measure. */
export function measureIn({ truth, noise }: World, seed: number, ids: readonly string[], rounds: number) {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const machine = 0.05 * normal();
  const drift = Array.from({ length: rounds }, () => 0.02 * normal());
  const logsOf = (id: string) => {
    const level = Math.log(truth.get(id)!) + machine + noise.fork * normal();
    return drift.map(
      shared => level + shared + noise.round * normal() - (random.next() < noise.outliers ? 0.3 : 0),
    );
  };
  return Object.fromEntries(ids.map(id => [id, logsOf(id)]));
}

export interface Tuned {
  readonly choice: string;
  readonly trials: number;
  readonly forks: readonly TuneFork[];
  /** Share that the best point does more than the choice. */
  readonly regret: number;
  readonly gridTrials: number;
}

/** Runs a whole tune in a world. */
export function tuneWorld(in_: World, seed: number, rules: TuneRules = RULES): Tuned {
  const forks: TuneFork[] = [];
  let trials = 0;
  for (let step = 0; step < 200; step++) {
    const decision = decide({ points: in_.points, forks, hurry: false }, rules);
    if (decision.kind === 'done') {
      const { choice } = decision;
      if (choice === null) throw new Error('a tune without a choice');
      const best = Math.max(...in_.truth.values());
      const tiers = in_.points.filter(({ tier }) => tier === 0).length;
      return {
        choice,
        trials,
        forks,
        regret: best / in_.truth.get(choice)! - 1,
        gridTrials: tiers * 6,
      };
    }
    const { phase, ids, rounds } = decision;
    for (let fork = 0; fork < decision.forks; fork++) {
      trials += ids.length * rounds;
      forks.push({ phase, logs: measureIn(in_, hash32(seed, 'fork', step, fork), ids, rounds), unfit: [] });
    }
  }
  throw new Error('a tune without an end');
}
