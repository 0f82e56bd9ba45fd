import { nowMs } from '../../../clock.js';
import { WorkerLost } from '../../../errors.js';
import { type Loss, type RemoteStation, WORKER_REFUSALS } from '../../../schema/index.js';
import type { WorkerUsage } from '../../../trial/usage.js';
import { moduleIdentity } from '../../../workloads/module-identity.js';
import { workerEnded } from '../../worker-exits.js';
import { DriftingClock } from '../drifting-clock.js';
import type { BrokerWorkerData } from '../worker.js';
import type { WorkerSet } from '../worker-set.js';
import { spread } from './admission.js';
import { Asker } from './asker.js';
import type { MeetingPlace } from './meeting-place.js';
import { type RemoteUsage, RUN_ALIVE_EVERY_MS } from './protocol.js';

/** To open a workload elsewhere takes as long as it takes. */
const OPEN_LIMIT_MS = 60_000;

const NOTHING: RemoteUsage = {
  cpuMs: 0,
  peakRssBytes: 0,
  involuntarySwitches: 0,
  ignoredAborts: 0,
  strays: 0,
  lost: 0,
  ended: null,
  lostAgoMs: null,
};

/** One that works for this run. */
interface Working {
  readonly station: RemoteStation;
  readonly clock: DriftingClock;
  latest: RemoteUsage;
  isGone: boolean;
}

export interface RemoteWorkersOptions {
  /** Closed by whoever has opened it. */
  readonly place: MeetingPlace;
  readonly stations: readonly RemoteStation[];
  readonly data: Omit<BrokerWorkerData, 'worker'>;
  readonly lose: (loss: Loss) => void;
}

/** Processes on other machines, which their `worker` commands start for this run. */
export class RemoteWorkers implements WorkerSet {
  readonly #options: RemoteWorkersOptions;
  readonly #working: Working[] = [];
  /** By the numbers of processes. */
  readonly #clocks: DriftingClock[] = [];
  #asker: Asker | undefined;
  #alive: NodeJS.Timeout | undefined;
  #closing = false;
  lost = 0;
  loss: Loss | null = null;
  lostAtMs: number | null = null;

  constructor(options: RemoteWorkersOptions) {
    this.#options = options;
  }

  async open(processes: number): Promise<void> {
    const { place, stations, data } = this.#options;
    const counts = spread(
      processes,
      stations.map(({ threads }) => threads),
    );
    if (counts === null) throw new Error(`the workers have no room for ${processes} processes`);
    await this.#sayAlive();
    this.#alive = setInterval(() => void this.#sayAlive().catch(() => {}), RUN_ALIVE_EVERY_MS);
    const asker = await Asker.open(place, data.names);
    this.#asker = asker;
    let first = 0;
    for (const [at, count] of counts.entries()) {
      if (count === 0) continue;
      const one: Working = {
        station: stations[at]!,
        clock: new DriftingClock(),
        latest: NOTHING,
        isGone: false,
      };
      this.#working.push(one);
      for (let process = 0; process < count; process++) this.#clocks[first + process] = one.clock;
      first += count;
    }
    await Promise.all(this.#working.map((one, at) => this.#openOne(asker, one, at, counts.filter(Boolean))));
    await this.refresh();
  }

  async #openOne(asker: Asker, { station }: Working, at: number, counts: readonly number[]): Promise<void> {
    const { workload, taskTimeoutMs, payload, names, concurrency, maxStalled } = this.#options.data;
    // By what it is made of: where it is here is nobody's business.
    const { contents } = await moduleIdentity(workload.moduleUrl);
    const first = counts.slice(0, at).reduce((sum, count) => sum + count, 0);
    const open = {
      ...{ workload: { ...workload, moduleUrl: '', contents }, taskTimeoutMs, payload, names },
      ...{ concurrency, maxStalled, first, count: counts[at]! },
    };
    const answer = await asker.ask(station.id, { kind: 'open', open }, OPEN_LIMIT_MS);
    if (answer === null)
      throw new WorkerLost({ code: 'worker-silent', host: station.host, how: 'no answer' });
    if (answer.refused !== undefined) throw new WorkerLost(refusedBy(station, answer.refused));
  }

