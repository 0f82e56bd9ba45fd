import { expect, test } from 'vitest';
import { compileTemplate, hasIndex } from '../../src/workloads/template.js';

test.each([
  ['', 0, ''],
  ['/todos', 4, '/todos'],
  ['/todos/{index}', 0, '/todos/1'],
  ['/todos/{index}/x', 198, '/todos/199/x'],
  ['{index}', 1e6, '1000001'],
  ['/{index}/{index}?n={index}', 6, '/7/7?n=7'],
  ['/{Index}/$&', 6, '/{Index}/$&'],
])('%s of task %i is %s', (template, index, text) => {
  expect(compileTemplate(template)(index)).toBe(text);
  expect(hasIndex(template)).toBe(template.includes('{index}'));
});
