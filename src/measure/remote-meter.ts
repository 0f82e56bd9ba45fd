import { setTimeout as sleep } from 'node:timers/promises';
import { RemoteTotalReached } from '../errors.js';
import type { BrokerRequest, Host, HostOptions, Launcher, Origin } from '../hosts/launcher.js';
import type { RehearsalRequest } from '../hosts/rehearsal-process.js';
import type { ModuleRef, OriginSettings, Plan, Remote, Serve } from '../schema/index.js';
import type { StartMessage } from '../trial/messages.js';
import type { TrialSpec } from '../trial/trial.js';
import type { WorkloadEnv } from '../workloads/workload.js';
import { startBroker } from './brokers.js';

/** Tasks that a rehearsal runs in each thread at most. */
const REHEARSED = 5;

/**
 * The launcher of a run that sends requests to other machines: counts them, whatever they are for, and refuses what would
 * exceed their total; lets one host at a time send any, so that the rate of one is the rate of all.
 *
 * @throws RemoteTotalReached from a trial, a warm-up or a rehearsal that would exceed it
 */
export function meteredLauncher(launcher: Launcher, { scenarios }: Plan): Launcher {
  const remote = scenarios.find(one => one.remote !== undefined)?.remote;
  return remote === undefined ? launcher : new MeteredLauncher(launcher, remote);
}

class MeteredLauncher implements Launcher {
  readonly #inner: Launcher;
  readonly #limits: Remote;
  #sent = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly machine: Launcher['machine'];

  constructor(inner: Launcher, limits: Remote) {
    this.#inner = inner;
    this.#limits = limits;
    this.machine = inner.machine;
  }

  async startHost(options: HostOptions): Promise<Host> {
    const host = await this.#inner.startHost(options);
    let started: StartMessage | null = null;
    const isRemote = () => started !== null && callsOthers(started.workload.env);
    return {
      start(message) {
        started = message;
        return host.start(message);
      },
      trial: (spec, limitMs) => {
        if (!isRemote()) return host.trial(spec, limitMs);
        return this.#alone(started!, async () => {
          const most = this.#mostOf(spec, started!) * spec.repeats;
          this.#take(most);
          // One that is lost may have sent all.
          const output = await host.trial(spec, limitMs);
          this.#sent += output.figures.outcomes.issued - most;
          return output;
        });
      },
      warmUp: (spec, aim, limitMs) => {
        if (!isRemote()) return host.warmUp(spec, aim, limitMs);
        return this.#alone(started!, async () => {
          const perPass = this.#mostOf(spec, started!);
          const { total } = this.#limits;
          const tasks = total === null ? Number.MAX_SAFE_INTEGER : total - this.#sent;
          this.#take(perPass);
          const warmedUp = await host.warmUp(spec, { ...aim, most: { perPass, tasks } }, limitMs);
          this.#sent += warmedUp.blocks.reduce((sum, block) => sum + block.tasks, 0) - perPass;
          return warmedUp;
        });
      },
      ...(host.results && { results: (indexes: readonly number[]) => host.results!(indexes) }),
      [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
    };
  }

  async rehearse(request: RehearsalRequest, execPath?: string | null) {
    if (callsOthers(request.workload.env)) this.#take(REHEARSED * Math.max(1, request.threads));
    return (await this.#inner.rehearse?.(request, execPath)) ?? null;
  }

  /** Requests of a pass, at most. */
  #mostOf({ load }: TrialSpec, { threads, inFlight }: StartMessage): number {
    if (load.kind !== 'duration') return load.tasks;
    // The plan has refused a duration without a rate under a total.
    const { perSecond } = this.#limits;
    return perSecond === null ? 0 : Math.ceil((perSecond * load.durationMs) / 1_000) + threads + inFlight;
  }

  #take(more: number): void {
    const { total } = this.#limits;
    if (total !== null && this.#sent + more > total) throw new RemoteTotalReached(this.#sent, total);
    this.#sent += more;
  }

  /** After whoever sends now, and the time that each of its workers has until its next turn. */
  #alone<Result>({ threads }: StartMessage, work: () => Promise<Result>): Promise<Result> {
    const { perSecond } = this.#limits;
    const turnMs = perSecond === null ? 0 : (1_000 * threads) / perSecond;
    const result = this.#last.then(work);
    this.#last = result.then(
      () => sleep(turnMs),
      () => {},
    );
    return result;
  }

  startOrigin(settings: OriginSettings, seed: number, port: number): Promise<Origin> {
    return this.#inner.startOrigin(settings, seed, port);
  }

  calibrate(): Promise<number> {
    return this.#inner.calibrate();
  }

  setUp(workload: ModuleRef, seed: number) {
    return this.#inner.setUp(workload, seed);
  }

  serve(request: Serve) {
    return this.#inner.serve(request);
  }

  broker(request: BrokerRequest) {
    return startBroker(this.#inner, request);
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#inner[Symbol.asyncDispose]();
  }
}

function callsOthers({ network }: WorkloadEnv): boolean {
  return network !== undefined && Object.keys(network.addresses).length > 0;
}
