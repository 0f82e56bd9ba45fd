import type { Loss } from '../../schema/index.js';
import type { WorkerUsage } from '../../trial/usage.js';

/** Processes that take jobs: on this machine, or on others. */
export interface WorkerSet {
  /** Resolves when so many have opened the workload and wait for jobs. */
  open(processes: number): Promise<void>;
  /** Those that have ended and were replaced, or are gone, since `reset`. */
  readonly lost: number;
  /** How the first of them ended. */
  readonly loss: Loss | null;
  /** When the latest of them did. */
  readonly lostAtMs: number | null;
  reset(): void;
  /** As of the latest `refresh`. */
  usage(): WorkerUsage;
  /** When no clock runs. */
  refresh(): Promise<void>;
  /** Looks for those that are gone, while a trial runs. */
  check(): Promise<void>;
  /** What one of them has stamped, on this machine's clock. */
  toControllerNs(process: number, ns: number): number;
  /** How far off that is at most; null: that is not known. */
  readonly clockErrorNs: number | null;
  close(): Promise<void>;
}
