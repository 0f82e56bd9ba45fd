import { expect, it } from 'vitest';
import { resumedTune, type SavedTune, type TuneBasis } from '../../src/cli/tune-resume.js';
import type { Plan, Scenario } from '../../src/schema/index.js';
import { tuneReport } from '../support/tune-fixture.js';

const NO_LIMITS = { memoryBytes: null, cores: null, loopLateMs: null };
const { tune, plan, environment } = tuneReport({ limits: NO_LIMITS });
const planned = tuneReport().scenarios[0]!.scenario;
const made = (contents: string, argsContents: string) => ({ ...planned.workload, contents, argsContents });
const scenario = { ...planned, workload: made('abc', '123') };
const planOf = (more: Partial<Scenario> = {}): Plan => ({ ...plan, scenarios: [{ ...scenario, ...more }] });
const SAVED: SavedTune = { file: 'saved.json', target: 'render', tune: tune!, plan: planOf(), environment };
const SAME: TuneBasis = { plan: planOf(), limits: NO_LIMITS, environment };

it('goes on with a tune of the same', () => {
  expect(resumedTune(SAVED, SAME)).toBe(tune);
});

it.each<[string, Partial<TuneBasis>]>([
  ['one of something else', { plan: planOf({ params: { size: 2 } }) }],
  ['one of another load or warm-up', { plan: planOf({ tasks: 7 }) }],
  ['one with another objective', { plan: planOf({ slo: [{ metric: 'p99', operator: '<', value: 50 }] }) }],
  ['one with other limits', { limits: { ...NO_LIMITS, cores: 1.5 } }],
  ['one of another version of the task', { plan: planOf({ workload: made('def', '123') }) }],
  ['one of another version of the task', { plan: planOf({ workload: made('abc', '456') }) }],
  ['one of another machine', { environment: { ...environment, cpuModel: 'Other CPU' } }],
  ['one of another machine', { environment: { ...environment, node: '18.0.0' } }],
])('refuses %s', (got, other) => {
  expect(() => resumedTune(SAVED, { ...SAME, ...other })).toThrow(
    `--resume: expected the tune of the same in saved.json, got ${got}`,
  );
});
