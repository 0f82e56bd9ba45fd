import { describe, expect, it } from 'vitest';
import { commandLineOf } from '../../src/cli/invocation.js';
import { BOOLEAN_FLAGS } from '../../src/report/hints/command-hint.js';
import { outside } from './outside.js';

const argv = ['run', 'http', '--tasks', '100'];
const cwd = '/home/me/app';

describe('the command line as it was typed', () => {
  it.each([
    ['threads-vs-loop', argv, {}, '/usr/local/bin/threads-vs-loop'],
    ['threads-vs-loop', argv, {}, ''],
    ['npx threads-vs-loop', argv, {}, '/home/me/app/node_modules/.bin/threads-vs-loop'],
    ['npx threads-vs-loop', argv, { npm_command: 'exec' }, '/home/me/.npm/_npx/1/threads-vs-loop'],
    ['node dist/src/cli/main.js', argv, {}, '/home/me/app/dist/src/cli/main.js'],
    ["node '../a b/main.js'", argv, {}, '/home/me/a b/main.js'],
    // The script has `run` in it.
    [
      'npm run bench --',
      argv.slice(1),
      { npm_lifecycle_event: 'bench' },
      '/home/me/app/dist/src/cli/main.js',
    ],
    // Somebody else's script of that name.
    [
      'npx threads-vs-loop',
      argv,
      { npm_lifecycle_event: 'bench' },
      '/home/me/app/node_modules/.bin/threads-vs-loop',
    ],
  ])('%s', (program, args, env, script) => {
    expect(commandLineOf(argv, { env, script, cwd })).toEqual({ program, args });
  });
});

it('hints know which flags stand alone: all others take a word', async () => {
  const { run, written } = outside();
  await run('run', '--help');
  const alone = written.stdout
    .split('\n')
    .map(line => /^ {2}(-\w, )?(--[\w-]+)(?! <)(?= {2}|$)/.exec(line))
    .flatMap(match => (match === null ? [] : [match[1]?.slice(0, 2), match[2]]))
    .filter(flag => flag !== undefined);
  expect(alone.length).toBeGreaterThan(1);
  expect(new Set(BOOLEAN_FLAGS)).toEqual(new Set(alone));
});
