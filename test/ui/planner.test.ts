import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../src/schema/index.js';
import type { UiPlan, UiRequest } from '../../src/ui/protocol.js';
import { Planner } from '../../src/ui/server/planner.js';
import { PRESETS } from '../../src/ui/server/presets.js';
import { ends, type MeasurePlan } from '../cli/ends.js';
import { outside } from '../cli/outside.js';
import { reportOf } from '../cli/report-fixture.js';

const measurePlan = vi.hoisted(() => vi.fn<MeasurePlan>());
vi.mock('../../src/measure/measure.js', () => ({ measurePlan }));

const cwd = mkdtempSync(join(tmpdir(), 'tvl-planner-'));
let planner: Planner;
beforeAll(async () => {
  writeFileSync(join(cwd, 'own task.mjs'), 'export async function work(index) { return index; }\n');
  // It is not asked: what is pasted makes the same plan as the page did.
  writeFileSync(
    join(cwd, 'threads-vs-loop.config.mjs'),
    'export default { defaults: { tasks: 3, seed: 1 } };\n',
  );
  planner = await Planner.load({ baseDir: cwd, target: './own task.mjs#work' });
});
beforeEach(() => measurePlan.mockReset());
afterAll(() => rmSync(cwd, { recursive: true }));

async function planOfCommand(args: readonly string[]): Promise<Plan> {
  measurePlan.mockImplementation(ends(async plan => reportOf(plan)));
  const { run, written } = outside({ cwd, catalogue: undefined as never });
  expect([await run(...args, '--quiet', '--no-html'), written.stderr]).toEqual([0, '']);
  return measurePlan.mock.calls.at(-1)![0];
}

const withoutSeed = ({ seed: _seed, ...plan }: Plan) => plan;
const names = [...PRESETS.map(({ name }) => name), 'own'];

/** What the sliders of a preset could be set to: all that it has, away from where they stand. */
function moved(preset: string): UiPlan {
  const { plan } = planner.presets.find(({ name }) => name === preset)!;
  return {
    preset,
    tasks: 12,
    inFlight: 8,
    threads: 4,
    executors: ['limited', 'queue'],
    ...(plan.waitMs !== undefined && { waitMs: 7.5 }),
    ...(plan.computeMs !== undefined && { computeMs: 0.30000000000000004 }),
  };
}

describe.each(names)('%s', preset => {
  const shown = () => planner.presets.find(({ name }) => name === preset)!.plan;
  const asked: readonly [string, () => UiPlan][] = [
    ['as it stands', () => ({ preset })],
    ['with all that is shown', shown],
    ['with the sliders moved', () => moved(preset)],
    ['with one of its executors', () => ({ preset, executors: [shown().executors![0]!] })],
    [
      'with one more executor',
      () => ({ preset, executors: [...shown().executors!.slice(0, 1), 'tinypool'] }),
    ],
    ['with more tasks', () => ({ preset, tasks: 30 })],
  ];

  it.each(asked)('%s is one scenario, and its command makes the same plan', async (_, planOf) => {
    for (const request of [
      { kind: 'race', plan: planOf() },
      { kind: 'measure', plan: planOf(), budgetSeconds: 12.5 },
    ] satisfies UiRequest[]) {
      const { plan, args } = await planner.plan(request);
      expect(plan.scenarios).toHaveLength(1);
      expect(withoutSeed(await planOfCommand(args))).toEqual(withoutSeed(plan));
    }
  });

  it('has what it shows', async () => {
    const { plan } = await planner.plan({ kind: 'race', plan: shown() });
    const [scenario] = plan.scenarios;
    const { tasks, inFlight, executors } = shown();
    expect(scenario).toMatchObject({ tasks, inFlight, timeline: true });
    expect(new Set(scenario!.executors.map(({ name }) => name))).toEqual(new Set(executors));
    expect(scenario!.measurement).toMatchObject({ forks: 1, rounds: 1, budgetMs: 30_000 });
  });

  it('is what the sliders say', async () => {
    const wanted = moved(preset);
    const { plan } = await planner.plan({ kind: 'measure', plan: wanted });
    const [{ params, tasks, inFlight, executors }] = plan.scenarios as [Plan['scenarios'][number]];
    expect({ tasks, inFlight }).toEqual({ tasks: 12, inFlight: 8 });
    expect(executors.map(({ name }) => name).sort()).toEqual(['limited', 'queue']);
    expect(executors.find(({ name }) => name === 'queue')!.threads).toBe(4);
    if (wanted.waitMs !== undefined) expect(params.waitMs).toBe(7.5);
    if (wanted.computeMs !== undefined) expect(params.cpuMs).toBe(0.3);
  });
});

it('the programs of an article stay what they are where one of them is left out', async () => {
  const { args, plan } = await planner.plan({
    kind: 'race',
    plan: { preset: 'comments', executors: ['queue', 'promise-all'] },
  });
  expect(args.join(' ')).toContain('--executors nb_threads,asynchronous --baseline nb_threads');
  expect(plan.scenarios[0]!.executors.map(({ threads }) => threads)).toEqual([5, 1]);
});

it('no computing is as little as there can be', async () => {
  const { plan } = await planner.plan({ kind: 'race', plan: { preset: 'computing', computeMs: 0 } });
  expect(plan.scenarios[0]!.params.cpuMs).toBe(0.001);
});

it('an executor that the task cannot be run by is refused', async () => {
  const asked = planner.plan({ kind: 'race', plan: { preset: 'waiting', executors: ['blocking'] } });
  await expect(asked).rejects.toThrow(/blocking, which calls taskSync/);
});

it.each([
  ['default', /a suite of 3 scenarios/],
  ['./nowhere.mjs', /nowhere\.mjs/],
])('a target %s that is no single workload is refused before anything is served', async (target, message) => {
  await expect(Planner.load({ baseDir: cwd, target })).rejects.toThrow(message);
});
