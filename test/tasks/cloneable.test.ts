import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUncloneable as found, type Way } from '../../src/tasks/cloneable.js';
import { uncloneableText } from '../../src/uncloneable-text.js';

/** As it is told; null: it can be cloned. */
function findUncloneable(value: unknown, way?: Way): string | null {
  const uncloneable = found(value, way);
  return uncloneable && uncloneableText(uncloneable);
}

class Point {
  readonly x: unknown;
  readonly #hidden = () => this.x;
  constructor(x: unknown) {
    this.x = x;
  }
  get shown() {
    return this.#hidden();
  }
}

class Format extends Intl.NumberFormat {}

class Named extends Error {}

function* count() {
  yield 1;
}

function detached(): ArrayBuffer {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
  return buffer;
}

function onDetached<View>(view: (buffer: ArrayBuffer) => View): View {
  const buffer = new ArrayBuffer(8);
  const made = view(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return made;
}

function throwing(error: unknown = new Error('not now')): object {
  return Object.defineProperty({}, 'lazy', {
    enumerable: true,
    get: () => {
      throw error;
    },
  });
}

function argumentsOf(..._args: unknown[]): unknown {
  // biome-ignore lint/complexity/noArguments: an arguments object is what is wanted.
  return arguments;
}

function clones(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

const CLONEABLE: readonly (() => unknown)[] = [
  () => new Date(0),
  () => new Date(Number.NaN),
  () => /a/g,
  () => new Uint8Array(4),
  () => Buffer.from('abc'),
  () => new Float64Array(0),
  () => new DataView(new ArrayBuffer(2)),
  () => new ArrayBuffer(0),
  () => new SharedArrayBuffer(8),
  () => Object(1),
  () => Object('text'),
  () => Object(1n),
  () => new Error('no'),
  () => new Named('no'),
  () => new RangeError('no', { cause: new Error('why') }),
  () => new Point(1),
  () => new (class Nothing {})(),
  () => Object.create(null),
  () => Object.create({ inherited: () => 1 }),
  () => Object.create(Map.prototype),
  () => Object.create(Promise.prototype),
  () => Object.defineProperty({}, 'notEnumerable', { value: () => 1 }),
  () => ({ [Symbol('key')]: () => 1 }),
  () => Object.assign(new Date(0), { ignored: () => 1 }),
  () => Object.assign(new Map(), { ignored: () => 1 }),
  () => Array(3),
  () => Array(2_000).fill({ a: 1 }),
  () => 'ab'.match(/(?<first>a)/),
];

const UNCLONEABLE: readonly (() => unknown)[] = [
  () => () => 1,
  () => Point,
  () => Symbol('x'),
  () => Object(Symbol('x')),
  () => Promise.resolve(1),
  () => new WeakMap(),
  () => new WeakSet(),
  () => new WeakRef({}),
  () => new Proxy({}, {}),
  () => new Proxy([], {}),
  () => new Proxy(() => 1, {}),
  () => count(),
  () => new Map().entries(),
  () => new Set().values(),
  () => argumentsOf(1),
  () => new Intl.NumberFormat(),
  () => new Format(),
  () => new FinalizationRegistry(() => {}),
  () => detached(),
  () => onDetached(buffer => new Uint8Array(buffer)),
  () => onDetached(buffer => new DataView(buffer)),
  () => throwing(),
  () => new Error('no', { cause: () => 1 }),
  () => Object.assign(new Error('no'), { message: Symbol('x') }),
  () => Object.assign([1], { besides: () => 1 }),
  () => Object.assign([1], { 2: 3, besides: () => 1 }),
  () => Object.assign(Array(2), { besides: () => 1 }),
  () => Array(2_000).fill(() => 1),
];

const anything = fc.letrec<{ value: unknown }>(tie => {
  const value = tie('value');
  const parts = fc.array(value, { maxLength: 4 });
  const made = (makers: readonly (() => unknown)[]) => fc.constantFrom(...makers).map(make => make());
  return {
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      {
        weight: 6,
        arbitrary: fc.anything({ maxDepth: 1, withBigInt: true, withDate: true, withTypedArray: true }),
      },
      { weight: 3, arbitrary: made(CLONEABLE) },
      { weight: 1, arbitrary: made(UNCLONEABLE) },
      { weight: 4, arbitrary: parts },
      { weight: 4, arbitrary: fc.dictionary(fc.string(), value, { maxKeys: 4 }) },
      {
        weight: 2,
        arbitrary: fc.array(fc.tuple(value, value), { maxLength: 3 }).map(pairs => new Map(pairs)),
      },
      { weight: 2, arbitrary: parts.map(members => new Set(members)) },
      { weight: 2, arbitrary: value.map(x => new Point(x)) },
      { weight: 1, arbitrary: value.map(cause => new Error('outer', { cause })) },
      { weight: 1, arbitrary: parts.map(shared => ({ twice: [shared, shared] })) },
      { weight: 1, arbitrary: parts.map(list => list.concat([list])) },
      { weight: 1, arbitrary: parts.map(cyclic) },
    ),
  };
}).value;

function cyclic(parts: unknown[]): object {
  const parent = { children: [] as unknown[], parts };
  parent.children.push({ parent }, new Point(parent));
  return parent;
}

it.each([
  [
    'shared memory',
    () => new SharedArrayBuffer(4),
    'the result, a SharedArrayBuffer, cannot be sent to another process',
  ],
  [
    'shared memory inside',
    () => ({ list: [1, new SharedArrayBuffer(8)] }),
    'result.list[1], a SharedArrayBuffer, cannot be sent to another process',
  ],
  [
    'a module of WebAssembly',
    () => new (Reflect.get(globalThis, 'WebAssembly').Module)(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
    'the result, a Module, cannot be sent to another process',
  ],
])('threads can be sent %s, processes cannot', (_, make, message) => {
  expect(findUncloneable(make())).toBeNull();
  expect(findUncloneable(make(), 'process')).toBe(message);
});

describe('agrees with structuredClone', () => {
  it.each(CLONEABLE)('that %s can be cloned', make => {
    expect(clones(make())).toBe(true);
    expect(findUncloneable(make())).toBeNull();
    expect(findUncloneable({ inside: [make()] })).toBeNull();
  });

  it.each(UNCLONEABLE)('that %s cannot', make => {
    expect(clones(make())).toBe(false);
    expect(findUncloneable(make())).toMatch(/^(the result|result\S*)( could not be read: |, an? ).+/);
    expect(findUncloneable({ inside: [make()] })).toMatch(/^result\.inside\[0\]/);
  });

  it('about whatever else', () => {
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(anything, value => {
        outcomes.add(clones(value));
        expect(findUncloneable(value) === null).toBe(clones(value));
      }),
      { numRuns: 3_000 },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it.each([50, 99, 100, 101, 500, 10_000, 100_000])('about arrays %i deep', depth => {
    const nested = (innermost: unknown) => {
      let value = innermost;
      for (let level = 0; level < depth; level++) value = [value];
      return value;
    };
    expect(findUncloneable(nested(1)) === null).toBe(clones(nested(1)));
    expect(findUncloneable(nested(() => 1))).toContain('cannot be sent to another thread');
  });

  it('about an instance of a class whose other instances could be cloned', () => {
    expect(findUncloneable(new Point(1))).toBeNull();
    expect(findUncloneable(new Point(() => 1))).toMatch(/^result\.x, a function/);
    expect(findUncloneable(new Point(new Point(2)))).toBeNull();
  });
});

describe('names what is wrong, and where', () => {
  const index = 1;
  it.each([
    [() => index, 'the result, a function (() => index)'],
    [{ callback: () => index }, 'result.callback, a function (() => index)'],
    [Symbol('x'), 'the result, a symbol (Symbol(x))'],
    [[1, null, { when: Promise.resolve() }], 'result[2].when, a Promise'],
    [{ 'two words': { 12: new WeakMap() } }, 'result["two words"][12], a WeakMap'],
    [new Map([['a', () => index]]), 'result.get("a"), a function (() => index)'],
    [new Map([[2n, new Map([[null, count()]])]]), 'result.get(2n).get(null), a Generator'],
    [new Map([[{ key: 1 }, Symbol('y')]]), '[...result.values()][0], a symbol (Symbol(y))'],
    [{ map: new Map([[Symbol('y'), 1]]) }, '[...result.map.keys()][0], a symbol (Symbol(y))'],
    [{ tags: new Set(['a', [Symbol('y')]]) }, '[...result.tags][1][0], a symbol (Symbol(y))'],
    [new Error('no', { cause: { retry: () => index } }), 'result.cause.retry, a function (() => index)'],
    [{ state: new Proxy({}, {}) }, 'result.state, a Proxy'],
    [{ format: new Intl.NumberFormat() }, 'result.format, a NumberFormat'],
    [{ of: new Format() }, 'result.of, a Format'],
    [{ bytes: detached() }, 'result.bytes, a detached ArrayBuffer'],
    [
      { bytes: onDetached(buffer => new Uint8Array(buffer)) },
      'result.bytes, a Uint8Array whose buffer is detached',
    ],
  ])('%o', (value, words) => {
    expect(findUncloneable(value)).toBe(`${words}, cannot be sent to another thread`);
  });

  it('a getter that throws', () => {
    expect(findUncloneable({ deep: throwing() })).toBe('result.deep.lazy could not be read: Error: not now');
    expect(findUncloneable(throwing(Object.create(null)))).toMatch(
      /^result\.lazy could not be read: \[Object/,
    );
  });

  it('on one line, and in short', () => {
    const long = { [`key${'y'.repeat(90)} `]: Object.assign(() => 1, { toString: () => 'other' }) };
    expect(findUncloneable(long)!.length).toBeLessThan(150);
    const source = `() => {\n  return '${'x'.repeat(90)}';\n}`;
    const message = findUncloneable(new Function(`return ${source}`)());
    expect(message).toBe(
      `the result, a function (() => { return '${'x'.repeat(23)}…), cannot be sent to another thread`,
    );
  });

  it('whatever has hold of it, too', () => {
    const parent = { children: [] as object[], format: new Intl.NumberFormat(), done: () => 1 };
    parent.children.push({ parent }, new Point(parent));
    expect(findUncloneable(parent)).toMatch(/^result\.format, a NumberFormat/);
  });

  const step = fc.oneof(
    fc
      .nat({ max: 20 })
      .map(at => ({ path: `[${at}]`, wrap: (value: unknown) => Object.assign([], { [at]: value }) })),
    fc
      .constantFrom('a', '$b', 'été')
      .map(key => ({ path: `.${key}`, wrap: (value: unknown) => ({ z: 1, [key]: value }) })),
    fc.constantFrom('a', 'b c').map(key => ({
      path: `.get(${JSON.stringify(key)})`,
      wrap: (value: unknown) =>
        new Map<unknown, unknown>([
          [1, {}],
          [key, value],
        ]),
    })),
    fc.constant({ path: '.x', wrap: (value: unknown) => new Point(value) }),
  );

  it('by the way to it', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...UNCLONEABLE.slice(0, 19)),
        (steps, make) => {
          const value = steps.reduceRight((inner, { wrap }) => wrap(inner), make());
          const path = `result${steps.map(({ path }) => path).join('')}`;
          expect(findUncloneable(value)!.startsWith(`${path}, a`)).toBe(true);
        },
      ),
    );
  });
});

describe('costs little', () => {
  it.each([
    ['text'],
    [{ index: 1, digest: 2 }],
    [[{ a: 1, b: [1, 2] }, new Map([[1, new Set(['a'])]])]],
    [Buffer.from('abc')],
    [new Date(0)],
    [new Error('no')],
  ])('no clone is made of %o', value => {
    const own = globalThis.structuredClone;
    let calls = 0;
    globalThis.structuredClone = (...args) => {
      calls++;
      return own(...args);
    };
    try {
      expect(findUncloneable(value)).toBeNull();
    } finally {
      globalThis.structuredClone = own;
    }
    expect(calls).toBe(0);
  });
});
