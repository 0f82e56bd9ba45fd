import { expect, test } from 'vitest';
import { cgroupCores, defaultThreads, parseCfsQuota, parseCpuMax, parseProcCgroup } from '../src/cores.js';

test.each([
  ['max 100000\n', null],
  ['200000 100000\n', 2],
  ['150000 100000\n', 1.5],
  ['50000', 0.5],
  ['', null],
  ['0 100000', null],
])('cpu.max %j allows %s cores', (text, cores) => {
  expect(parseCpuMax(text)).toBe(cores);
});

test.each([
  ['-1\n', '100000\n', null],
  ['300000\n', '100000\n', 3],
  ['25000', '50000', 0.5],
  ['x', '100000', null],
  ['100000', '0', null],
])('a quota of %j every %j allows %s cores', (quota, period, cores) => {
  expect(parseCfsQuota(quota, period)).toBe(cores);
});

test.each([
  ['0::/user.slice/a.scope\n', { v2: '/user.slice/a.scope', v1: null }],
  ['5:memory:/m\n4:cpu,cpuacct:/docker/abc\n', { v2: null, v1: '/docker/abc' }],
  ['4:cpu:/a:b\n0::/\n', { v2: '/', v1: '/a:b' }],
  ['', { v2: null, v1: null }],
])('the cgroup of %j', (text, paths) => {
  expect(parseProcCgroup(text)).toEqual(paths);
});

function files(texts: Record<string, string>) {
  return (path: string) => texts[path] ?? null;
}

test('the tightest limit from the cgroup up to the root counts', () => {
  const read = files({
    '/proc/self/cgroup': '0::/a/b\n',
    '/sys/fs/cgroup/a/b/cpu.max': '400000 100000',
    '/sys/fs/cgroup/a/cpu.max': '250000 100000',
    '/sys/fs/cgroup/cpu.max': 'max 100000',
  });
  expect(cgroupCores(read)).toBe(2.5);
});

test('a v1 container that sees only its own root', () => {
  const read = files({
    '/proc/self/cgroup': '4:cpu,cpuacct:/docker/abc\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '150000',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000',
  });
  expect(cgroupCores(read)).toBe(1.5);
});

test('no cgroup, no limit', () => {
  expect(cgroupCores(files({}))).toBeNull();
});

test.each([
  [8, null, 8],
  [8, 2.9, 2],
  [8, 0.5, 1],
  [2, 16, 2],
])('%i cores under a limit of %s start %i threads', (parallelism, cores, threads) => {
  expect(defaultThreads(parallelism, cores)).toBe(threads);
});
