import { describe, expect, it } from 'vitest';
import { parseSchedstat } from '../../src/trial/thread-cpu.js';
import { v8ThreadsOf } from '../../src/trial/thread-use.js';

describe('what /proc tells of a thread', () => {
  it('has its CPU time and how long it waited for a core', () => {
    expect(parseSchedstat('61230592 28164458 39\n')).toEqual({ cpuMs: 61.230592, queuedMs: 28.164458 });
    expect(parseSchedstat('')).toBeNull();
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
