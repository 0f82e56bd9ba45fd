import { BUSY_LOOP_SHARE, type ExecutorResult, type Ideal, type ScenarioResult } from '../../schema/index.js';
import { amount, duration, fixed, percent } from '../format.js';
import { firstOfKinds, isPool } from '../pairs.js';
import type { Conclusion } from './conclusion.js';
import { nameOf } from './labels.js';
import { blocks, computesOffThread, natureText, WAITS, waitingShare } from './task-nature.js';

/** What a bystander on a busy loop waits, from which on it is felt. */
const FELT_MS = 1;
/** Less CPU than this times as much is not worth a word. */
const MORE_CPU = 1.2;

/**
 * The reasons for a verdict in one or two sentences, without their full stops: from measured quantities only, so that
 * the name of a workload changes no word and other figures change them. Null where nothing is known.
 */
export function why(
  result: ScenarioResult,
  { kind, about }: Pick<Conclusion, 'kind' | 'about'>,
): readonly string[] | null {
  // What a task allows is known of warm code: beside cold figures it would be exceeded.
  if (kind === 'invalid' || kind === 'not warm') return null;
  const { loop, pool } = firstOfKinds(about);
  const both = loop !== undefined && pool !== undefined;
  const sentences = [
    [natureClause(result, loop), furtherThreads(result, about), idealsOf(about)],
    [
      pool === undefined ? null : sharingLibuv(pool),
      both ? cpuOf(loop, pool) : null,
      loop === undefined ? null : busyLoop(loop),
    ],
  ].map(clauses => sentenceOf(clauses.filter(clause => clause !== null)));
  const said = sentences.filter(sentence => sentence !== '');
  return said.length === 0 ? null : said;
}

/** Every clause begins with a word of ours, never with a name. */
function sentenceOf(clauses: readonly string[]): string {
  const text = clauses.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a task is 98 % computing, on libuv's threads: its loop was busy 2 %, 1.9 cores were`. */
function natureClause(result: ScenarioResult, loop: ExecutorResult | undefined): string | null {
  const text = natureText(result);
  if (text === null) return null;
  const nature = `a task ${text}`;
  // What waits for others keeps no core busy: what did is V8 beside the loop, or what executors add.
  if (loop === undefined || waitingShare(result)! >= WAITS || !computesElsewhere(loop)) return nature;
  const cores = `${nameOf(loop)} kept ${fixed(loop.coresUsed!, 1)} cores busy, its loop ${percent(loop.loop!.utilization)}`;
  if (computesOffThread(result)) return `${nature}: ${cores}`;
  // Nobody looked at its threads: the loop's own figures tell.
  return result.alone?.parts == null ? `${nature}, on libuv's threads and not on the loop: ${cores}` : nature;
}

/** What threads are worth to tasks that block; once cores are what limits them it is not so any more. */
function furtherThreads(result: ScenarioResult, about: readonly ExecutorResult[]): string | null {
  if (!blocks(result) || about.some(one => isPool(one) && one.ideal?.limitedBy === 'cpu')) return null;
  return 'each further thread adds one task at a time';
}

/** Cores that a loop's process used beyond its loop: what Node's own threads computed. */
const ELSEWHERE_CORES = 0.5;
/** A loop with more to do has V8 compile and collect beside it: that is no work of libuv's. */
const IDLE_LOOP = 0.5;

function computesElsewhere({ coresUsed, loop }: ExecutorResult): boolean {
  if (coresUsed === null || loop === null) return false;
  return loop.utilization <= IDLE_LOOP && coresUsed - loop.utilization >= ELSEWHERE_CORES;
}

/** Workers that all wait for the one pool of their process. */
function sharingLibuv(pool: ExecutorResult): string | null {
  const { threads, inFlight } = pool.variant;
  const uvThreads = pool.ideal?.uvThreads ?? null;
  if (uvThreads === null || !pool.variant.capabilities.sharesMemory || threads < 2 || inFlight <= uvThreads)
    return null;
  return `the ${threads} workers of ${nameOf(pool)} wait for the same ${uvThreads} threads of libuv`;
}

function idealsOf(about: readonly ExecutorResult[]): string | null {
  const known = about.flatMap(executor =>
    executor.ideal === null || executor.ideal.share === null ? [] : [{ executor, ideal: executor.ideal }],
  );
  const [first, ...others] = known;
  if (first === undefined) return null;
  if (others.every(({ ideal }) => isSame(ideal, first.ideal))) {
    const reached = known.map(
      ({ executor, ideal }, at) => `${nameOf(executor)}${at === 0 ? ' reached' : ''} ${percent(ideal.share)}`,
    );
    return `${limitText(first.ideal)} ${amount(first.ideal.perSecond)}/s, ${reached.join(', ')}`;
  }
  const clauses = known.map(({ executor, ideal }, at) => {
    const reached = `${percent(ideal.share)}${at === 0 ? ' reached' : ''}`;
    const text = `${nameOf(executor)} ${amount(ideal.perSecond)}/s (${reached})`;
    if (at === 0) return `${limitText(ideal)} ${text}`;
    return ideal.limitedBy === first.ideal.limitedBy ? ` and ${text}` : `, ${limitText(ideal)} ${text}`;
  });
  return clauses.join('');
}

function isSame(ideal: Ideal, other: Ideal): boolean {
  return (
    ideal.limitedBy === other.limitedBy &&
    Math.abs(Math.log(ideal.perSecond / other.perSecond)) < Math.log(1.01)
  );
}

function limitText({ limitedBy, uvThreads: threads }: Ideal): string {
  if (limitedBy !== 'libuv') return `${limitedBy === 'cpu' ? 'computing' : limitedBy} allows`;
  if (threads === null) return "libuv's pool allows";
  return threads === 1 ? "libuv's 1 thread allows" : `libuv's ${threads} threads allow`;
}

/** What the threads cost, or what they made use of. */
function cpuOf(loop: ExecutorResult, pool: ExecutorResult): string | null {
  const [loopCores, poolCores] = [loop.coresUsed, pool.coresUsed];
  if (loopCores !== null && poolCores !== null && poolCores > loopCores * 1.5 && poolCores >= 1)
    return `in ${nameOf(pool)} ${fixed(poolCores, 1)} cores were busy, in ${nameOf(loop)} ${fixed(loopCores, 1)}`;
  if (loop.cpuMsPerTask === null || pool.cpuMsPerTask === null || loop.cpuMsPerTask <= 0) return null;
  const more = pool.cpuMsPerTask / loop.cpuMsPerTask;
  return more < MORE_CPU ? null : `a task costs ${fixed(more, 1)}× the CPU time in ${nameOf(pool)}`;
}

function busyLoop(executor: ExecutorResult): string | null {
  const { loop } = executor;
  if (loop === null || loop.utilization < BUSY_LOOP_SHARE || (loop.bystanderWaitMs ?? 0) < FELT_MS)
    return null;
  return `the loop of ${nameOf(executor)} was busy ${percent(loop.utilization)} of the time: a timer there would have waited ${duration(loop.bystanderWaitMs)} on average`;
}
