import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { autocannon, parseAutocannon } from '../../bench/self/support/autocannon.js';
import { pickGenerator } from '../../bench/self/support/pick-generator.js';
import { isInstalled, readCpuMs, runTimed } from '../../bench/self/support/timed-command.js';
import { parseWrk, wrk } from '../../bench/self/support/wrk.js';

/** Output of real runs of a second: wrk 4.1.0 of Debian, autocannon 9.0.0. */
const recorded = (name: string) => readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), 'utf8');

describe('wrk', () => {
  test.each([
    ['waiting', { requests: 5_910, perSecond: 5_900.97, p50Ms: 10.52 }],
    ['instant', { requests: 110_445, perSecond: 100_400.53, p50Ms: 0.58 }],
    ['slow', { requests: 64, perSecond: 31.93, p50Ms: 1_100 }],
  ])('%s: ms, µs and s alike', (name, run) => {
    const parsed = parseWrk(recorded(`wrk-${name}`));
    expect(parsed).toEqual({ ...run, p50Ms: expect.closeTo(run.p50Ms, 9) });
  });

  test('a run with failures proves nothing', () => {
    expect(() => parseWrk(recorded('wrk-failing'))).toThrow('wrk: Non-2xx or 3xx responses: 82953');
    expect(() => parseWrk(recorded('wrk-resetting'))).toThrow('connect 0, read 5429, write 0, timeout 0');
  });

  test('an output without --latency is not understood', () => {
    const without = recorded('wrk-waiting').replace(/^.*50%.*$/m, '');
    expect(() => parseWrk(without)).toThrow(/something else than expected/);
  });
});

describe('autocannon', () => {
  test('throughput is of the whole run, not of its samples', () => {
    expect(parseAutocannon(recorded('autocannon-waiting'))).toEqual({
      requests: 5_699,
      perSecond: 5_699 / 1.02,
      p50Ms: 10,
    });
  });

  test('a run with failures proves nothing', () => {
    expect(() => parseAutocannon(recorded('autocannon-failing'))).toThrow('autocannon: 87183 non2xx');
    expect(() => parseAutocannon(recorded('autocannon-resetting'))).toThrow('autocannon: 5128 errors');
  });

  test.each(['{}', '{"duration":0,"2xx":5,"latency":{"p50":1}}', '{"duration":1,"2xx":5}'])(
    '%s is not understood',
    output => {
      expect(() => parseAutocannon(output)).toThrow(/something else than expected/);
    },
  );
});

describe('the commands', () => {
  const load = { url: 'http://127.0.0.1:1/a', headers: { 'x-a': '1' }, connections: 64, seconds: 2 };

  test('of both ask for the same load', () => {
    expect(wrk.command(load)).toEqual(['wrk', '-t1', '-c64', '-d2s', '--latency', '-H', 'x-a: 1', load.url]);
    const [node, script, ...args] = autocannon.command(load);
    expect(node).toBe(process.execPath);
    expect(script).toMatch(/autocannon\.js$/);
    expect(args).toEqual(['-c', '64', '-d', '2', '--json', '-H', 'x-a=1', load.url]);
  });

  test('wrk where it is installed, else autocannon', () => {
    expect(pickGenerator(program => program === 'wrk').name).toBe('wrk');
    expect(pickGenerator(() => false).name).toBe('autocannon');
  });
});

describe('a timed command', () => {
  test('CPU time is the last line of stderr: user and system', () => {
    expect(readCpuMs('cpu-seconds 0.323 0.068\n')).toBe(391);
    expect(readCpuMs('a warning\ncpu-seconds 1.000 0.004\n')).toBe(1_004);
  });

  test.each(['', 'a warning\n', 'cpu-seconds 0.1 0.2\nmore\n', 'no cpu-seconds 0.1 0.2\n'])(
    '%j tells none',
    stderr => {
      expect(readCpuMs(stderr)).toBeNull();
    },
  );

  test.skipIf(!isInstalled('bash'))(
    'counts a process that computes, and keeps its arguments apart',
    async () => {
      // Burns until its own clock of CPU time says 50 ms: what is told of it cannot be less.
      const burn = 'while (process.cpuUsage().user < 50_000); console.log(process.argv[1])';
      const { stdout, cpuMs } = await runTimed(process.execPath, ['-e', burn, 'two words']);
      expect(stdout).toBe('two words\n');
      expect(cpuMs).toBeGreaterThanOrEqual(50);
    },
  );

  test('a program that fails, or is not there, is an error', async () => {
    await expect(runTimed(process.execPath, ['-e', 'process.exit(3)'])).rejects.toThrow();
    await expect(runTimed('/no/such/program', [])).rejects.toThrow();
    expect(isInstalled('no-such-program-anywhere')).toBe(false);
  });
});
