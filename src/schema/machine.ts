import type { Environment } from './environment.js';

/** What a run finds, whatever it does there. */
export type MachineEnvironment = Omit<Environment, 'stealShare' | 'cpuIterationsPerMs'>;

/** What a machine is, as far as it decides what figures are worth. */
export interface MachineFacts {
  /** Cores that the run may use. */
  readonly cores: number;
  /** Of libuv's pool. */
  readonly uvThreads: number;
  readonly clockResolutionNs: number;
  /** That a process may have open; null or absent: the system does not tell. */
  readonly openFiles?: number | null;
  /** Whether the system tells what others use, and the most that a process had (/proc); absent: it does. */
  readonly hasProc?: boolean;
}

export interface Machine extends MachineFacts {
  /** Mean over the minute before the scenario. */
  readonly loadAverageAtStart: number;
}

/** CPU time of the machine since it started, in ticks of the kernel. */
export interface MachineTicks {
  readonly total: number;
  /** Running something, whoever's. */
  readonly busy: number;
  /** Taken by the hypervisor. */
  readonly stolen: number;
  /** Of this process, its children that have ended, and what those left behind. */
  readonly ours: number;
}

export interface MachineLoad {
  /** CPU time that others used, as a share of the machine's. */
  readonly outsideShare: number;
  readonly stealShare: number;
}
