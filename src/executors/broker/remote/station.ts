import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { nowMs, nowNs } from '../../../clock.js';
import { describeThrown, WorkerLost } from '../../../errors.js';
import type { BrokerAddress, WorkerRefusal } from '../../../schema/index.js';
import { moduleIdentity } from '../../../workloads/module-identity.js';
import { ProcessUsage } from '../../process-usage.js';
import type { BrokerEngine } from '../engine.js';
import { SHORTEST_LOCK_MS } from '../intervals.js';
import { WorkerProcesses } from '../worker-processes.js';
import type { MeetingPlace } from './meeting-place.js';
import {
  ANNOUNCE_EVERY_MS,
  type Announcement,
  type HeldModule,
  type OpenOrder,
  type Order,
  ordersChannel,
  PROTOCOL,
  parseOrder,
  type RemoteUsage,
  type Reply,
  RUN_ALIVE_MS,
} from './protocol.js';

/** A module that tasks may be of. */
export interface OwnModule extends HeldModule {
  readonly moduleUrl: string;
}

export interface StationOptions {
  readonly engine: Pick<BrokerEngine, 'meet'>;
  readonly address: BrokerAddress;
  readonly modules: readonly OwnModule[];
  readonly threads: number;
  readonly concurrency: number;
  /** Without a run for so long it ends. */
  readonly idleTimeoutMs: number;
  /** What it does, a line at a time. */
  readonly say: (line: string) => void;
}

/** The processes that work for one start of an executor. */
interface OpenRun {
  readonly workers: WorkerProcesses;
  readonly usage: ProcessUsage;
  readonly order: OpenOrder;
}

/** Told by its code: who asked has the words. */
class Refusal extends Error {
  readonly why: WorkerRefusal;

  constructor(why: WorkerRefusal) {
    super(why);
    this.why = why;
  }
}

/**
 * This machine as a worker of runs elsewhere: starts processes for whoever asks through the broker, of modules that it was
 * started with and no others.
 */
export class Station {
  readonly id = randomBytes(8).toString('hex');
  readonly #options: StationOptions;
  readonly #place: MeetingPlace;
  readonly #runs = new Map<string, OpenRun>();
  #idleSinceMs = nowMs();
  #idle: () => void = () => {};
  #timers: NodeJS.Timeout[] = [];
  #isOffline = false;

  constructor(options: StationOptions) {
    this.#options = options;
    const { engine, address } = options;
    this.#place = engine.meet(address, { lost: () => this.#sayLost(), found: () => this.#sayFound() });
  }

