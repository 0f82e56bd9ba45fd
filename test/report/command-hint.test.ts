import { describe, expect, it } from 'vitest';
import { commandHint, durationFlag, hasFlags } from '../../src/report/hints/command-hint.js';

const program = 'threads-vs-loop';
const hint = (args: string[], changes: Parameters<typeof commandHint>[1], target: string | null = null) =>
  commandHint({ program, args }, changes, target).join(' ');

describe('a hint is a whole command', () => {
  it.each([
    [['run', './x.mjs'], 'threads-vs-loop run ./x.mjs --budget 90s'],
    [['run', './x.mjs', '--budget', '20s', '-e', 'a,b'], 'threads-vs-loop run ./x.mjs -e a,b --budget 90s'],
    [['run', '--budget=20s', './x.mjs'], 'threads-vs-loop run ./x.mjs --budget 90s'],
    [['run', '--timeline', './x.mjs', '-q'], 'threads-vs-loop run --timeline ./x.mjs -q --budget 90s'],
    [
      ['run', 'http', '--slo', 'p99<50ms', '-p', 'headers={"a":"it\'s"}'],
      `threads-vs-loop run http --slo 'p99<50ms' -p 'headers={"a":"it'\\''s"}' --budget 90s`,
    ],
    [['run'], 'threads-vs-loop run --budget 90s'],
  ])('%j', (args, text) => expect(hint(args, { budget: '90s' })).toBe(text));

  it.each([
    [['run', 'http', '-n', '100'], 'threads-vs-loop run http --tasks 400'],
    [['run', 'http', '-n100'], 'threads-vs-loop run http --tasks 400'],
    [['run', 'http', '--tasks', '100'], 'threads-vs-loop run http --tasks 400'],
  ])('replaces the short form too: %j', (args, text) => expect(hint(args, { tasks: '400' })).toBe(text));

  it('changes several', () => {
    expect(hint(['run', 'cpu', '--forks', '3'], { forks: '20', budget: '2m' })).toBe(
      'threads-vs-loop run cpu --forks 20 --budget 2m',
    );
  });

  it('runs one scenario of several, whatever its flags are called like', () => {
    const args = ['run', 'waiting', '--baseline', 'waiting', 'mixed', '--quiet'];
    expect(hint(args, { budget: '1m' }, 'mixed')).toBe(
      'threads-vs-loop run mixed --baseline waiting --quiet --budget 1m',
    );
    expect(hint(['run'], { budget: '1m' }, 'mixed')).toBe('threads-vs-loop run mixed --budget 1m');
  });

  it('after `npm run`, whose script has the command in it', () => {
    const command = { program: 'npm run bench --', args: ['waiting'] };
    expect(commandHint(command, { budget: '1m' }, null).join(' ')).toBe(
      'npm run bench -- waiting --budget 1m',
    );
    expect(commandHint({ ...command, args: [] }, { budget: '1m' }, 'mixed').join(' ')).toBe(
      'npm run bench -- mixed --budget 1m',
    );
  });

  it.each([
    [5_000, '5s'],
    [60_000, '60s'],
    [90_000, '90s'],
    [120_000, '2m'],
    [125_000, '125s'],
    [500, '500ms'],
  ])('%s ms is %s', (ms, text) => expect(durationFlag(ms)).toBe(text));
});

it.each([
  [['--budget', '90s'], { budget: '90s' }, true],
  [['--budget=90s'], { budget: '90s' }, true],
  [['-n', '100', '--budget', '90s'], { tasks: '100', budget: '90s' }, true],
  [['--budget', '60s'], { budget: '90s' }, false],
  [['--budget', '90s'], { budget: '90s', forks: '7' }, false],
  [['90s'], { budget: '90s' }, false],
])('%j has already %j: %j', (args, changes, expected) => {
  expect(hasFlags({ program: 'threads-vs-loop', args: ['run', ...args] }, changes)).toBe(expected);
});

it('a flag with or without a value takes none that is a flag', () => {
  const resume = { resume: 'results/a.json' };
  expect(hint(['tune', 'cpu', '--resume', '--budget', '9s'], resume)).toBe(
    'threads-vs-loop tune cpu --budget 9s --resume results/a.json',
  );
  expect(hint(['tune', '--resume', 'old.json', 'cpu'], resume)).toBe(
    'threads-vs-loop tune cpu --resume results/a.json',
  );
});
