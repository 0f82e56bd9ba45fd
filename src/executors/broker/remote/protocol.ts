import type { LossOf } from '../../../schema/index.js';
import type { PoolTaskData } from '../../../tasks/pool-task.js';
import type { BrokerNames } from '../names.js';

/** Workers and runs of another version of these messages do not understand each other. */
export const PROTOCOL = 3;
/** A worker that has said nothing for so long is gone. */
export const ANNOUNCED_MS = 6_000;
export const ANNOUNCE_EVERY_MS = 1_500;
/** A run that has said nothing for so long is gone, and its workers are free. */
export const RUN_ALIVE_MS = 30_000;
export const RUN_ALIVE_EVERY_MS = 5_000;

/** Of workers that are looked at: anybody can write there, as many as they like. */
export const MOST_WORKERS = 1_000;

const MOST_BYTES = 1_000_000;
const LONGEST_TEXT = 300;
const MOST_MODULES = 100;
const MOST_THREADS = 1_000;
const MOST_CONCURRENCY = 100_000;
const WORKER_ID = /^[\da-f]{16}$/;
const RUN = /^[\da-f]{8}$/;
const REPLIES = /^\{tvl-[\da-f]{8}\}:replies$/;
const CONTENTS = /^[\da-f]{64}$/;

/** A set: ids of workers that are there, or were. */
export const WORKERS = '{threads-vs-loop}:workers';

/** What a worker says of itself; it expires with `ANNOUNCED_MS`. */
export function announcementKey(id: string): string {
  return `${WORKERS}:${id}`;
}

/** A channel: what is asked of a worker. */
export function ordersChannel(id: string): string {
  return `${WORKERS}:${id}:orders`;
}

/** A channel: what workers answer a controller. */
export function repliesChannel({ prefix }: Pick<BrokerNames, 'prefix'>): string {
  return `${prefix}:replies`;
}

/** Expires with `RUN_ALIVE_MS`. */
export function aliveKey({ prefix }: Pick<BrokerNames, 'prefix'>): string {
  return `${prefix}:alive`;
}

/** A module that a worker was started with, or a run has. */
export interface HeldModule {
  readonly name: string;
  /** `moduleIdentity` */
  readonly contents: string;
}

/** A worker on whatever machine, as it says itself. */
export interface Announcement {
  readonly protocol: number;
  readonly host: string;
  readonly cores: number;
  /** `v24.1.0` */
  readonly node: string;
  /** Processes that it starts for a run at most. */
  readonly threads: number;
  /** Tasks of each at the same time, at most. */
  readonly concurrency: number;
  readonly modules: readonly HeldModule[];
  /** It works for a run. */
  readonly busy: boolean;
}

/** What is asked of a worker. */
export type Order =
  | { readonly kind: 'clock' }
  | { readonly kind: 'open'; readonly open: OpenOrder }
  | { readonly kind: 'usage'; readonly run: string }
  | { readonly kind: 'close'; readonly run: string };

/** For the processes of a start of the executor. */
export interface OpenOrder extends PoolTaskData {
  readonly names: BrokerNames;
  readonly concurrency: number;
  readonly maxStalled: number;
  /** Numbers of its processes: so many from the first on. */
  readonly first: number;
  readonly count: number;
}

export interface AskedOrder {
  readonly ask: number;
  readonly replyTo: string;
  readonly order: Order;
}

export type WorkerEnd = Pick<LossOf<'worker-ended'>, 'exitCode' | 'signal'>;

/** What one worker's processes have used, and what became of them. */
export interface RemoteUsage {
  readonly cpuMs: number;
  readonly peakRssBytes: number;
  readonly involuntarySwitches: number;
  readonly ignoredAborts: number;
  readonly strays: number;
  readonly lost: number;
  /** How the first of them ended; null: nobody knows, or none was lost. */
  readonly ended: WorkerEnd | null;
  /** Null: none was lost. */
  readonly lostAgoMs: number | null;
}

export interface Reply {
  readonly worker: string;
  readonly ask: number;
  readonly arrivedNs: number;
  readonly answeredNs: number;
  /** A `WorkerRefusal`, or what failed there, word for word. Absent: done. */
  readonly refused?: string;
  readonly usage?: RemoteUsage;
}

function isRun(run: unknown): run is string {
  return typeof run === 'string' && RUN.test(run);
}

export function isWorkerId(id: unknown): id is string {
  return typeof id === 'string' && WORKER_ID.test(id);
}

