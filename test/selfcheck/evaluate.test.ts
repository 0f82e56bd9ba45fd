import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/schema/index.js';
import { evaluate, type Outcome } from '../../src/selfcheck/evaluate.js';
import type { KnownAnswer } from '../../src/selfcheck/experiments.js';
import { selfCheckText } from '../../src/selfcheck/text.js';
import { tQuantile } from '../../src/stats/student-t.js';
import { makeComparison, makeScenario } from '../support/report-fixture.js';

function outcome(
  known: KnownAnswer,
  ratio: number,
  more: Partial<Comparison> = {},
  executor = 'queue',
): Outcome {
  const comparison = { ...makeComparison('other', executor, ratio, 0.01), ...more };
  return {
    known,
    executor,
    result: makeScenario({
      name: 'known-work',
      baseline: executor,
      executors: [],
      comparisons: [comparison],
      elapsedMs: 9_600,
      alone: { tasks: 4, serviceMs: 10.4, cpuMs: 10.4 },
    }),
  };
}
const same = (ratio: number, more: Partial<Comparison> = {}) =>
  outcome({ kind: 'same', work: 'computing' }, ratio, more);
const slower = (share: number, ratio: number) => outcome({ kind: 'slower', share }, ratio);

describe('evaluate', () => {
  it('counts false claims against what a correct program makes', () => {
    const { falseClaims, failures } = evaluate([...Array.from({ length: 19 }, () => same(1.002)), same(1.2)]);
    // 1 of 20: the exact upper bound is 21.6 %; 5 % stays within 4 of 20 in 99 %.
    expect(falseClaims).toMatchObject({
      times: 1,
      of: 20,
      accepted: 4,
      byExecutor: { queue: { times: 1, of: 20 } },
    });
    expect(falseClaims.atMostShare).toBeCloseTo(0.2161, 4);
    expect(failures).toEqual([]);
  });

  it('fails a program that sees differences where there are none', () => {
    const { failures } = evaluate(Array.from({ length: 5 }, () => same(1.05)));
    expect(failures).toEqual([
      '5 false claims in 5 experiments of executors against themselves, a correct program makes at most 2',
    ]);
  });

  it('counts slow-downs that were found, and intervals that held the truth', () => {
    const { slowDowns, failures } = evaluate([
      slower(0.05, 1 / 1.05),
      slower(0.05, 0.999),
      slower(0.1, 1 / 1.1),
      slower(0.02, 1 / 1.021),
    ]);
    expect(slowDowns).toMatchObject([
      { share: 0.02, found: { times: 1, of: 1 }, covered: { times: 1, of: 1 } },
      { share: 0.05, found: { times: 1, of: 2 }, covered: { times: 1, of: 2 } },
      { share: 0.1, found: { times: 1, of: 1 }, covered: { times: 1, of: 1 } },
    ]);
    expect(failures).toEqual([]);
  });

  it('fails a program that misses the truth too often, or turns it round', () => {
    expect(evaluate(Array.from({ length: 4 }, () => slower(0.1, 0.97))).failures).toEqual([
      '4 intervals missed the known slow-down, a correct program misses at most 2',
    ]);
    expect(evaluate([slower(0.1, 1.1)]).failures).toContain('1 times what is 10 % slower was called faster');
  });

  it('knows the answers of timers and computing', () => {
    const timers = (ratio: number) => evaluate([outcome({ kind: 'timers' }, ratio)]).failures;
    expect(timers(0.96)).toEqual([]);
    expect(timers(0.93)).toEqual(['limited is not within ±5 % of a bare loop of timers']);
    const computing = (cpuMs: number) => evaluate([outcome({ kind: 'computing', cpuMs }, 1)]);
    expect(computing(10)).toMatchObject({ computing: { cpuMs: 10, serviceMs: 10.4 }, failures: [] });
    expect(computing(9).failures).toEqual(['a task of 9 ms of computing is not within ±10 % of that']);
  });

  it('says what the default budget resolves: by the spread of forks and the time that they take', () => {
    const forkLogRatios = [-0.02, 0, 0.02, 0, 0, 0];
    const { resolution } = evaluate([same(1, { forkLogRatios })]);
    // 9.6 s for 6 forks: 12 of them in 20 s. The standard deviation of these is 0.012649.
    const reach = (tQuantile(0.985, 11) + tQuantile(0.9, 11)) * (0.0126491 / Math.sqrt(12));
    expect(resolution.computing).toBeCloseTo(Math.expm1(reach), 5);
    expect(resolution.waiting).toBeNull();
  });

  it('leaves out what has no interval, and counts it', () => {
    const check = evaluate([same(1, { low: null, high: null }), same(1)]);
    expect([check.falseClaims.of, check.unmeasured]).toEqual([1, 1]);
  });
});

describe('selfCheckText', () => {
  it('has numbers and bounds in every line, within the width', () => {
    const text = selfCheckText(
      evaluate([
        same(1.001),
        slower(0.05, 1 / 1.05),
        outcome({ kind: 'timers' }, 1.01, {}, 'bare timers'),
        outcome({ kind: 'computing', cpuMs: 10 }, 1),
      ]),
      80,
    );
    const flowing = text.replace(/\s+/g, ' ');
    expect(flowing).toContain('0 of 1 called faster or slower. That proves a rate of at most 95 % (95 %)');
    expect(flowing).toContain('5 % found in 1 of 1, in the interval in 1 of 1');
    expect(flowing).toContain('setTimeout 1.01 [1.00, 1.02]; wanted within ±5 %');
    expect(flowing).toContain('10.40 ms alone (1.040×)');
    expect(text).toContain('As promised, as far as this many experiments can tell.');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('says so of what was not measured', () => {
    const text = selfCheckText(evaluate([]), 80);
    expect(text.match(/not measured/g)).toHaveLength(4);
    expect(text).toContain('Nothing was measured.');
    expect(text).not.toContain('As promised');
  });
});
