import { describe, expect, it } from 'vitest';
import { parseSchedstat } from '../../src/trial/thread-cpu.js';
import { childrenTicksOf, stolenTicksOf, v8ThreadsOf } from '../../src/trial/thread-use.js';

describe('what /proc tells of a thread', () => {
  it('has its CPU time and how long it waited for a core', () => {
    expect(parseSchedstat('61230592 28164458 39\n')).toEqual({ cpuMs: 61.230592, queuedMs: 28.164458 });
    expect(parseSchedstat('')).toBeNull();
  });

  it('has the CPU time of children that have ended', () => {
    const stat = `123 (a (b) c) S 1 123 123 0 -1 4194560 1 2 3 4 11 12 13 14 20 0 11 0 5`;
    expect(childrenTicksOf(stat)).toBe(27);
    expect(childrenTicksOf('')).toBe(0);
  });

  it('has what the hypervisor took', () => {
    expect(stolenTicksOf('cpu  100 5 50 800 20 3 2 21 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toBe(21);
    expect(stolenTicksOf('')).toBe(0);
  });
});

describe("V8's threads", () => {
  const unnamed = Array.from({ length: 11 }, (_, at) => ({ id: 900 + at, name: 'node' }));

  it('are the first after the main thread', () => {
    expect(v8ThreadsOf([...unnamed].reverse(), '')).toEqual([901, 902, 903, 904, 905]);
  });

  it('have names in newer versions of Node', () => {
    const names = ['node', 'DelayedTaskSche', 'V8Worker', 'V8Worker', 'SignalInspector', 'libuv-worker'];
    const named = names.map((name, at) => ({ id: 10 + at, name }));
    expect(v8ThreadsOf(named, '')).toEqual([11, 12, 13]);
  });

  it('are not known where their number was set, or there are too few', () => {
    expect(v8ThreadsOf(unnamed, '--v8-pool-size=0')).toBeNull();
    expect(v8ThreadsOf(unnamed.slice(0, 4), '')).toBeNull();
  });
});
