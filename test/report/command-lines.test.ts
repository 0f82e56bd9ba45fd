import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandHint } from '../../src/report/hints/command-hint.js';
import { noteLines } from '../../src/report/terminal/layout.js';
import { WITHOUT_COLOUR } from '../../src/report/terminal/paint.js';
import { widthOf } from '../../src/report/text.js';

const WIDTH = 60;

function linesOf(args: readonly string[]): string[] {
  const words = commandHint({ program: 'npx threads-vs-loop', args: [...args] }, {}, null);
  const layout = { width: WIDTH, room: WIDTH - 2, titleWidth: 9, paint: WITHOUT_COLOUR };
  return noteLines({ label: 'try', text: words.join(' '), words, tone: null }, layout);
}

/** The words that a shell makes of lines which were copied from the terminal. */
function wordsOf(lines: readonly string[]): string[] {
  const command = lines.join('\n').replace(/^\s*try: npx threads-vs-loop/, "printf '%s\\0'");
  return execFileSync('sh', ['-c', command]).toString().split('\0').slice(0, -1);
}

describe('a command over several lines', () => {
  it.each([
    [['run', 'cpu', '--executors', 'limited,queue', '--budget', '90s', '--forks', '12', '--seed', '7']],
    [['run', '--mix', './orders.mjs#validateOrder=50,./orders.mjs#compress=20,./call-api.mjs=30']],
    [['run', `./${'a'.repeat(130)}.mjs`, '--quiet']],
    [['run', '--header', `x: ${"it's ".repeat(30)}`]],
  ])('is the same words in a shell: %j', args => {
    const lines = linesOf(args);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(WIDTH);
    expect(wordsOf(lines)).toEqual(args);
  });

  it('is so whatever the words are', () => {
    const word = fc.string({ minLength: 1, maxLength: 80 }).filter(text => !/[\0\n\r]/.test(text));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), words => {
        const args = ['run', ...words.map(text => `=${text}`)];
        expect(wordsOf(linesOf(args))).toEqual(args);
      }),
      { numRuns: 50 },
    );
  });
});
