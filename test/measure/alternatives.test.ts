import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measurePlan } from '../../src/measure/measure.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { conclude } from '../../src/report/words/conclusion.js';
import type { ScenarioResult } from '../../src/schema/index.js';
import {
  type Asked,
  FakeClock,
  type Script,
  ScriptedLauncher,
  type ScriptedTrial,
} from '../support/scripted-launcher.js';
import { reasonsOf } from '../support/sentences.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-alternatives-'));
  const params = "{ lib: { kind: 'choice', default: 'a', choices: ['a', 'b'], summary: 'library' } }";
  for (const name of ['old', 'new'])
    writeFileSync(
      join(folder, `${name}.mjs`),
      `export const params = ${params};\nexport const task = async index => index;\n`,
    );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function measured(script: Script, input: PlanInput) {
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, script);
  const own = { targets: ['./new.mjs'], executors: ['limited', 'queue'], threads: 2, seed: 1, ...input };
  const plan = await makePlan(own, { baseDir: folder });
  let scenarios: readonly ScenarioResult[] = [];
  for await (const event of measurePlan(plan, { clock, launcher }))
    if (event.type === 'done') scenarios = event.report.scenarios;
  expect(scenarios).toHaveLength(1);
  return { result: scenarios[0]!, launcher };
}

/** `b` and the older version take twice as long; threads three quarters. */
const steady = ({ executor, params, moduleUrl }: Asked): ScriptedTrial => {
  const slow = params.lib === 'b' || moduleUrl.includes('/old.mjs');
  return { wallMs: (slow ? 400 : 200) * (executor.startsWith('queue') ? 0.75 : 1), serviceMs: slow ? 4 : 2 };
};
const LIBS = { params: { lib: ['a', 'b'] } };
const ratioOf = ({ comparisons }: ScenarioResult, one: string, other: string) =>
  comparisons.find(({ executor, baseline }) => executor === other && baseline === one)?.ratio;

describe('values of a parameter', () => {
  it('are compared in the same rounds, and each is given to its own hosts', async () => {
    const { result, launcher } = await measured(steady, LIBS);
    expect(ratioOf(result, 'limited lib=a', 'limited lib=b')).toBeCloseTo(0.5);
    expect(result.executors.map(({ trials }) => trials.length > 3)).toEqual([true, true, true, true]);
    const given = new Set(launcher.log.map(({ executor, params }) => `${executor} ${String(params.lib)}`));
    // `sequential` runs a task alone.
    expect([...given].sort()).toEqual([
      'limited a',
      'limited b',
      'queue ×2 a',
      'queue ×2 b',
      'sequential a',
      'sequential b',
    ]);
  });

  it('have a task of their own alone, and ideals made of that', async () => {
    const { result } = await measured(steady, LIBS);
    expect(result.alone).toBeNull();
    expect(result.alternatives.map(({ name, alone }) => [name, alone?.serviceMs])).toEqual([
      ['lib=a', 2],
      ['lib=b', 4],
    ]);
    const [a, b] = result.executors.map(({ ideal }) => ideal!.perSecond);
    expect(a! / b!).toBeCloseTo(2);
  });

  it('may give other results: those are compared among executors that run the same value', async () => {
    const other: Script = asked => ({
      ...steady(asked),
      ...(asked.params.lib === 'b' && { alteredTask: 3 }),
    });
    const { result } = await measured(other, LIBS);
    expect(result.validity).not.toBe('INVALID');
    const wrong: Script = asked => ({
      ...steady(asked),
      ...(asked.params.lib === 'b' && asked.executor === 'limited' && { alteredTask: 3 }),
    });
    expect((await measured(wrong, LIBS)).result.validity).toBe('INVALID');
  });

  it('each have a pilot, and are warmed by what their own code needs', async () => {
    // 1 ms of computing a task, and 4 ms of the other value.
    const computing: Script = ({ params, load }) => {
      const tasks = load.kind === 'batch' ? load.tasks : 1;
      const cpuMs = tasks * (params.lib === 'b' ? 4 : 1);
      return { wallMs: cpuMs, cpuMs, serviceMs: params.lib === 'b' ? 4 : 1 };
    };
    const { result, launcher } = await measured(computing, {
      ...LIBS,
      executors: ['limited'],
      budgetMs: 120_000,
    });
    expect(result.steadiness).toMatchObject({ state: 'steady', by: 'pilot' });
    const warmed = (lib: string) => launcher.warmUps.filter(({ params }) => params.lib === lib).length;
    expect(warmed('a')).toBeGreaterThan(1);
    expect(warmed('b')).toBeGreaterThan(1);
  });
});

describe('versions', () => {
  const VERSUS = { versus: './old.mjs' };

  it('are loaded from their own modules, and the newer one is told against the older', async () => {
    const { result, launcher } = await measured(steady, VERSUS);
    expect(conclude(result).headline).toMatch(
      /^`new` is 2\.00× \[.*\] `old` on `limited`, 2\.00× \[.*\] on `queue`; same results$/,
    );
    expect(launcher.log.filter(({ moduleUrl }) => moduleUrl.includes('/old.mjs')).length).toBeGreaterThan(10);
  });

  it('whose results differ are INVALID, and both are named', async () => {
    const wrong: Script = asked => ({
      ...steady(asked),
      ...(asked.moduleUrl.includes('/new.mjs') && { alteredTask: 3 }),
    });
    const { result } = await measured(wrong, VERSUS);
    expect(result.validity).toBe('INVALID');
    expect(reasonsOf(result)[0]).toMatch(
      /^results differ: .*limited new.* disagree with `limited old` on up to 1 of \d+ tasks/,
    );
  });
});
