/** What both sides of a pair tell of one trial. */
export interface Measured {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Of worker processes, where `cpuMs` is without them. */
  readonly workersCpuMs?: number;
  /** By which reachable memory grew, where that is measured. */
  readonly grownBytes?: number;
  /** What else a check asks for, by name. */
  readonly figures?: Readonly<Record<string, number>>;
}

export const perSecond = (tasks: number, { wallMs }: Measured): number => tasks / (wallMs / 1000);
