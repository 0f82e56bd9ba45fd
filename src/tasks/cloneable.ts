import { inspect, types } from 'node:util';
import { deserialize, serialize } from 'node:v8';

/** Levels of nesting that are looked into, here and in messages; what lies deeper is left to structuredClone. */
const DEEPEST = 100;
/** Items. Of a longer one, a clone costs no more than a look. */
const LONGEST_ARRAY = 1_000;
/** Characters of sources, keys and reasons in messages. */
const LONGEST_TEXT = 40;

/** Between processes memory cannot be shared, and what V8 writes itself is read by another copy of it. */
export type Way = 'thread' | 'process';

/** Prototypes of users' classes of which an instance has been cloned: its fields decide about the next one. */
const clonedKinds = new WeakSet<object>();

/**
 * Why a value cannot be sent to another thread, in words that name what is wrong and where it is; null when it can.
 *
 * Made for every result of a pool: a look at the value is enough for nearly all. Where a look is not certain,
 * structuredClone has the last word. Getters are called, as a clone would.
 *
 * @example `result.callback, a function (() => index), cannot be sent to another thread`
 */
export function findUncloneable(value: unknown, way: Way = 'thread'): string | null {
  if (isClearPrimitive(value)) return null;
  const look: Look = { way, seen: null, newKind: null };
  if (isCertain(value, look)) return null;
  const refusal = refusalOf(value, way);
  if (refusal !== null) return explain(value, refusal.error, way);
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
  return builtInLooksCloneable(value, depth, look) ?? isKnownAfter(look, prototype);
}

function itemsLookCloneable(items: readonly unknown[], depth: number, look: Look): boolean {
  if (items.length > LONGEST_ARRAY) return false;
  for (let at = 0; at < items.length; at++) {
    if (!looksCloneable(items[at], depth + 1, look)) return false;
  }
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

/** Null: it is no built-in of the language that can be cloned. */
function builtInLooksCloneable(value: object, depth: number, look: Look): boolean | null {
  // An empty one may be detached, which Node 20 has no property for.
  if (look.way === 'process' && types.isSharedArrayBuffer(value)) return false;
  if (isBuffer(value)) return value.byteLength > 0;
  if (isLeaf(value)) return true;
  if (types.isMap(value)) {
    for (const [key, item] of Map.prototype.entries.call(value)) {
      if (!looksCloneable(key, depth + 1, look) || !looksCloneable(item, depth + 1, look)) return false;
    }
    return true;
  }
  if (types.isSet(value)) {
    for (const member of Set.prototype.values.call(value)) {
      if (!looksCloneable(member, depth + 1, look)) return false;
    }
    return true;
  }
  if (types.isNativeError(value))
    return (
      !Object.hasOwn(value, 'cause') && typeof value.message === 'string' && typeof value.name === 'string'
    );
  return null;
}

function isKnownAfter(look: Look, prototype: object): false {
  look.newKind = prototype;
  return false;
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

function refusalOf(value: unknown, way: Way): { readonly error: unknown } | null {
  try {
    if (way === 'process') deserialize(serialize(value));
    else structuredClone(value);
    return null;
  } catch (error) {
    return { error };
  }
}

/** Slower than the look: only for a value that was refused. */
function explain(value: unknown, error: unknown, way: Way): string {
  const cannot = `cannot be sent to another ${way}`;
  const blamed = (oddToo: boolean) => {
    const found = find(value, 'result', { way, seen: new Set(), oddToo });
    return found === null || found.unread ? (found?.text ?? null) : `${found.text}, ${cannot}`;
  };
  const named = blamed(false);
  if (named !== null) return named;
  if (error instanceof RangeError) return `the result, nested too deeply, ${cannot}`;
  return blamed(true) ?? `the result ${cannot}: ${reasonOf(error)}`;
}

interface Search {
  readonly way: Way;
  readonly seen: Set<object>;
  /** Whether to blame objects whose kind does not tell that they are refused, for want of anything else. */
  readonly oddToo: boolean;
}

/** What is to blame, and where it is; unread: it is the whole message. */
interface Blame {
  readonly text: string;
  readonly unread: boolean;
}

function find(value: unknown, path: string, search: Search, depth = 0): Blame | null {
  if (typeof value === 'object' && value !== null) {
    if (search.seen.has(value)) return null;
    search.seen.add(value);
  }
  if (isRefusedKind(value, search.way)) return blame(value, path);
  if (depth === DEEPEST || typeof value !== 'object' || value === null) return null;
  for (const [partPath, read] of partsOf(value, path)) {
    let part: unknown;
    try {
      part = read();
    } catch (error) {
      return { text: `${partPath} could not be read: ${reasonOf(error)}`, unread: true };
    }
    const found = find(part, partPath, search, depth + 1);
    if (found !== null) return found;
  }
  return search.oddToo && isOddlyRefused(value, search.way) ? blame(value, path) : null;
}

function blame(value: unknown, path: string): Blame {
  return { text: `${path === 'result' ? 'the result' : path}, ${describe(value)}`, unread: false };
}

function isRefusedKind(value: unknown, way: Way): boolean {
  if (typeof value !== 'object' || value === null) return !isClearPrimitive(value);
  if (isBuffer(value)) return refusalOf(value, way) !== null;
  return REFUSED_KINDS.some(isOne => isOne(value)) || value instanceof WeakRef;
}

const REFUSED_KINDS: readonly ((value: unknown) => boolean)[] = [
  types.isProxy,
  types.isPromise,
  types.isWeakMap,
  types.isWeakSet,
  types.isGeneratorObject,
  types.isMapIterator,
  types.isSetIterator,
  types.isModuleNamespaceObject,
  types.isArgumentsObject,
  types.isSymbolObject,
];

/** An object of some other native kind, such as Intl.NumberFormat. */
function isOddlyRefused(value: object, way: Way): boolean {
  if (Array.isArray(value) || types.isMap(value) || types.isSet(value)) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype !== null && prototype !== Object.prototype && refusalOf(value, way) !== null;
}

/** What a clone would go into, and how one would write it. */
function* partsOf(value: object, path: string): Generator<readonly [path: string, read: () => unknown]> {
  if (isBuffer(value) || isLeaf(value)) return;
  if (types.isMap(value)) {
    let at = 0;
    for (const [key, item] of Map.prototype.entries.call(value)) {
      yield [`[...${path}.keys()][${at}]`, () => key];
      yield [
        typeof key === 'object' && key !== null
          ? `[...${path}.values()][${at}]`
          : `${path}.get(${literal(key)})`,
        () => item,
      ];
      at++;
    }
  } else if (types.isSet(value)) {
    let at = 0;
    for (const member of Set.prototype.values.call(value)) yield [`[...${path}][${at++}]`, () => member];
  } else {
    const keys = types.isNativeError(value) ? ['cause', 'message', 'name'] : Object.keys(value);
    for (const key of keys)
      yield [path + accessor(key), () => (value as Readonly<Record<string, unknown>>)[key]];
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

function describe(value: unknown): string {
  if (typeof value === 'symbol') return `a symbol (${oneLine(String(value))})`;
  if (types.isProxy(value)) return 'a Proxy';
  if (typeof value === 'function') return `a function (${oneLine(sourceOf(value))})`;
  const name = kindOf(value as object);
  const named = `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
  if (!isBuffer(value as object)) return named;
  if (types.isSharedArrayBuffer(value)) return named;
  return ArrayBuffer.isView(value) ? `${named} whose buffer is detached` : `a detached ${name}`;
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
