import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ignoreResults } from '../../../src/cli/init/git-ignore.js';

let root: string;
const at = (...path: string[]) => join(root, ...path);
const read = () => readFileSync(at('.gitignore'), 'utf8');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tvl-ignore-'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a project in git', () => {
  beforeEach(() => mkdirSync(at('.git')));

  test('gets a .gitignore, once', () => {
    expect(ignoreResults(root)).toBe('wrote');
    expect(read()).toBe('results/\n');
    expect(ignoreResults(root)).toBeNull();
    expect(read()).toBe('results/\n');
  });

  test.each([
    ['node_modules/\n', 'node_modules/\nresults/\n'],
    ['dist', 'dist\nresults/\n'],
    ['a\r\nb\r\n', 'a\r\nb\r\nresults/\r\n'],
    ['', 'results/\n'],
    ['test-results/\n!results\n', 'test-results/\n!results\nresults/\n'],
  ])('%j becomes %j', (before, after) => {
    writeFileSync(at('.gitignore'), before);
    expect(ignoreResults(root)).toBe('added');
    expect(read()).toBe(after);
  });

  test.each(['results', 'results/', '/results', '/results/', 'results/*', 'a\r\nresults/ \r\nb'])(
    '%j has it already',
    text => {
      writeFileSync(at('.gitignore'), text);
      expect(ignoreResults(root)).toBeNull();
      expect(read()).toBe(text);
    },
  );

  test('a package of it is kept by the file above, unless that names its own folder', () => {
    mkdirSync(at('packages', 'api'), { recursive: true });
    writeFileSync(at('.gitignore'), 'results/\n');
    expect(ignoreResults(at('packages', 'api'))).toBeNull();
    writeFileSync(at('.gitignore'), '/results/\n');
    expect(ignoreResults(at('packages', 'api'))).toBe('wrote');
    expect(read()).toBe('/results/\n');
  });

  test('a .gitignore that is a folder is left alone', () => {
    mkdirSync(at('.gitignore'));
    expect(ignoreResults(root)).toBeNull();
  });
});

test('a folder that is in no repository gets none, but the one that is there a line', () => {
  expect(ignoreResults(root)).toBeNull();
  expect(existsSync(at('.gitignore'))).toBe(false);
  writeFileSync(at('.gitignore'), 'dist/\n');
  expect(ignoreResults(root)).toBe('added');
});