  /** Resolves when it has been idle for too long, or is told to stop. */
  async serve(signal: AbortSignal): Promise<void> {
    const ended = new Promise<void>(resolve => {
      this.#idle = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    void this.#place.listen(ordersChannel(this.id), text => void this.#hear(text)).catch(() => {});
    const announce = () => void this.#announce().catch(() => {});
    announce();
    this.#timers = [
      setInterval(announce, ANNOUNCE_EVERY_MS),
      setInterval(() => void this.#closeForsaken().catch(() => {}), RUN_ALIVE_MS / 3),
    ];
    await ended;
    await this.#end();
  }

  #sayLost(): void {
    if (this.#isOffline || this.#timers.length === 0) return;
    this.#isOffline = true;
    this.#options.say('The connection to the broker is lost. Looking for it.');
  }

  #sayFound(): void {
    if (this.#isOffline) this.#options.say('Connected again.');
    this.#isOffline = false;
  }

  async #announce(): Promise<void> {
    if (this.#runs.size === 0 && nowMs() - this.#idleSinceMs > this.#options.idleTimeoutMs)
      return this.#idle();
    if (!this.#place.isOpen) return;
    const { threads, concurrency, modules } = this.#options;
    const announcement: Announcement = {
      protocol: PROTOCOL,
      host: hostname(),
      cores: availableParallelism(),
      node: process.version,
      threads,
      concurrency,
      modules: modules.map(({ name, contents }) => ({ name, contents })),
      busy: this.#runs.size > 0,
    };
    await this.#place.announce(this.id, JSON.stringify(announcement));
  }

  async #hear(text: string): Promise<void> {
    const arrivedNs = Number(nowNs());
    const asked = parseOrder(text);
    if (asked === null) return;
    let answer: Partial<Reply>;
    try {
      answer = await this.#obey(asked.order);
    } catch (error) {
      answer = { refused: error instanceof Refusal ? error.why : describeThrown(error) };
    }
    const answeredNs = Number(nowNs());
    const reply: Reply = { worker: this.id, ask: asked.ask, arrivedNs, answeredNs, ...answer };
    await this.#place.say(asked.replyTo, JSON.stringify(reply)).catch(() => {});
  }

  async #obey(order: Order): Promise<Partial<Reply>> {
    switch (order.kind) {
      case 'clock':
        return {};
      case 'open':
        await this.#open(order.open);
        return {};
      case 'usage':
        return { usage: await this.#usageOf(order.run) };
      case 'close':
        await this.#close(order.run);
        return {};
    }
  }

  async #open(order: OpenOrder): Promise<void> {
    const { address, modules, threads, concurrency, say } = this.#options;
    const { names, workload, taskTimeoutMs, payload, maxStalled, first, count } = order;
    const own = modules.find(({ contents }) => contents === workload.contents);
    if (own === undefined) throw new Refusal('other-module');
    // Its files may have changed since: its processes read them anew.
    if ((await moduleIdentity(own.moduleUrl)).contents !== own.contents) throw new Refusal('files-changed');
    if (this.#runs.size > 0) throw new Refusal('busy');
    if (count > threads || order.concurrency > concurrency) throw new Refusal('too-small');
    const usage = new ProcessUsage(() => {});
    const workers = new WorkerProcesses({
      data: {
        workload: { ...workload, moduleUrl: own.moduleUrl },
        taskTimeoutMs,
        payload,
        address,
        names,
        concurrency: order.concurrency,
        maxStalled,
        lockMs: SHORTEST_LOCK_MS,
      },
      usage,
      lose: loss => {
        say(new WorkerLost(loss).message);
        void this.#close(names.run);
      },
    });
    this.#runs.set(names.run, { workers, usage, order });
    say(`Run ${names.run}: ${workload.name}, ${count} × ${order.concurrency}`);
    try {
      await workers.open(count, first);
    } catch (error) {
      await this.#close(names.run);
      throw error;
    }
  }

  async #usageOf(run: string): Promise<RemoteUsage> {
    const open = this.#runs.get(run);
    if (open === undefined) throw new Refusal('not-working');
    const { workers, usage } = open;
    await usage.refresh();
    const { cpuMs, peakRssBytes, involuntarySwitches, ignoredAborts, strays } = usage.usage();
    const { lost, loss, lostAtMs } = workers;
    const ended = loss === null ? null : { exitCode: loss.exitCode, signal: loss.signal };
    workers.reset();
    const lostAgoMs = lostAtMs === null ? null : nowMs() - lostAtMs;
    return {
      ...{ cpuMs, peakRssBytes, involuntarySwitches, ignoredAborts, strays },
      ...{ lost, ended, lostAgoMs },
    };
  }

  async #close(run: string): Promise<void> {
    const open = this.#runs.get(run);
    this.#runs.delete(run);
    if (this.#runs.size === 0) this.#idleSinceMs = nowMs();
    await open?.workers.close();
  }

  /** A controller that was killed closes nothing. */
  async #closeForsaken(): Promise<void> {
    if (!this.#place.isOpen) return;
    for (const [run, { order }] of this.#runs) {
      if (await this.#place.isAlive(order.names)) continue;
      this.#options.say(`Run ${run} is gone.`);
      await this.#close(run);
    }
  }

  /** After the tasks in flight. */
  async #end(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    if (this.#place.isOpen) await this.#place.withdraw(this.id).catch(() => {});
    await Promise.all([...this.#runs.values()].map(({ workers }) => workers.drain()));
    this.#runs.clear();
    this.#place.close();
  }
}