  #sayAlive(): Promise<unknown> {
    const { place, data } = this.#options;
    return place.sayAlive(data.names);
  }

  /** What a process has stamped, on the clock of this machine. */
  toControllerNs(process: number, ns: number): number {
    return this.#clocks[process]?.toControllerNs(ns) ?? ns;
  }

  /** How far off that is at most; null: that is not known. */
  get clockErrorNs(): number | null {
    const errors = this.#working.filter(({ isGone }) => !isGone).map(({ clock }) => clock.errorNs);
    return errors.includes(null) ? null : Math.max(0, ...errors.map(error => error!));
  }

  /** Asked around a trial: their clocks as well, when nothing is under way that would be in the way. */
  async refresh(): Promise<void> {
    await Promise.all(this.#working.map(one => this.#refreshOne(one)));
  }

  async #refreshOne(one: Working): Promise<void> {
    if (this.#asker === undefined || one.isGone) return;
    const { run } = this.#options.data.names;
    const answer = await this.#asker.ask(one.station.id, { kind: 'usage', run });
    if (answer?.usage === undefined) return this.#lose(one, whyNothing(one.station, answer?.refused));
    const { lost, ended, lostAgoMs } = answer.usage;
    one.latest = answer.usage;
    this.lost += lost;
    if (ended !== null) this.loss ??= { ...workerEnded('process', ended), host: one.station.host };
    if (lostAgoMs !== null) this.lostAtMs = Math.max(this.lostAtMs ?? 0, nowMs() - lostAgoMs);
    one.clock.add(await this.#asker.clockOf(one.station.id));
  }

  /** Asked while a trial runs: its tasks are taken over by the others, as long as there are any. */
  async check(): Promise<void> {
    for (const one of this.#working)
      if (!one.isGone && !(await this.#options.place.isThere(one.station.id)))
        this.#lose(one, { code: 'worker-silent', host: one.station.host, how: 'gone' });
  }

  #lose(one: Working, loss: Loss): void {
    if (one.isGone || this.#closing) return;
    one.isGone = true;
    this.lost++;
    this.loss ??= loss;
    this.lostAtMs = nowMs();
    if (this.#working.every(({ isGone }) => isGone)) this.#options.lose({ code: 'all-workers-gone' });
  }

  usage(): WorkerUsage {
    const sum = (of: (one: RemoteUsage) => number) =>
      this.#working.reduce((total, { latest }) => total + of(latest), 0);
    return {
      cpuMs: sum(one => one.cpuMs),
      peakRssBytes: sum(one => one.peakRssBytes),
      involuntarySwitches: sum(one => one.involuntarySwitches),
      // Of other machines: nothing here can look at them.
      pids: [],
      ignoredAborts: sum(one => one.ignoredAborts),
      strays: sum(one => one.strays),
    };
  }

  reset(): void {
    this.lost = 0;
    this.loss = null;
    this.lostAtMs = null;
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#alive);
    const { data, place } = this.#options;
    const run = data.names.run;
    if (!place.isOpen) return;
    await Promise.all(
      this.#working
        .filter(({ isGone }) => !isGone)
        .map(({ station }) => this.#asker?.ask(station.id, { kind: 'close', run }).catch(() => null)),
    );
    await place.sayOver(data.names).catch(() => {});
  }
}

function refusedBy({ host }: RemoteStation, refused: string): Loss {
  const why = WORKER_REFUSALS.find(known => known === refused);
  return { code: 'worker-refused', host, why: why ?? 'failed', message: why === undefined ? refused : null };
}

function whyNothing(station: RemoteStation, refused: string | undefined): Loss {
  if (refused !== undefined) return refusedBy(station, refused);
  return { code: 'worker-silent', host: station.host, how: 'no answer' };
}
