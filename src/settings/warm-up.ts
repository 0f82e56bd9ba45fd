import type { WarmUp } from '../schema/index.js';
import type { Fail } from './setting.js';
import { UNIT_MS } from './text.js';

const WARM_UPS =
  'auto, none, a time from 1 ms to 10 min such as 5s, or tasks per worker from 1 to 10,000,000';

const MOST_MS = 600_000;
const MOST_TASKS = 10_000_000;

export function checkWarmUp(value: unknown, fail: Fail): WarmUp {
  return parseWarmUp(value) ?? fail(WARM_UPS, value);
}

/** `auto`, `none`, `5s`, `2000`; null for anything else. */
export function parseWarmUp(value: unknown): WarmUp | null {
  if (value === 'auto' || value === 'none') return { kind: value };
  if (typeof value === 'number') return tasksOrNull(value);
  if (typeof value !== 'string') return null;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(?:(ms|s|m)|\s*tasks?)?$/.exec(value.trim()) ?? [];
  if (amount === undefined) return null;
  if (unit === undefined) return tasksOrNull(Number(amount));
  const ms = Number(amount) * UNIT_MS[unit]!;
  return ms >= 1 && ms <= MOST_MS ? { kind: 'time', ms } : null;
}

function tasksOrNull(tasks: number): WarmUp | null {
  const isAllowed = Number.isInteger(tasks) && tasks >= 1 && tasks <= MOST_TASKS;
  return isAllowed ? { kind: 'tasks', tasksPerWorker: tasks } : null;
}
