import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isStale, leftOver } from './fresh-build.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tvl-build-'));
  write('src/clock.ts', 1);
  write('workers/host.ts', 1);
  write('bench/main.ts', 1);
  write('package.json', 1);
  write('dist/src/clock.js', 2);
  write('dist/src/clock.d.ts', 2);
  write('dist/results.schema.json', 2);
});
afterEach(() => rmSync(root, { recursive: true }));

/** @param second of its last change */
function write(file: string, second: number): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, second, second);
}

it('a build after the last change is fresh', () => {
  expect(isStale(root)).toBe(false);
  expect(leftOver(root)).toEqual([]);
});

it.each([
  'src/clock.ts',
  'src/new/file.ts',
  'workers/host.ts',
  'package.json',
  'tsconfig.json',
  'src/page/tsconfig.json',
])('a later change of %s makes it stale', file => {
  write(file, 3);
  expect(isStale(root)).toBe(true);
});

it('without a build it is stale', () => {
  rmSync(join(root, 'dist'), { recursive: true });
  expect(isStale(root)).toBe(true);
});

it('what was compiled from a source that is gone is left over', () => {
  rmSync(join(root, 'src/clock.ts'));
  expect(leftOver(root).sort()).toEqual([join(root, 'dist/src/clock.d.ts'), join(root, 'dist/src/clock.js')]);
});
