import { expect, it } from 'vitest';
import { resumedTune, type SavedTune, type TuneBasis } from '../../src/cli/tune-resume.js';
import type { Plan, Scenario } from '../../src/schema/index.js';
import { tuneReport } from '../support/tune-fixture.js';

const NO_LIMITS = { memoryBytes: null, cores: null, loopLateMs: null };
const { tune, plan, environment } = tuneReport({ contents: 'abc', limits: NO_LIMITS });
const scenario = tuneReport().scenarios[0]!.scenario;
const planOf = (more: Partial<Scenario> = {}): Plan => ({ ...plan, scenarios: [{ ...scenario, ...more }] });
const SAVED: SavedTune = { file: 'saved.json', target: 'render', tune: tune!, plan: planOf(), environment };
const SAME: TuneBasis = { plan: planOf(), limits: NO_LIMITS, contents: 'abc', environment };

it('goes on with a tune of the same', () => {
  expect(resumedTune(SAVED, SAME)).toBe(tune);
});

it.each<[string, Partial<TuneBasis>]>([
  ['one of something else', { plan: planOf({ params: { size: 2 } }) }],
  ['one of another load or warm-up', { plan: planOf({ tasks: 7 }) }],
  ['one with another objective', { plan: planOf({ slo: [{ metric: 'p99', operator: '<', value: 50 }] }) }],
  ['one with other limits', { limits: { ...NO_LIMITS, cores: 1.5 } }],
  ['one of another version of the task', { contents: 'def' }],
  ['one of another machine', { environment: { ...environment, cpuModel: 'Other CPU' } }],
  ['one of another machine', { environment: { ...environment, node: '18.0.0' } }],
])('refuses %s', (got, other) => {
  expect(() => resumedTune(SAVED, { ...SAME, ...other })).toThrow(
    `--resume: expected the tune of the same in saved.json, got ${got}`,
  );
});
