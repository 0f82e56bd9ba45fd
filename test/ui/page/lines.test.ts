import { describe, expect, it } from 'vitest';
import { backoffMs, Lines } from '../../../src/ui/page/lines.js';
import { type TokenPlaces, takeToken } from '../../../src/ui/page/token.js';

describe('lines of a stream', () => {
  it('are whole, however it was cut, and none is empty', () => {
    const lines = new Lines();
    expect(lines.add('{"a"')).toEqual([]);
    expect(lines.add(':1}\n\n{"b":2}\n{')).toEqual(['{"a":1}', '{"b":2}']);
    expect(lines.add('}\n')).toEqual(['{}']);
  });
});

it('a stream that breaks is asked for again after a time that doubles, up to 8 s', () => {
  expect([1, 2, 3, 20].map(backoffMs)).toEqual([250, 500, 1_000, 8_000]);
});

describe('the token', () => {
  const placesWith = (hash: string, kept: string | null = null) => {
    const store = new Map(kept === null ? [] : [['threads-vs-loop-token', kept]]);
    const shown: unknown[] = [];
    const places: TokenPlaces = {
      location: { hash, pathname: '/', search: '' },
      history: { replaceState: (_state, _title, url) => void shown.push(url) },
      storage: {
        getItem: key => store.get(key) ?? null,
        setItem: (key, value) => void store.set(key, value),
      },
    };
    return { places, shown, store };
  };

  it('is taken out of the address, and kept for a reload', () => {
    const { places, shown, store } = placesWith('#abc-DEF_1');
    expect(takeToken(places)).toBe('abc-DEF_1');
    expect(shown).toEqual(['/']);
    expect([...store.values()]).toEqual(['abc-DEF_1']);
  });

  it('is that of the session where the address has none', () => {
    expect(takeToken(placesWith('', 'kept').places)).toBe('kept');
    expect(takeToken(placesWith('').places)).toBeNull();
  });

  it('holds for this view where storage is forbidden', () => {
    const { places } = placesWith('#abc');
    const refuse = () => {
      throw new Error('refused');
    };
    expect(takeToken({ ...places, storage: { getItem: refuse, setItem: refuse } })).toBe('abc');
  });
});
