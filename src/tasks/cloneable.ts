import { inspect, types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { Uncloneable } from '../schema/index.js';

/** Levels of nesting that are looked into, here and to tell what is wrong; what lies deeper is left to structuredClone. */
const DEEPEST = 100;
/** Items. Of a longer one, a clone costs no more than a look. */
const LONGEST_ARRAY = 1_000;
/** Characters of sources, keys and reasons. */
const LONGEST_TEXT = 40;

/** Between processes memory cannot be shared, and what V8 writes itself is read by another copy of it. */
export type Way = Uncloneable['way'];

/** Prototypes of users' classes of which an instance has been cloned: its fields decide about the next one. */
const clonedKinds = new WeakSet<object>();

/**
 * What of a value cannot be sent to another thread, and where it is; null when it can.
 *
 * Made for every result of a pool: a look at the value is enough for nearly all. Where a look is not certain,
 * structuredClone has the last word. Getters are called, as a clone would.
 */
export function findUncloneable(value: unknown, way: Way = 'thread'): Uncloneable | null {
  if (isClearPrimitive(value)) return null;
  const look: Look = { way, seen: null, newKind: null };
  if (isCertain(value, look)) return null;
  const refusal = refusalOf(value, way);
  if (refusal !== null) return explain(value, refusal, way);
  if (look.newKind !== null && isUsersKind(look.newKind)) clonedKinds.add(look.newKind);
  return null;
}

interface Look {
  readonly way: Way;
  /** Objects inside the value; null until there is one. */
  seen: Set<object> | null;
  /** Prototype of the instance that made the look uncertain. */
  newKind: object | null;
}

function isClearPrimitive(value: unknown): boolean {
  if (typeof value === 'object') return value === null;
  return typeof value !== 'function' && typeof value !== 'symbol';
}

function isCertain(value: unknown, look: Look): boolean {
  try {
    return looksCloneable(value, 0, look);
  } catch {
    // A getter threw, or a DataView's buffer is detached.
    return false;
  }
}

function looksCloneable(value: unknown, depth: number, look: Look): boolean {
  if (typeof value !== 'object' || value === null) return isClearPrimitive(value);
  // First of all: whatever else is done with a proxy calls its traps.
  if (types.isProxy(value) || depth > DEEPEST) return false;
  if (depth > 0) {
    look.seen ??= new Set();
    if (look.seen.has(value)) return true;
    look.seen.add(value);
  }
  if (Array.isArray(value)) return itemsLookCloneable(value, depth, look);
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === Object.prototype)
    return !types.isArgumentsObject(value) && fieldsLookCloneable(value, depth, look);
  if (prototype === null)
    return !types.isModuleNamespaceObject(value) && fieldsLookCloneable(value, depth, look);
  if (clonedKinds.has(prototype)) return fieldsLookCloneable(value, depth, look);
  const asBuiltIn = builtInLooksCloneable(value, depth, look);
  if (asBuiltIn === null) look.newKind = prototype;
  return asBuiltIn ?? false;
}

function itemsLookCloneable(items: readonly unknown[], depth: number, look: Look): boolean {
  if (items.length > LONGEST_ARRAY) return false;
  // Not by its iterator, which a class may have of its own.
  for (let at = 0; at < items.length; at++) if (!looksCloneable(items[at], depth + 1, look)) return false;
  // Indexes come first: when the last key is one, the array has no fields besides its items.
  return items.length === 0 || Object.keys(items).at(-1) === String(items.length - 1);
}

function fieldsLookCloneable(value: object, depth: number, look: Look): boolean {
  // `for in` is three times faster than Object.keys. It also gives what is inherited, which is not cloned: skip that.
  for (const key in value) {
    const field = (value as Readonly<Record<string, unknown>>)[key];
    if (!isClearPrimitive(field) && Object.hasOwn(value, key) && !looksCloneable(field, depth + 1, look))
      return false;
  }
  return true;
}

function allLookCloneable(parts: Iterable<unknown>, depth: number, look: Look): boolean {
  for (const part of parts) if (!looksCloneable(part, depth + 1, look)) return false;
  return true;
}

/** Null: it is no built-in of the language that can be cloned. */
function builtInLooksCloneable(value: object, depth: number, look: Look): boolean | null {
  if (look.way === 'process' && types.isSharedArrayBuffer(value)) return false;
  // An empty one may be detached, which Node 20 has no property for.
  if (isBuffer(value)) return value.byteLength > 0;
  if (isLeaf(value)) return true;
  if (types.isMap(value))
    return (
      allLookCloneable(Map.prototype.keys.call(value), depth, look) &&
      allLookCloneable(Map.prototype.values.call(value), depth, look)
    );
  if (types.isSet(value)) return allLookCloneable(Set.prototype.values.call(value), depth, look);
  if (types.isNativeError(value))
    return (
      !Object.hasOwn(value, 'cause') && typeof value.message === 'string' && typeof value.name === 'string'
    );
  return null;
}

/** Whether instances differ in their fields alone: those of native classes may hold more than can be seen. */
function isUsersKind(prototype: object): boolean {
  const maker: unknown = prototype.constructor;
  return typeof maker === 'function' && !sourceOf(maker).includes('[native code]');
}

