import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../src/errors.js';
import {
  formatGate,
  formatPredicate,
  formatPredicates,
  holds,
  parseAssertions,
  parseFailures,
  parsePredicates,
} from '../src/predicate.js';
import type { Predicate, PredicateMetric } from '../src/schema/index.js';

const parse = (text: string) => parsePredicates(text, '--slo');

describe('parsePredicates', () => {
  it.each([
    ['p99<50ms', 'p99', '<', 50],
    ['P99 <= 0.3s', 'p99', '<=', 300],
    ['p999<1m', 'p99.9', '<', 60_000],
    ['mean<250us', 'mean', '<', 0.25],
    ['p50<900µs', 'p50', '<', 0.9],
    ['max >= 1.5s', 'max', '>=', 1_500],
    ['throughput>900/s', 'throughput', '>', 900],
    ['throughput>1e3', 'throughput', '>', 1_000],
    ['failed<1%', 'failed', '<', 0.01],
    ['failed <= 0.005', 'failed', '<=', 0.005],
  ] as const)('%s', (text, metric, operator, value) => {
    expect(parse(text)).toEqual([{ metric, operator, value }]);
  });

  it('joins by commas and by "and"', () => {
    expect(parse('p50<5ms and p99<50ms,failed<1%').map(({ metric }) => metric)).toEqual([
      'p50',
      'p99',
      'failed',
    ]);
  });

  it.each([
    ['', /expected METRIC, one of < <= > >=, and a value, got ""/],
    ['p99', /expected METRIC, one of < <= > >=/],
    ['p99=50ms', /expected METRIC, one of < <= > >=/],
    ['p99<50ms,', /expected METRIC/],
    ['p98<50ms', /expected one of mean, p50, p90, p99, p99\.9, max, throughput, failed, got "p98"/],
    ['p99<50', /--slo p99: expected a duration above 0 with its unit, such as 50ms or 1\.5s, got "50"/],
    ['p99<50 %', /--slo p99: expected a duration/],
    ['p99<0ms', /--slo p99: expected a duration above 0/],
    ['p99<toString', /--slo p99: expected a duration/],
    ['failed<2', /--slo failed: expected a share from 0 to 1/],
    ['failed<1ms', /--slo failed: expected a share/],
    ['throughput>5ms', /--slo throughput: expected a rate above 0/],
    ['toString<5ms', /expected one of mean/],
  ])('refuses %s', (text, message) => {
    expect(() => parse(text)).toThrow(UsageError);
    expect(() => parse(text)).toThrow(message);
  });
});

const value = fc.integer({ min: 1, max: 9_999_999 }).map(thousandths => thousandths / 1_000);
const predicate: fc.Arbitrary<Predicate> = fc.oneof(
  fc.record({
    metric: fc.constantFrom<PredicateMetric>('mean', 'p50', 'p90', 'p99', 'p99.9', 'max', 'throughput'),
    operator: fc.constantFrom<Predicate['operator']>('<', '<=', '>', '>='),
    value,
  }),
  fc.record({
    metric: fc.constant<PredicateMetric>('failed'),
    operator: fc.constantFrom<Predicate['operator']>('<', '<='),
    value: fc.integer({ min: 0, max: 10_000 }).map(parts => parts / 10_000),
  }),
);

describe('formatPredicate', () => {
  it('reads as people write', () => {
    expect(formatPredicates(parse('p99<50ms,max<1500ms,failed<=1%,throughput>900/s'))).toBe(
      'p99 < 50 ms and max < 1.5 s and failed <= 1 % and throughput > 900/s',
    );
  });

  it('parses to the same predicate', () => {
    fc.assert(
      fc.property(predicate, one => {
        expect(parse(formatPredicate(one))).toEqual([one]);
      }),
    );
  });
});

describe('holds', () => {
  it('is strict where the operator is', () => {
    const at = (operator: Predicate['operator']) =>
      [49, 50, 51].map(measured => holds({ metric: 'p99', operator, value: 50 }, measured));
    expect(at('<')).toEqual([true, false, false]);
    expect(at('<=')).toEqual([true, true, false]);
    expect(at('>')).toEqual([false, false, true]);
    expect(at('>=')).toEqual([false, true, true]);
  });
});

describe('gates', () => {
  it.each([
    ['slower>5%', [{ kind: 'slower', operator: '>', value: 0.05 }]],
    ['slower >= 0.1', [{ kind: 'slower', operator: '>=', value: 0.1 }]],
    ['SLO, slower>5 %', [{ kind: 'slo' }, { kind: 'slower', operator: '>', value: 0.05 }]],
  ])('--fail-on %s', (text, gates) => {
    expect(parseFailures(text, '--fail-on')).toEqual(gates);
  });

  it.each([
    ['queue/limited ratio>1.5', 'queue/limited', '>', 1.5],
    ['queue threads=2/./my/pool.ts ratio <= 2x', 'queue threads=2/./my/pool.ts', '<=', 2],
    ['queue / limited ratio>=.5×', 'queue / limited', '>=', 0.5],
  ])('--assert %s', (text, subject, operator, value) => {
    expect(parseAssertions(text, '--assert')).toEqual([{ kind: 'ratio', subject, operator, value }]);
  });

  it.each([
    './fan-and-out.js/limited',
    './salt and pepper.js/limited',
    'queue param={"a":1,"b":[2, 3]}/limited',
    'limited/queue text="this and that, x <5, y"',
    'a, b/c and d',
  ])('given the ids %s, then a comma or a word and within parts nothing', subject => {
    const gate = { kind: 'ratio', subject, operator: '>', value: 1.5 } as const;
    expect(parseAssertions(`${subject} ratio>1.5`, '--assert')).toEqual([gate]);
    const other = { ...gate, operator: '<=', value: 2 } as const;
    for (const between of [',', ', ', ' and ', ' AND ', ' x, ', '×and '])
      expect(parseAssertions(`${subject} ratio > 1.5${between}${subject} ratio<=2x`, '--assert')).toEqual([
        gate,
        other,
      ]);
  });

  it('are shown as people write, and are the same then', () => {
    for (const text of ['slower > 5 %', 'slo']) {
      expect(parseFailures(text, '').map(formatGate)).toEqual([text]);
    }
    const ratio = 'queue/limited ratio > 1.5';
    expect(parseAssertions(ratio, '').map(formatGate)).toEqual([ratio]);
  });

  it.each(['', 'slower', 'slower<5%', 'slower>5', 'slower>-1%', 'queue slower>5%', 'faster>5%', 'slo slo'])(
    '--fail-on refuses %j',
    text => {
      expect(() => parseFailures(text, '--fail-on')).toThrow(/^--fail-on/);
    },
  );

  it.each([
    '',
    'ratio>1.5',
    'queue ratio>1',
    '/ ratio>1',
    'queue/limited',
    'queue/limited ratio>0',
    'a/b p99<5ms',
  ])('--assert refuses %j', text => {
    expect(() => parseAssertions(text, '--assert')).toThrow(/^--assert/);
  });

  it('an objective is about no executors', () => {
    expect(() => parse('queue p99<50ms')).toThrow(/expected METRIC/);
    expect(() => parse('slower>5%')).toThrow(/expected one of mean/);
  });
});
