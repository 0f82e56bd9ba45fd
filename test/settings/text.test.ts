import { describe, expect, test } from 'vitest';
import { countsOrTexts } from '../../src/settings/text.js';
import { outside } from '../cli/outside.js';

test.each([
  ['2', [2]],
  ['2, 4,8', [2, 4, 8]],
  ['1..32', [1, 2, 4, 8, 16, 32]],
  ['1..6', [1, 2, 4, 6]],
  ['3..12', [3, 4, 8, 12]],
  ['4..4', [4]],
  ['1..4,6', [1, 2, 4, 6]],
  ['8..2', ['8..2']],
  ['1..2..4', ['1..2..4']],
  ['1.5..4', ['1.5..4']],
  ['..4', ['..4']],
  ['1..', ['1..']],
  ['many', ['many']],
])('counts in %j are %j', (text, counts) => {
  expect(countsOrTexts(text)).toEqual(counts);
});

describe('a range on the command line', () => {
  const printed = async (...flags: string[]) => {
    const { run, written } = outside({ cwd: '/' });
    const code = await run('run', 'cpu', '--no-config', '--print-plan', ...flags);
    return { code, ...written };
  };

  test('makes a variant of each power of two, ends included', async () => {
    const { stdout } = await printed('--threads', '1..6', '--executors', 'limited,queue');
    expect(stdout).toMatch(/threads +1, 2, 4, 6 +flag --threads/);
    expect((await printed('--in-flight', '1..4', '--executors', 'limited')).stdout).toMatch(
      /limited in-flight=1, limited in-flight=2, +flag --executors\n +limited in-flight=4/,
    );
  });

  test('that goes down is refused', async () => {
    const { code, stderr } = await printed('--threads', '8..2');
    expect(code).toBe(2);
    expect(stderr).toContain('--threads: expected a whole number from 1 to 1,024, got "8..2".');
  });
});
