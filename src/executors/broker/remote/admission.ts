import { type Announcement, type HeldModule, PROTOCOL } from './protocol.js';

/** What a run wants of each of its workers. */
export interface Wanted {
  /** `v24.1.0` */
  readonly node: string;
  readonly modules: readonly HeldModule[];
  /** Tasks of a process at the same time. */
  readonly concurrency: number;
}

/** Of a hash, enough to tell it from another. */
const SHOWN = 12;

/** @returns why it cannot be taken, with both values; null: it can */
export function refusalOf(worker: Announcement, wanted: Wanted): string | null {
  const { protocol, node, busy, concurrency } = worker;
  if (protocol !== PROTOCOL) return `speaks version ${protocol} of the protocol, this run ${PROTOCOL}`;
  if (majorOf(node) !== majorOf(wanted.node)) return `has Node ${node}, this run ${wanted.node}`;
  for (const module of wanted.modules) {
    const why = missing(module, worker.modules);
    if (why !== null) return why;
  }
  if (concurrency < wanted.concurrency)
    return `takes ${concurrency} tasks at a time in each process (--concurrency), this run has ${wanted.concurrency}`;
  return busy ? 'works for another run' : null;
}

function missing({ name, contents }: HeldModule, held: readonly HeldModule[]): string | null {
  if (held.some(one => one.contents === contents)) return null;
  const other = held.find(one => one.name === name);
  return other === undefined
    ? `was started without ${name} (${contents.slice(0, SHOWN)})`
    : `has ${name} with the contents ${other.contents.slice(0, SHOWN)}, this run has ${contents.slice(0, SHOWN)}`;
}

function majorOf(node: string): string {
  return /^v?(\d+)/.exec(node)?.[1] ?? node;
}

/**
 * Numbers of the processes of a run, spread over workers as evenly as they have room for.
 *
 * @param room processes that each may start
 * @returns how many each starts; null: there is not room for all
 */
export function spread(processes: number, room: readonly number[]): number[] | null {
  const counts = room.map(() => 0);
  for (let left = processes; left > 0; ) {
    const before = left;
    for (const [at, most] of room.entries()) {
      if (left === 0 || counts[at]! >= most) continue;
      counts[at]!++;
      left--;
    }
    if (left === before) return null;
  }
  return counts;
}
