import { describe, expect, test } from 'vitest';
import { createFateDecider, type IncomingRequest, requestIdOf } from '../../src/origin/fate.js';
import { createLatency } from '../../src/origin/latency.js';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';

const SEED = 7;
const request = (n: number, headers: string[] = []): IncomingRequest => ({
  method: 'GET',
  url: `/todos/${n}`,
  rawHeaders: headers,
});
const requests = Array.from({ length: 4000 }, (_, n) => request(n));

describe('createLatency', () => {
  const sorted = (distribution: Parameters<typeof createLatency>[0]) => {
    const latencyOf = createLatency(distribution, SEED);
    return requests.map(r => latencyOf(r.url!)).sort((a, b) => a - b);
  };

  test('fixed is fixed', () => {
    expect(createLatency({ kind: 'fixed', ms: 254 }, SEED)('a')).toBe(254);
  });

  test('uniform fills its interval evenly', () => {
    const values = sorted({ kind: 'uniform', minMs: 20, maxMs: 60 });
    expect(values[0]).toBeGreaterThanOrEqual(20);
    expect(values.at(-1)).toBeLessThan(60);
    for (const share of [0.1, 0.5, 0.9]) {
      expect(values[values.length * share]).toBeCloseTo(20 + 40 * share, -0.5);
    }
  });

  test('lognormal has its median and its sigma', () => {
    const values = sorted({ kind: 'lognormal', medianMs: 50, sigma: 0.5 });
    const logs = values.map(ms => Math.log(ms / 50));
    const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
    const sd = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length);
    expect(mean).toBeCloseTo(0, 1);
    expect(sd).toBeCloseTo(0.5, 1);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe('request id', () => {
  test('is the header, whatever its case, or else method and URL', () => {
    expect(requestIdOf(request(1, ['Host', 'x', 'X-Request-ID', '42']))).toBe('42');
    expect(requestIdOf(request(1, ['Host', 'x']))).toBe('GET /todos/1');
  });
});

describe('createFateDecider', () => {
  const latency = { kind: 'lognormal', medianMs: 50, sigma: 0.5 } as const;
  const rates = { errorRate: 0.1, resetRate: 0.1, stallRate: 0.1, brokenRate: 0.1 };

  test('decides alike in any order and in another decider', () => {
    const settings = { ...PLAIN_ORIGIN, ...rates, latency };
    const decide = createFateDecider(settings, SEED);
    const forwards = requests.map(r => decide(r, 1));
    const again = createFateDecider(settings, SEED);
    const backwards = [...requests].reverse().map(r => again(r, 1));
    expect(backwards.reverse()).toEqual(forwards);
  });

  test('another seed decides otherwise', () => {
    const fates = [1, 2].map(seed => {
      const decide = createFateDecider({ ...PLAIN_ORIGIN, errorRate: 0.5 }, seed);
      return requests.map(r => decide(r, 1).fate).join();
    });
    expect(fates[0]).not.toBe(fates[1]);
  });

  test.each([
    ['errorRate', 'error'],
    ['resetRate', 'reset'],
    ['stallRate', 'stall'],
    ['brokenRate', 'broken'],
  ] as const)('%s is the share of requests whose fate is %s', (key, fate) => {
    const share = (rate: number) => {
      const decide = createFateDecider({ ...PLAIN_ORIGIN, [key]: rate }, SEED);
      return requests.filter(r => decide(r, 1).fate === fate).length / requests.length;
    };
    expect(share(0)).toBe(0);
    expect(share(0.25)).toBeCloseTo(0.25, 1);
    expect(share(1)).toBe(1);
  });

  test.each([
    [undefined, 'not-a-browser'],
    ['curl/8.0', 'not-a-browser'],
    ['Not Mozilla/5.0', 'not-a-browser'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'answer'],
  ])('for browsers only: User-Agent %s gets %s', (agent, fate) => {
    const decide = createFateDecider({ ...PLAIN_ORIGIN, browsersOnly: true }, SEED);
    expect(decide(request(1, agent === undefined ? [] : ['user-agent', agent]), 1).fate).toBe(fate);
  });

  test('without the rule every User-Agent is answered', () => {
    expect(createFateDecider(PLAIN_ORIGIN, SEED)(request(1), 1).fate).toBe('answer');
  });

  test('past the limit: slow in proportion, or turned away at once', () => {
    const settings = { ...PLAIN_ORIGIN, latency: { kind: 'fixed', ms: 100 }, limit: 10 } as const;
    const slow = createFateDecider({ ...settings, overLimit: 'slow' }, SEED);
    expect([1, 10, 11, 30].map(n => slow(request(1), n).delayMs)).toEqual([100, 100, 110, 300].map(expectMs));
    const shed = createFateDecider({ ...settings, overLimit: '503' }, SEED);
    expect(shed(request(1), 10)).toEqual({ fate: 'answer', delayMs: 100 });
    expect(shed(request(1), 11)).toEqual({ fate: 'too-many', delayMs: 0 });
  });
});

function expectMs(ms: number): unknown {
  return expect.closeTo(ms, 6);
}
