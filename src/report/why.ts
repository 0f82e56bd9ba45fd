import type { ExecutorResult, Ideal, ScenarioResult } from '../model.js';
import { amount, duration, fixed, percent } from './format.js';
import { nameOf } from './labels.js';

/** Of a task alone, the share of its time in which it waits: 1 − CPU time ÷ service time. */
export function waitingShare({ alone }: ScenarioResult): number | null {
  if (alone === null || alone.serviceMs <= 0) return null;
  return Math.min(1, Math.max(0, 1 - alone.cpuMs / alone.serviceMs));
}

/** `99 % waiting`, `98 % computing`, `60 % waiting and 40 % computing`. */
export function natureOf(waiting: number): string {
  if (waiting >= 0.9) return `${percent(waiting)} waiting`;
  if (waiting <= 0.1) return `${percent(1 - waiting)} computing`;
  const wait = Math.round(waiting * 100) / 100;
  return `${percent(wait)} waiting and ${percent(1 - wait)} computing`;
}

/** Past this a bystander on the loop has to queue, and past this time it is felt. */
const BUSY_LOOP = 0.8;
const FELT_MS = 1;
/** Less CPU than this times as much is not worth a word. */
const MORE_CPU = 1.2;

/** The reasons for a verdict, from measured quantities only; null where nothing is known. */
export function why(scenario: ScenarioResult, about: readonly ExecutorResult[]): string | null {
  const waiting = waitingShare(scenario);
  const loop = about.find(({ kind }) => kind === 'loop');
  const pool = about.find(({ kind }) => kind !== 'loop');
  const clauses = [
    waiting === null ? null : `a task is ${natureOf(waiting)}`,
    idealsOf(about),
    loop !== undefined && pool !== undefined ? cpuOf(loop, pool) : null,
    loop === undefined ? null : busyLoop(loop),
  ].filter(clause => clause !== null);
  return clauses.length === 0 ? null : clauses.join('; ');
}

function idealsOf(about: readonly ExecutorResult[]): string | null {
  const known = about.flatMap(executor =>
    executor.ideal === null || executor.ideal.share === null ? [] : [{ executor, ideal: executor.ideal }],
  );
  const [first, ...others] = known;
  if (first === undefined) return null;
  if (others.every(({ ideal }) => isSame(ideal, first.ideal))) {
    const reached = known.map(({ executor, ideal }, at) =>
      [nameOf(executor), at === 0 ? 'reached' : '', percent(ideal.share)].filter(Boolean).join(' '),
    );
    return `${limit(first.ideal)} allows ${amount(first.ideal.perSecond)}/s, ${reached.join(', ')}`;
  }
  return known
    .map(({ executor, ideal }, at) => {
      const same = at > 0 && ideal.limitedBy === first.ideal.limitedBy;
      const allows = same ? 'and' : `${limit(ideal)} allows`;
      const reached = `${percent(ideal.share)}${at === 0 ? ' reached' : ''}`;
      return `${allows} ${nameOf(executor)} ${amount(ideal.perSecond)}/s (${reached})`;
    })
    .reduce((text, clause) => (clause.startsWith('and ') ? `${text} ${clause}` : `${text}, ${clause}`));
}

function isSame(ideal: Ideal, other: Ideal): boolean {
  return (
    ideal.limitedBy === other.limitedBy &&
    Math.abs(Math.log(ideal.perSecond / other.perSecond)) < Math.log(1.01)
  );
}

function limit({ limitedBy }: Ideal): string {
  return limitedBy === 'waiting' ? 'waiting' : 'computing';
}

/** What the threads cost, or what they made use of. */
function cpuOf(loop: ExecutorResult, pool: ExecutorResult): string | null {
  if (loop.coresUsed !== null && pool.coresUsed !== null && pool.coresUsed > loop.coresUsed * 1.5) {
    const [poolCores, loopCores] = [pool.coresUsed, loop.coresUsed].map(cores => fixed(cores, 1));
    if (pool.coresUsed >= 1)
      return `${nameOf(pool)} kept ${poolCores} cores busy, ${nameOf(loop)} ${loopCores}`;
  }
  if (loop.cpuMsPerTask === null || pool.cpuMsPerTask === null || loop.cpuMsPerTask <= 0) return null;
  const more = pool.cpuMsPerTask / loop.cpuMsPerTask;
  return more < MORE_CPU ? null : `a task costs ${fixed(more, 1)}× the CPU time in ${nameOf(pool)}`;
}

function busyLoop(executor: ExecutorResult): string | null {
  const { loop } = executor;
  if (loop === null || loop.utilization < BUSY_LOOP || loop.meanWaitMs < FELT_MS) return null;
  return `${nameOf(executor)} kept its loop busy ${percent(loop.utilization)} of the time: a timer there would have waited ${duration(loop.meanWaitMs)} on average`;
}