function isBuffer(value: object): value is ArrayBufferView | ArrayBufferLike {
  return ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value);
}

/** Cloned without a look at what other properties it was given. */
function isLeaf(value: object): boolean {
  return (
    types.isDate(value) ||
    types.isRegExp(value) ||
    (types.isBoxedPrimitive(value) && !types.isSymbolObject(value))
  );
}

interface Refusal {
  readonly error: unknown;
}

function refusalOf(value: unknown, way: Way): Refusal | null {
  try {
    if (way === 'process') deserialize(serialize(value));
    else structuredClone(value);
    return null;
  } catch (error) {
    return { error };
  }
}

/** Slower than the look: only for a value that was refused. */
function explain(value: unknown, refusal: Refusal, way: Way): Uncloneable {
  const found = find(value, refusal, { way, path: WHOLE, depth: 0, seen: new Set() });
  return { code: 'uncloneable', way, ...(found ?? { path: WHOLE, ...blameFor(refusal) }) };
}

/** Of a value that has no part to blame. */
function blameFor({ error }: Refusal): Blamed {
  return error instanceof RangeError ? blame('nested-too-deeply') : blame('refused', reasonOf(error));
}

/** The path to it. */
const WHOLE = 'result';

/** What is to blame, wherever it is. */
type Blamed = Pick<Uncloneable, 'what' | 'quote'>;
type Found = Blamed & Pick<Uncloneable, 'path'>;

function blame(what: Blamed['what'], quote: string | null = null): Blamed {
  return { what, quote };
}

interface Search {
  readonly way: Way;
  /** To the refused value. */
  readonly path: string;
  readonly depth: number;
  /** Refused objects that were looked into. */
  readonly seen: Set<unknown>;
}

/** What is to blame for a refused value, and where it is: a part that is refused itself, or the value where none is. */
function find(value: unknown, { error }: Refusal, search: Search): Found | null {
  const { way, path, depth, seen } = search;
  seen.add(value);
  let isPartRefused = false;
  for (const [partPath, read] of partsOf(value, path)) {
    let part: unknown;
    try {
      part = read();
    } catch (thrown) {
      return { path: partPath, ...blame('unreadable', reasonOf(thrown)) };
    }
    const refusal = isCertain(part, { way, seen: null, newKind: null }) ? null : refusalOf(part, way);
    if (refusal === null) continue;
    isPartRefused = true;
    if (depth === DEEPEST || seen.has(part)) continue;
    const found = find(part, refusal, { ...search, path: partPath, depth: depth + 1 });
    if (found !== null) return found;
  }
  if (isPartRefused || error instanceof RangeError) return null;
  return { path, ...describe(value) };
}

/** What a clone would go into, and how one would write it. */
function* partsOf(value: unknown, path: string): Generator<readonly [path: string, read: () => unknown]> {
  if (typeof value !== 'object' || value === null) return;
  if (types.isProxy(value) || isBuffer(value) || isLeaf(value)) return;
  if (types.isMap(value)) {
    let at = 0;
    for (const [key, item] of Map.prototype.entries.call(value)) {
      const hasName = typeof key !== 'object' || key === null;
      yield [`[...${path}.keys()][${at}]`, () => key];
      yield [hasName ? `${path}.get(${literal(key)})` : `[...${path}.values()][${at}]`, () => item];
      at++;
    }
  } else if (types.isSet(value)) {
    let at = 0;
    for (const member of Set.prototype.values.call(value)) yield [`[...${path}][${at++}]`, () => member];
  } else {
    const keys = types.isNativeError(value) ? ['cause', 'message', 'name'] : Object.keys(value);
    for (const key of keys) yield [path + accessor(key), () => Reflect.get(value, key)];
  }
}

function accessor(key: string): string {
  if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `.${key}`;
  return /^(0|[1-9]\d*)$/.test(key) ? `[${key}]` : `[${literal(key)}]`;
}

function literal(key: unknown): string {
  if (typeof key === 'string') return JSON.stringify(oneLine(key));
  return typeof key === 'bigint' ? `${key}n` : String(key);
}

function describe(value: unknown): Blamed {
  if (typeof value === 'symbol') return blame('symbol', oneLine(String(value)));
  if (types.isProxy(value)) return blame('proxy');
  if (typeof value === 'function') return blame('function', oneLine(sourceOf(value)));
  const name = kindOf(value as object);
  if (!isBuffer(value as object) || types.isSharedArrayBuffer(value)) return blame('instance', name);
  return blame(ArrayBuffer.isView(value) ? 'view-of-detached' : 'detached-buffer', name);
}

function kindOf(value: object): string {
  const name: unknown = typeof value.constructor === 'function' ? value.constructor.name : '';
  if (typeof name === 'string' && name !== '' && name !== 'Object') return oneLine(name);
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

function sourceOf(value: object): string {
  return Function.prototype.toString.call(value);
}

function reasonOf(error: unknown): string {
  return oneLine(error instanceof Error ? `${error.name}: ${error.message}` : inspect(error, { depth: 0 }));
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_TEXT)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line;
}
