import type { ScenarioResult, TaskParts } from '../../schema/index.js';
import { duration, percent } from '../format.js';

/** From this share on what a task does is named alone. */
export const WAITS = 0.9;
/** Below this share a part beside blocking is not worth a word. */
const WORTH_A_WORD = 0.1;

/** Of a task alone, the share of its time in which it waits; by CPU time ÷ service time where its parts are not known. */
export function waitingShare({ alone }: ScenarioResult): number | null {
  if (alone === null || alone.serviceMs <= 0) return null;
  const share =
    alone.parts == null ? 1 - alone.cpuMs / alone.serviceMs : alone.parts.waitsMs / sumOf(alone.parts);
  return Math.min(1, Math.max(0, share));
}

/** Whether its thread is held without computing. */
export function blocks({ alone }: ScenarioResult): boolean {
  return alone?.parts != null && alone.parts.blocksMs > 0;
}

/** Whether others than the thread that it was started on compute for it. */
export function computesOffThread({ alone }: ScenarioResult): boolean {
  return alone?.parts != null && alone.parts.offThreadMs > 0;
}

/**
 * What a task does, to follow `a task`: `is 99 % waiting`, `is 98 % computing`, `is 60 % waiting and 40 % computing`,
 * `blocks its thread for 10 ms and computes 83 µs of it`; null where nothing is known.
 */
export function natureText(result: ScenarioResult): string | null {
  const waiting = waitingShare(result);
  if (waiting === null) return null;
  const parts = result.alone!.parts;
  if (parts != null && parts.blocksMs > 0) return blockingText(parts);
  const shares = `is ${sharesText(waiting)}`;
  return parts == null ? shares : [shares, ...offThreadClause(parts), ...childrenClause(parts)].join(', ');
}

function offThreadClause({ computesMs, offThreadMs }: TaskParts): string[] {
  if (offThreadMs === 0) return [];
  const own = computesMs / (computesMs + offThreadMs);
  if (own < WORTH_A_WORD) return [`on ${OTHER_THREADS} and not on its own`];
  return [`${percent(1 - own)} of that on ${OTHER_THREADS}`];
}

function childrenClause(parts: TaskParts): string[] {
  if (parts.childrenMs <= WORTH_A_WORD * sumOf(parts)) return [];
  return [`has ${duration(parts.childrenMs)} computed by processes that it starts`];
}

/** One cannot be told from the other. */
const OTHER_THREADS = 'threads of libuv or of a native library';

/** `99 % waiting`, `98 % computing`, `60 % waiting and 40 % computing`. */
function sharesText(waiting: number): string {
  if (waiting >= WAITS) return `${percent(waiting)} waiting`;
  if (waiting <= 1 - WAITS) return `${percent(1 - waiting)} computing`;
  const wait = Math.round(waiting * 100) / 100;
  return `${percent(wait)} waiting and ${percent(1 - wait)} computing`;
}

function blockingText(parts: TaskParts): string {
  const { computesMs, blocksMs, waitsMs, offThreadMs } = parts;
  const text = `blocks its thread for ${duration(computesMs + blocksMs)} and computes ${duration(computesMs)} of it`;
  const least = WORTH_A_WORD * sumOf(parts);
  const more = [
    waitsMs > least ? `waits ${duration(waitsMs)} besides` : null,
    offThreadMs > least ? `has ${duration(offThreadMs)} computed on ${OTHER_THREADS}` : null,
  ].filter(clause => clause !== null);
  return [text, ...more, ...childrenClause(parts)].join(', ');
}

/** Of the time that a task takes when nothing is done twice at once. */
function sumOf({ computesMs, blocksMs, offThreadMs, waitsMs }: TaskParts): number {
  return computesMs + blocksMs + offThreadMs + waitsMs;
}