/** @returns null for what no worker says */
export function parseAnnouncement(text: string | null): Announcement | null {
  const given = parsed(text);
  if (given === null) return null;
  const { protocol, host, cores, node, threads, concurrency, modules, busy } = given;
  const isRight =
    isWhole(protocol, MOST_MODULES) &&
    isText(host) &&
    isWhole(cores, MOST_CONCURRENCY) &&
    isText(node) &&
    isWhole(threads, MOST_THREADS) &&
    isWhole(concurrency, MOST_CONCURRENCY) &&
    typeof busy === 'boolean' &&
    Array.isArray(modules) &&
    modules.length <= MOST_MODULES &&
    modules.every(isModule);
  if (!isRight) return null;
  return {
    protocol,
    host: printable(host),
    cores,
    node: printable(node),
    threads,
    concurrency,
    modules,
    busy,
  };
}

/** @returns null for what no controller asks */
export function parseOrder(text: string): AskedOrder | null {
  const given = parsed(text);
  if (given === null) return null;
  const { ask, replyTo, order } = given as Record<string, unknown> & { order?: Partial<Order> };
  if (!isWhole(ask, Number.MAX_SAFE_INTEGER, 0) || typeof replyTo !== 'string' || !REPLIES.test(replyTo))
    return null;
  switch (order?.kind) {
    case 'clock':
      return { ask, replyTo, order: { kind: 'clock' } };
    case 'usage':
    case 'close':
      return isRun(order.run) ? { ask, replyTo, order: { kind: order.kind, run: order.run } } : null;
    case 'open':
      return isOpen(order.open) ? { ask, replyTo, order: { kind: 'open', open: order.open } } : null;
    default:
      return null;
  }
}

/** @returns null for what no worker answers */
export function parseReply(text: string): Reply | null {
  const given = parsed(text);
  if (given === null) return null;
  const { worker, ask, arrivedNs, answeredNs, refused, usage } = given;
  if (!isWorkerId(worker) || !isWhole(ask, Number.MAX_SAFE_INTEGER, 0)) return null;
  if (!isAmount(arrivedNs) || !isAmount(answeredNs)) return null;
  if (refused !== undefined && typeof refused !== 'string') return null;
  if (usage !== undefined && !isUsage(usage)) return null;
  return {
    worker,
    ask,
    arrivedNs,
    answeredNs,
    ...(refused !== undefined && { refused: printable(refused) }),
    ...(usage !== undefined && { usage }),
  };
}

function parsed(text: string | null): Record<string, unknown> | null {
  if (text === null || text.length > MOST_BYTES) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** What it is made of decides whether it is opened: `contents` is compared with those of the worker's own modules. */
function isOpen(given: unknown): given is OpenOrder {
  const { names, workload, taskTimeoutMs, payload, concurrency, maxStalled, first, count } = (given ??
    {}) as Partial<OpenOrder>;
  return (
    isRun(names?.run) &&
    [names.prefix, names.queue, names.trials, names.aborts].every(isText) &&
    isText(workload?.name) &&
    typeof workload.contents === 'string' &&
    CONTENTS.test(workload.contents) &&
    isObject(workload.params) &&
    isObject(workload.env) &&
    isAmount(taskTimeoutMs) &&
    (payload === null || (isObject(payload) && isAmount(payload.bytes) && isText(payload.by))) &&
    isWhole(concurrency, MOST_CONCURRENCY) &&
    isWhole(maxStalled, MOST_CONCURRENCY, 0) &&
    isWhole(first, MOST_THREADS, 0) &&
    isWhole(count, MOST_THREADS)
  );
}

function isModule(given: unknown): given is HeldModule {
  const { name, contents } = (given ?? {}) as Partial<HeldModule>;
  return isText(name) && typeof contents === 'string' && CONTENTS.test(contents);
}

function isUsage(given: unknown): given is RemoteUsage {
  const one = (given ?? {}) as Partial<RemoteUsage>;
  const amounts = [one.cpuMs, one.peakRssBytes, one.involuntarySwitches, one.ignoredAborts, one.strays];
  return (
    [...amounts, one.lost].every(isAmount) &&
    (one.ended === null || isEnd(one.ended)) &&
    (one.lostAgoMs === null || isAmount(one.lostAgoMs))
  );
}

function isEnd(given: unknown): given is WorkerEnd {
  const { exitCode, signal } = (given ?? {}) as Partial<WorkerEnd>;
  return (exitCode === null || Number.isSafeInteger(exitCode)) && (signal === null || isText(signal));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

function isWhole(value: unknown, most: number, least = 1): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

/** What a terminal would obey is left out: it was written by anybody who can reach the broker. */
export function printable(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ').slice(0, LONGEST_TEXT);
}
