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
  ['/movies/{index%57}', 56, '/movies/57'],
  ['/movies/{index%57}', 57, '/movies/1'],
  ['/sites/{news|shop|mail}', 0, '/sites/news'],
  ['/sites/{news|shop|mail}?n={index}', 5, '/sites/mail?n=6'],
  ['{"id":{index},"name":"a|b"}', 1, '{"id":2,"name":"a|b"}'],
  ['{index%0}{}{a}', 3, '{index%0}{}{a}'],
])('%s of task %i is %s', (template, index, text) => {
  expect(compileTemplate(template)(index)).toBe(text);
  expect(hasIndex(template)).toBe(template.includes('{index}'));
});
