import { expect, test } from 'vitest';
import { canRedraw, hasColour, widthOf } from '../../src/cli/terminal.js';

const write = () => {};
const pipe = { write };
const terminal = { write, isTTY: true, columns: 120 };

test.each([
  [pipe, {}, 80],
  [{ ...pipe, columns: 120 }, {}, 80],
  [terminal, {}, 120],
  [terminal, { COLUMNS: '100' }, 100],
  [pipe, { COLUMNS: '100' }, 100],
  [pipe, { COLUMNS: '1' }, 40],
  [pipe, { COLUMNS: 'x' }, 80],
  [{ ...terminal, columns: 0 }, {}, 40],
])('the width of %j with %j is %i', (output, env, width) => {
  expect(widthOf(output, env)).toBe(width);
});

test.each([
  [terminal, {}, true],
  [terminal, { TERM: 'dumb' }, false],
  [terminal, { NO_COLOR: '1' }, false],
  [terminal, { NO_COLOR: '' }, true],
  [terminal, { FORCE_COLOR: '0' }, false],
  [terminal, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  [pipe, {}, false],
  [pipe, { CI: 'true' }, false],
  [pipe, { CI: 'true', GITHUB_ACTIONS: 'true' }, false],
  [pipe, { FORCE_COLOR: '1' }, true],
])('the colour of %j with %j is %s', (output, env, colour) => {
  expect(hasColour(output, env)).toBe(colour);
});

test('colour may be forced into a pipe, drawing over lines not', () => {
  expect(canRedraw(pipe, { FORCE_COLOR: '1' })).toBe(false);
  expect(canRedraw(terminal, { NO_COLOR: '1' })).toBe(true);
  expect(canRedraw(terminal, { TERM: 'dumb' })).toBe(false);
});
