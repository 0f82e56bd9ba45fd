import { expect, test } from 'vitest';
import { packageVersion } from '../../src/version.js';
import { outside } from './outside.js';

function lines(text: string) {
  return text.split('\n');
}

test.each([[], ['run'], ['list'], ['report'], ['origin']])(
  'help of %j has examples and fits 80 columns',
  async (...command) => {
    const { run, written } = outside();
    expect(await run(...command, '--help')).toBe(0);
    expect(written.stdout).toContain('Examples:\n');
    expect(lines(written.stdout).filter(line => line.length > 80)).toEqual([]);
    expect(written.stderr).toBe('');
  },
);

test('help names every flag of the run', async () => {
  const { run, written } = outside();
  await run('run', '--help');
  const flags = [
    'executors',
    'tasks',
    'threads',
    'in-flight',
    'param',
    'option',
    'batch-size',
    'on-error',
    'forks',
  ];
  flags.push(
    'rounds',
    'precision',
    'budget',
    'task-timeout',
    'max-failed',
    'seed',
    'baseline',
    'reporter',
    'json',
    'out',
    'quiet',
  );
  for (const flag of flags) expect(written.stdout).toMatch(new RegExp(`--${flag}\\b`));
});

test('the version is that of the package', async () => {
  const { run, written } = outside();
  expect(await run('--version')).toBe(0);
  expect(written.stdout).toBe(`${packageVersion()}\n`);
});

test('without a command it is the help, as an error', async () => {
  const { run, written } = outside();
  expect(await run()).toBe(2);
  expect(written.stdout).toBe('');
  expect(written.stderr).toContain('Usage: threads-vs-loop');
});

test('the list has a line and the parameters of everything, in 80 columns', async () => {
  // The real catalogue: what is built in must fit.
  const { run, written } = outside({ catalogue: undefined as never });
  expect(await run('list')).toBe(0);
  const listed = lines(written.stdout);
  expect(listed.filter(line => line.length > 80)).toEqual([]);
  for (const name of ['sequential', 'piscina', 'http', 'default', 'waiting'])
    expect(listed.some(line => line.trimStart().startsWith(`${name} `))).toBe(true);
  expect(written.stdout).toContain('one of async, sync, disabled');
  expect(written.stdout).toMatch(/waitMs +how long[^(]*\(a number from 0 to\s+60000; default 50\)/);
});

test('what reports can be rendered as is said where it is asked for', async () => {
  for (const words of [
    ['report', '--help'],
    ['list', 'reporters'],
  ]) {
    const { run, written } = outside();
    expect(await run(...words)).toBe(0);
    expect(written.stdout).toMatch(/^ {2}markdown +tables for a README or an issue/m);
  }
});

test('the list can be narrowed', async () => {
  const { run, written } = outside();
  expect(await run('list', 'suites')).toBe(0);
  expect(written.stdout).toBe(
    [
      'SUITES  run SUITE, or run SCENARIO for one of its scenarios',
      '  default  two scenarios',
      '      waiting    requests',
      '      computing  computing',
      '',
    ].join('\n'),
  );
});
