import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { packageVersion } from '../../src/version.js';
import { outside } from './outside.js';

function lines(text: string) {
  return text.split('\n');
}

const { deps } = outside();
const program = buildProgram({ ...deps, argv: [] }, { code: 0 });
const commands = [program, ...program.commands].map(command => ({
  words: command === program ? [] : [command.name()],
  options: command.options.filter(({ hidden }) => !hidden),
}));
const flagsIn = (text: string) => text.match(/(?<=^|\s)--?[a-z][a-z-]*(?![\w-])/gim) ?? [];

describe.each(commands)('help of $words', ({ words, options }) => {
  const help = async () => {
    const { run, written } = outside();
    expect(await run(...words, '--help')).toBe(0);
    expect(written.stderr).toBe('');
    return written.stdout;
  };

  test('has examples and fits 80 columns', async () => {
    const text = await help();
    expect(text).toContain('Examples:\n');
    expect(lines(text).filter(line => line.length > 80)).toEqual([]);
  });

  test('has every flag with its words', async () => {
    const text = (await help()).replaceAll(/\s+/g, ' ');
    for (const { flags, description } of options) {
      expect(description).toMatch(/\.$/);
      expect(text).toContain(` ${flags} ${description}`);
    }
  });

  test('has no flag that is none', async () => {
    const known = words.length === 0 ? commands.flatMap(one => one.options) : options;
    const names = known.flatMap(({ short, long }) => [short, long]);
    const unknown = flagsIn(await help()).filter(flag => !['-h', '--help', ...names].includes(flag));
    expect(unknown).toEqual([]);
  });
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
    expect(written.stdout).toMatch(/^ {2}markdown +tables for a README, an issue or a pull request/m);
  }
});

test('help of report says where the columns of a report are explained, in a file that the package has', async () => {
  const { run, written } = outside();
  expect(await run('report', '--help')).toBe(0);
  const [page] = /docs\/[\w-]+\.md/.exec(written.stdout)!;
  expect(readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')).toContain(
    '## From a column to its field',
  );
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
