import { expect, it } from 'vitest';
import { element } from '../../../src/report/html/markup.js';
import { sentence } from '../../../src/report/html/sentence.js';

it.each([
  ['is 0.99× [0.97, 1.01] of it', ['[0.97, 1.01]']],
  ['in 1.8 s; --budget 290s gives 4.0 % more', ['1.8 s', '--budget', '4.0 %']],
  ['2 sizes, 10 msgs and 3 is', []],
])('%s', (text, whole) => {
  const { markup } = element('span', {}, sentence(text));
  expect([...markup.matchAll(/<span class="whole">(.*?)<\/span>/g)].map(([, part]) => part)).toEqual(whole);
  expect(markup.replaceAll(/<[^>]+>/g, '')).toBe(text);
});
