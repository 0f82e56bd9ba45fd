import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.js';
import type { UiCatalogue } from '../../src/ui/protocol.js';
import { RANGES } from '../../src/ui/server/ranges.js';
import { requestReader } from '../../src/ui/server/request.js';

const named = (name: string) => ({ name });
const offered = {
  presets: ['waiting', 'own'].map(named),
  executors: ['limited', 'queue'].map(named),
  ranges: RANGES,
} as unknown as UiCatalogue;
const read = requestReader(offered);
const withPlan = (plan: object) => ({ kind: 'race', plan: { preset: 'waiting', ...plan } });

it.each([
  withPlan({}),
  withPlan({ waitMs: 25.4, computeMs: 0.1, tasks: 100, inFlight: 16, threads: 2, executors: ['queue'] }),
  { ...withPlan({}), kind: 'measure', budgetSeconds: 12.5 },
])('takes %j', request => {
  expect(read(request)).toEqual(request);
});

describe('refuses, and says what was expected, what came and what to do', () => {
  it.each([
    [
      'a preset that is a path',
      { ...withPlan({ preset: './mine.js' }) },
      'request.plan.preset: expected one of waiting, own, got "./mine.js". ',
    ],
    [
      'an executor that is a module',
      withPlan({ executors: ['./pool.js'] }),
      'request.plan.executors.0: expected one of limited, queue, got "./pool.js". ',
    ],
    ['an executor that is a URL', withPlan({ executors: ['http://x/y.js'] }), 'got "http://x/y.js"'],
    ['nobody', withPlan({ executors: [] }), 'expected one executor at least'],
    ['somebody twice', withPlan({ executors: ['queue', 'queue'] }), 'expected each executor once'],
    [
      'another parameter',
      withPlan({ url: 'http://elsewhere/' }),
      'request.plan: expected an object with preset, waitMs',
    ],
    ['parameters', withPlan({ params: { url: 'http://elsewhere/' } }), 'got ["params"]'],
    ['what it has of its class', withPlan(JSON.parse('{"__proto__": 1}')), 'got ["__proto__"]'],
    [
      'a huge number',
      withPlan({ tasks: 1e12 }),
      `request.plan.tasks: expected a whole number from 1 to ${RANGES.tasks.to}, got 1000000000000. `,
    ],
    ['a number below', withPlan({ waitMs: -1 }), 'expected a number from 0 to 250, got -1'],
    ['a part of a task', withPlan({ tasks: 1.5 }), 'expected a whole number from 1 to 1000, got 1.5'],
    ['a text for a number', withPlan({ threads: '2' }), 'got "2"'],
    ['no number', withPlan({ inFlight: null }), 'got null'],
    [
      'a budget without end',
      { ...withPlan({}), budgetSeconds: 1e9 },
      'request.budgetSeconds: expected a number from 1 to 600',
    ],
    [
      'another kind',
      { ...withPlan({}), kind: 'tune' },
      'request.kind: expected one of race, measure, got "tune"',
    ],
    ['a field beside', { ...withPlan({}), script: 'alert(1)' }, 'got ["script"]'],
    ['no object', 'race', 'request: expected an object with kind, plan and budgetSeconds alone, got "race"'],
    ['nothing', null, 'got null'],
    ['a long text', withPlan({ preset: 'x'.repeat(9_999) }), `got "${'x'.repeat(59)}…`],
  ])('%s', (_, request, message) => {
    expect(() => read(request)).toThrow(UsageError);
    expect(() => read(request)).toThrow(message);
    expect(() => read(request)).toThrow('Choose among what GET /api/catalogue lists.');
  });
});
