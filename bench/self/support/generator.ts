/** What another load generator is asked for: GETs of one URL over connections that each send the next when answered. */
export interface GeneratorLoad {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Whole: neither wrk nor autocannon takes a part of one. */
  readonly seconds: number;
}

/** What it says of one run. */
export interface GeneratorRun {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
}

/** A load generator that is not ours, as a program with arguments. */
export interface Generator {
  readonly name: string;
  /** Steps in which it tells a p50 of some ms: no comparison of it can be finer. */
  readonly p50StepMs: number;
  /** The program and its arguments. */
  command(load: GeneratorLoad): readonly [file: string, ...args: string[]];
  /** @throws Error when requests failed (such a run proves nothing), or when the output is not what is known */
  parse(output: string): GeneratorRun;
}
