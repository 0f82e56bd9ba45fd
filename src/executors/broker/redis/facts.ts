import type { Broker } from '../../../schema/index.js';

export type EngineFacts = Pick<Broker, 'engine' | 'version'>;

/** @param info what `INFO server` says @returns version 0 where it says none */
export function engineOf(info: string): EngineFacts {
  const field = (name: string) => new RegExp(`^${name}:([\\w.-]+)`, 'm').exec(info)?.[1];
  // Valkey says which Redis it stands in for as well.
  const valkey = field('valkey_version');
  if (valkey !== undefined) return { engine: 'valkey', version: valkey };
  return { engine: 'redis', version: field('redis_version') ?? '0' };
}

/** @param reply of `CONFIG GET`: names and values in turn, or by name */
export function settingsOf(reply: unknown): Record<string, string> {
  if (reply === null || typeof reply !== 'object') return {};
  if (!Array.isArray(reply)) return textsOf(Object.entries(reply));
  const pairs = Array.from({ length: Math.floor(reply.length / 2) }, (_, at): [unknown, unknown] => [
    reply[2 * at],
    reply[2 * at + 1],
  ]);
  return textsOf(pairs);
}

/** Of `maxmemory-policy`: it forgets nothing that it was given. */
export const KEEPS_ALL = 'noeviction';

/** @param info what `INFO memory` says @returns what it does when its memory is full; null where it says nothing */
export function evictionPolicyOf(info: string): string | null {
  return /^maxmemory_policy:([\w-]+)/m.exec(info)?.[1] ?? null;
}

const LONGEST = 200;

function textsOf(pairs: readonly (readonly [unknown, unknown])[]): Record<string, string> {
  const texts = pairs.filter(([name, value]) => typeof name === 'string' && typeof value === 'string');
  return Object.fromEntries(
    texts.map(([name, value]) => [name as string, (value as string).slice(0, LONGEST)]),
  );
}

/** Of versions, number by number. */
export function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map(text => text.split('.').map(part => Number.parseInt(part, 10) || 0));
  const at = [0, 1, 2].find(part => (a![part] ?? 0) !== (b![part] ?? 0));
  return at !== undefined && (a![at] ?? 0) < (b![at] ?? 0);
}
