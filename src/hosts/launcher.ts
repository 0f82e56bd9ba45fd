import type { WorkersWanted } from '../executors/broker/remote/recruit.js';
import type {
  Loss,
  MachineEnvironment,
  MachineFacts,
  MachineTicks,
  ModuleRef,
  OriginCounters,
  OriginSettings,
  Serve,
  WarmedUp,
} from '../schema/index.js';
import type { Rehearsal } from '../tasks/rehearsal.js';
import type { StartMessage } from '../trial/messages.js';
import type { ShownResult } from '../trial/shown-result.js';
import type { TrialOutput, TrialSpec } from '../trial/trial.js';
import type { WarmUpAim } from '../trial/warm-up.js';
import type { RunningBroker, RunningSetup, ServedCommand } from './companion.js';
import type { RehearsalRequest } from './rehearsal-process.js';

/** A host process. Whatever kills it ends in a WorkerLost from the call that waits. */
export interface Host extends AsyncDisposable {
  /** @returns the executor's own start-up time in ms */
  start(message: StartMessage): Promise<number>;
  /** @param limitMs after which the host is killed and the trial lost */
  trial(spec: TrialSpec, limitMs: number): Promise<TrialOutput>;
  /** Runs the tasks of a trial, unrecorded, until the aim is reached. @param limitMs as for a trial */
  warmUp(spec: TrialSpec, aim: WarmUpAim, limitMs: number): Promise<WarmedUp>;
  /** Of the trial that was digested, in this order; fewer than asked for where they do not fit. */
  results?(indexes: readonly number[]): Promise<readonly ShownResult[]>;
}

export interface Origin extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /**
   * A trial begins: whatever is random is drawn from this salt from now on, and counting starts anew. Resolves once it
   * is so: requests come another way than this message.
   */
  begin(salt: number): Promise<void>;
  /** What it counted since the last call, or since the trial began. */
  counters(): Promise<OriginCounters>;
  /** Why it is gone, once it is. */
  readonly lost: Loss | null;
}

export interface HostOptions {
  /** Threads of libuv's pool; null: as the environment has it. */
  readonly uvThreads: number | null;
  /** Absolute path of the Node that it is started with; null or left out: that of this program. */
  readonly execPath?: string | null;
}

export interface BrokerRequest {
  /** What the option `backend` of its executors says. */
  readonly backend: string;
  /** And their option `persistence`: of one that is started. */
  readonly persistence: string;
  /** And their option `rtt`: what is added to each round trip to one that is started, ms; 0: nothing. */
  readonly rttMs: number;
  /** Null: one is started. */
  readonly url: string | null;
  /** On other machines; left out: none are asked for. */
  readonly workers?: WorkersWanted;
  readonly caFile: string | null;
}

/** The machine that the processes run on. */
export interface MachineWatch {
  /** What figures of it are judged by. */
  facts(): MachineFacts;
  /** As a report has it. */
  environment(): MachineEnvironment;
  /** Null where the system does not tell. */
  ticks(): MachineTicks | null;
  /** Mean over the last minute. */
  loadAverage1m(): number;
}

/** Starts the processes of a run; tests put a scripted one in its place, on a scripted machine. */
export interface Launcher extends AsyncDisposable {
  readonly machine: MachineWatch;
  /** Resolves when the process has booted and waits for `start`. */
  startHost(options: HostOptions): Promise<Host>;
  /** @param port to take the place of an origin that died; 0 for any */
  startOrigin(settings: OriginSettings, seed: number, port: number): Promise<Origin>;
  /**
   * Tries a user's own code; null: nothing can be told. Left out: it is not tried.
   *
   * @param execPath as of a host
   */
  rehearse?(request: RehearsalRequest, execPath?: string | null): Promise<Rehearsal | null>;
  /** Iterations of the computing kernel that take a millisecond here. */
  calibrate(): Promise<number>;
  /**
   * Runs a workload's `setup`. What it starts is ended with the launcher, if not before.
   *
   * @throws UsageError when `setup` fails
   */
  setUp(workload: ModuleRef, seed: number): Promise<RunningSetup>;
  /**
   * Starts a command and waits until it listens; processes that are started later find it in `SERVE_URL`.
   *
   * @throws UsageError when it does not come up
   */
  serve(request: Serve): Promise<ServedCommand>;
  /**
   * Finds the broker that was given, or starts a private one, which is ended with the launcher. Left out: there is none.
   *
   * @throws UsageError where there is none to be had
   */
  broker?(request: BrokerRequest): Promise<RunningBroker>;
}
