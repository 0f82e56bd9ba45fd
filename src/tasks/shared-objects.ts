import { types } from 'node:util';

/** Objects of a result that are looked at: a result that shares any shares one of the first, nearly always. */
const MOST_OBJECTS = 10_000;

/**
 * Finds out whether results share objects with each other: a constant, an entry of a cache, the memory behind several
 * Buffers. A message with many results copies such an object once, a pool copies it with each result.
 */
export class SharedObjects {
  readonly #seen = new WeakSet<object>();

  /** Whether the result holds an object that one before it held. Getters are called, as a clone would. */
  has(result: unknown): boolean {
    const own = new Set<object>();
    const shares = this.#visit([result], own);
    for (const object of own) this.#seen.add(object);
    return shares;
  }

  #visit(left: unknown[], own: Set<object>): boolean {
    while (left.length > 0 && own.size < MOST_OBJECTS) {
      const value = left.pop();
      // What is in shared memory is not copied at all; what a proxy does when it is read, nobody knows.
      if (typeof value !== 'object' || value === null || own.has(value)) continue;
      if (types.isSharedArrayBuffer(value) || types.isProxy(value)) continue;
      if (this.#seen.has(value)) return true;
      own.add(value);
      addParts(value, left);
    }
    return false;
  }
}

function addParts(value: object, parts: unknown[]): void {
  if (ArrayBuffer.isView(value)) parts.push(value.buffer);
  else if (types.isMap(value)) for (const [key, item] of value) parts.push(key, item);
  else if (types.isSet(value)) for (const member of value) parts.push(member);
  else if (!types.isAnyArrayBuffer(value)) addFields(value, parts);
}

function addFields(value: object, parts: unknown[]): void {
  try {
    for (const field of Object.values(value))
      if (typeof field === 'object' && field !== null) parts.push(field);
  } catch {
    // A getter that throws: the result cannot be sent, which is for others to say.
  }
}
