import fc from 'fast-check';
import { expect, it } from 'vitest';
import { element, withCode } from '../../../src/report/html/markup.js';
import { all, attributesOf, pageOf, textOf } from './parsed-page.js';

it('any text is text, in content and in attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const { markup } = element('p', { title: text }, text, element('b', {}, text));
      const [p] = all(pageOf(`<!doctype html>${markup}`), 'p');
      expect(attributesOf(p!).title).toBe(text);
      expect(textOf(p!).trimEnd()).toBe(`${text}${text}`.trimEnd());
      expect(all(p!, '*').map(({ tagName }) => tagName)).toEqual(['b']);
    }),
  );
});

it('what is null is left out', () => {
  expect(element('span', { class: null, id: 'a' }, null, ['b', [null]]).markup).toBe('<span id="a">b</span>');
});

it('numbers are rounded to what can be seen', () => {
  expect(element('text', { x: 1 / 3, y: 2 }).markup).toBe('<text x="0.3" y="2"></text>');
});

it('words in backticks are code', () => {
  expect(element('span', {}, withCode('give `--a <b>` or none')).markup).toBe(
    '<span>give <code>--a &lt;b&gt;</code> or none</span>',
  );
});
