/** What both sides of the bare script have in common. Nothing of the program's executors or trials is used here. */

export type Side = 'loop' | 'threads';

/** As much of a workload as the bare script needs. */
export interface BareWorkload {
  open(params: object, env: object): Promise<unknown>;
  task(context: unknown, index: number): Promise<unknown>;
}

/** Tasks of a batch, indexes 0 … 99. */
export const BATCH = 100;

/** Given each result on the main thread. */
export type Deliver = (index: number, result: unknown) => void;

/** Runs a batch; resolves when its last result has been delivered. */
export type RunBatch = (deliver: Deliver) => Promise<void>;

export async function loadWorkload(moduleUrl: string): Promise<BareWorkload> {
  return (await import(moduleUrl)).default as BareWorkload;
}

export function openWorkload(workload: BareWorkload): Promise<unknown> {
  return workload.open({}, { originUrl: null, inFlight: 1, cpuIterationsPerMs: 0, seed: 1 });
}
