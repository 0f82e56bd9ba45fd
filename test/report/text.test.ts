import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../../src/report/terminal/table.js';
import {
  harmless,
  harmlessData,
  padEnd,
  padStart,
  truncate,
  truncateMiddle,
  widthOf,
  wrap,
  wrapAfter,
} from '../../src/report/text.js';

const anyText = fc.string({ unit: 'grapheme', maxLength: 80 }).map(harmless);

describe('text in columns', () => {
  it('pads and cuts by columns, not characters', () => {
    expect(padEnd('漢字', 6)).toBe('漢字  ');
    expect(padStart('é', 3)).toBe('  é');
    expect(truncate('漢字漢字', 5)).toBe('漢字…');
    expect(truncate('limited', 7)).toBe('limited');
  });

  it('wraps without parting a number from its unit, or an interval', () => {
    expect(wrap('limited is 56× [55, 57] of 12 ms', 14)).toEqual(['limited is', '56× [55, 57]', 'of 12 ms']);
    expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('goes on below where it began', () => {
    expect(wrapAfter('  name  ', 'one two three', 16)).toEqual(['  name  one two', '        three']);
  });

  it('never exceeds the width, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('foreign text', () => {
  it('shows control characters instead of obeying them', () => {
    expect(harmless('a\u001b[31mb\nc\td\u007f')).toBe('a␛[31mb␊c␉d␡');
    expect(harmless('x\u202ey\u200bz\u009b\ud800')).toBe('x�y�z��');
    expect(harmless('漢字 é 😀 ×')).toBe('漢字 é 😀 ×');
  });

  it('is found at any depth, in keys too', () => {
    expect(harmlessData({ 'k\n': ['a\r', { b: '\u0007' }, 1, null, true] })).toEqual({
      'k␊': ['a␍', { b: '␇' }, 1, null, true],
    });
  });
});

describe('bar', () => {
  it.each([
    [0, ''],
    [0.0001, '▏'],
    [0.5, '██'],
    [0.53125, '██▏'],
    [1, '████'],
    [1.2, '████'],
  ])('%s of 4 columns is %s', (share, text) => expect(bar(share, 4)).toBe(text));
});

it('cuts in the middle what differs in its end', () => {
  expect(truncateMiddle('queue lib=markdown-it', 40)).toBe('queue lib=markdown-it');
  expect(truncateMiddle('queue lib=markdown-it', 13)).toBe('queue …own-it');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
      expect(widthOf(truncateMiddle(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});
