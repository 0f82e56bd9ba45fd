import { expect, it } from 'vitest';
import { numbersIn, openFilesOf, parseProcStat, readTextOrNull, STAT, statSum } from '../src/proc.js';

it('reads the first line of /proc/stat', () => {
  const text = 'cpu  100 5 50 800 20 3 2 20 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n';
  expect(parseProcStat(text)).toEqual({ busy: 160, stolen: 20, total: 1_000 });
  expect(parseProcStat('nothing')).toBeNull();
  expect(parseProcStat('')).toBeNull();
});

it('reads the times of a process and its children past a name with blanks and parentheses', () => {
  const stat = '12 (a ) b) S 1 34 12 0 -1 4194304 1 2 3 4 70 20 9 1 20 0 1 0 5 6';
  expect(statSum(stat, STAT.ownAndChildren)).toBe(100);
  expect(statSum(stat, STAT.children)).toBe(10);
  expect(statSum(stat, STAT.group)).toBe(34);
  expect(statSum('', STAT.children)).toBe(0);
});

it('has nothing of what is not there', () => {
  expect(readTextOrNull('/not/there')).toBeNull();
  expect(numbersIn('/not/there')).toEqual([]);
});

it('files that may be open are told by the soft limit', () => {
  const limits =
    'Limit                     Soft Limit           Hard Limit           Units\nMax open files            1024                 4096                 files\n';
  expect(openFilesOf(limits)).toBe(1_024);
  expect(openFilesOf('')).toBeNull();
  expect(openFilesOf('Max open files            unlimited            unlimited            files')).toBeNull();
});
