import { describe, expect, it } from 'vitest';
import type { LoadedConfig } from '../../src/plan/config-file.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import type { Scenario } from '../../src/schema/index.js';
import { checkConfig } from '../../src/settings/check-config.js';
import type { Config } from '../../src/settings/config.js';
import type { ScenarioSpec } from '../../src/settings/suite.js';
import { propertyWording } from '../../src/settings/wording.js';
import { catalogue } from './catalogue.js';

const FILE = 'my.config.mjs';

function configOf(config: Config): LoadedConfig {
  const { scenarios, defaults, written, seed } = checkConfig(config, FILE);
  return {
    shown: FILE,
    scenarios: scenarios.map(spec => ({ spec, baseDir: '/nowhere', file: FILE })),
    defaults: { settings: defaults, wording: propertyWording(`${FILE}: `), baseDir: '/nowhere', written },
    seed,
  };
}

const planOf = (input: PlanInput, config: Config) =>
  makePlan(input, { catalogue, config: configOf(config), defaultThreads: 4, baseDir: '/nowhere' });

async function scenarioOf(input: PlanInput, config: Config): Promise<Scenario> {
  return (await planOf(input, config)).scenarios[0]!;
}

const names = ({ executors }: Scenario) => executors.map(({ name }) => name);

describe('a setting', () => {
  const config: Config = { defaults: { rounds: 3 } };
  const own: readonly ScenarioSpec[] = [{ name: 'mine', workload: 'cpu', rounds: 4 }];

  it('is that of the flag, else of the scenario, else of the config, else built in', async () => {
    const rounds = async (input: PlanInput, of: Config) => (await scenarioOf(input, of)).measurement.rounds;
    expect(await rounds({ scenarios: own, rounds: 9 }, config)).toBe(9);
    expect(await rounds({ scenarios: own }, config)).toBe(4);
    expect(await rounds({ targets: ['cpu'] }, config)).toBe(3);
    expect(await rounds({ targets: ['cpu'] }, {})).toBe(5);
    // Of the suite.
    expect(await rounds({ targets: ['computing'] }, config)).toBe(7);
  });

  it('beats what a workload has by default', async () => {
    expect(await scenarioOf({ targets: ['cpu'] }, { defaults: { tasks: 6 } })).toMatchObject({ tasks: 6 });
  });

  it('of the seed goes by the same order', async () => {
    const seed = async (input: PlanInput) => (await planOf(input, { defaults: { seed: 7 } })).seed;
    expect([await seed({ targets: ['cpu'] }), await seed({ targets: ['cpu'], seed: 8 })]).toEqual([7, 8]);
  });
});

describe('executors', () => {
  it('are those of the config where a scenario names none', async () => {
    const config: Config = { executors: ['queue', 'limited'] };
    expect(names(await scenarioOf({ targets: ['waiting'] }, config))).toEqual(['queue', 'limited']);
    expect(names(await scenarioOf({ targets: ['computing'] }, config))).toEqual(['limited', 'queue']);
    expect(names(await scenarioOf({ targets: ['waiting'], executors: ['batched'] }, config))).toEqual([
      'batched',
    ]);
  });

  it('that there are not are refused with the place', async () => {
    await expect(planOf({ targets: ['cpu'] }, { executors: ['quue'] })).rejects.toThrow(
      'my.config.mjs: executors: got "quue". Did you mean queue? Expected one of sequential',
    );
  });
});

describe('parameters and options', () => {
  const config: Config = {
    defaults: { params: { waitMs: 3, cpuMs: 2, nobodys: 1 }, options: { batchSize: 20, nobodys: 1 } },
  };

  it('go to the workloads and executors that have them, one by one', async () => {
    const waiting = { name: 'w', workload: 'http', params: { path: '/x' }, options: { onError: 'abort' } };
    const { params, executors } = await scenarioOf({ scenarios: [waiting] }, config);
    expect(params).toMatchObject({ waitMs: 3, path: '/x' });
    const options = Object.fromEntries(executors.map(one => [one.name, one.options]));
    expect(options.batched).toEqual({ batchSize: 20 });
    expect(options['promise-all']).toEqual({ onError: 'abort' });
    expect((await scenarioOf({ targets: ['cpu'] }, config)).params).toEqual({ cpuMs: 2 });
  });

  it('of a scenario beat those of a config', async () => {
    expect((await scenarioOf({ targets: ['waiting'] }, config)).params.waitMs).toBe(10);
  });
});

describe('how much and in which load', () => {
  const mine = (settings: Partial<ScenarioSpec>): PlanInput => ({
    scenarios: [{ name: 'mine', workload: 'cpu', ...settings }],
  });

  it.each<[string, PlanInput, Config['defaults'], Partial<Scenario>]>([
    ['a duration', mine({}), { durationMs: 50 }, { tasks: null, load: { kind: 'duration', durationMs: 50 } }],
    [
      'tasks of its own instead',
      mine({ tasks: 5 }),
      { durationMs: 50 },
      { tasks: 5, load: { kind: 'batch' } },
    ],
    [
      'a time of its own instead',
      mine({ durationMs: 20 }),
      { tasks: 5 },
      { load: { kind: 'duration', durationMs: 20 } },
    ],
    ['tasks of a flag instead', { targets: ['cpu'], tasks: 5 }, { durationMs: 50 }, { tasks: 5 }],
    ['tasks and no load', mine({ tasks: 5 }), { load: 'rate=100/s' }, { tasks: 5, load: { kind: 'batch' } }],
    ['a load for those that say nothing', mine({}), { load: 'rate=100/s' }, { tasks: 100 }],
    ['tasks of a flag in that load', { targets: ['cpu'], tasks: 5 }, { load: 'rate=100/s' }, { tasks: 5 }],
    [
      'time for a load of a flag',
      { targets: ['cpu'], load: 'rate=100/s' },
      { durationMs: 500 },
      { tasks: 50 },
    ],
  ])('%s', async (_, input, defaults, expected) => {
    expect(await scenarioOf(input, { defaults })).toMatchObject(expected);
  });

  it('an objective of latency is for loads in which it means something', async () => {
    const config: Config = { slo: 'p99<50ms, failed<1%' };
    expect((await scenarioOf(mine({}), config)).slo).toMatchObject([{ metric: 'failed' }]);
    const rate = await scenarioOf(mine({ load: 'rate=100/s' }), config);
    expect(rate.slo).toMatchObject([{ metric: 'p99' }, { metric: 'failed' }]);
    const own = await scenarioOf(mine({ load: 'rate=100/s', slo: 'p50<5ms' }), config);
    expect(own.slo).toMatchObject([{ metric: 'p50' }]);
    // Asked for of this run it is refused, as before.
    await expect(planOf({ ...mine({}), slo: 'p99<50ms' }, {})).rejects.toThrow(
      'a latency objective with a rate',
    );
  });
});

describe('what is not for every scenario is for those that it fits', () => {
  it('a baseline', async () => {
    const config: Config = { defaults: { baseline: 'limited' } };
    const baseline = async (executors: readonly string[]) =>
      (await scenarioOf({ targets: ['cpu'], executors }, config)).baseline;
    expect(await baseline(['sequential', 'limited'])).toBe('limited');
    expect(await baseline(['sequential', 'queue'])).toBe('sequential');
  });

  it('threads, without a note where there are none', async () => {
    const scenario = await scenarioOf(
      { targets: ['cpu'], executors: ['limited'] },
      { defaults: { threads: 2 } },
    );
    expect(scenario.findings).toEqual([]);
  });

  it('arguments and the scale of time', async () => {
    const config: Config = { defaults: { args: './none.json', timeScale: 0.5 } };
    expect(await scenarioOf({ targets: ['cpu'] }, config)).toMatchObject({ name: 'cpu' });
  });

  it('adapted scenarios hear of what is in force, and of nothing else', async () => {
    const heard: unknown[] = [];
    const adapt = (request: object) => {
      heard.push(request);
      return {};
    };
    const spec = { name: 'mine', workload: 'cpu', tasks: 5, takes: ['timeScale'] as const, adapt };
    const defaults = { timeScale: 0.5, tasks: 9, rounds: 2, params: { waitMs: 1 } };
    await planOf({ scenarios: [spec], rounds: 3 }, { defaults });
    expect(heard).toEqual([{ timeScale: 0.5, rounds: 3 }]);
  });
});

describe('scenarios of a config', () => {
  const config: Config = {
    scenarios: [
      { name: 'mine', workload: 'cpu', tasks: 3 },
      { name: 'cpu', workload: 'cpu', tasks: 4 },
    ],
  };
  const planned = async (...targets: string[]) => {
    const { suite, scenarios } = await planOf({ targets }, config);
    return [suite, ...scenarios.map(({ name, tasks }) => `${name} ${tasks}`)];
  };

  it('are run when nothing else is asked for', async () => {
    expect(await planned()).toEqual([null, 'mine 3', 'cpu 4']);
    const { suite } = await planOf({}, { defaults: { rounds: 2 } });
    expect(suite).toBe('default');
  });

  it('are targets, before all that is built in, and beside it', async () => {
    expect(await planned('mine')).toEqual([null, 'mine 3']);
    expect(await planned('cpu', 'waiting')).toEqual([null, 'cpu 4', 'waiting 100']);
    await expect(planned('mina')).rejects.toThrow(
      'got "mina". Did you mean mine? Expected one of mine, cpu, default, waiting',
    );
  });
});
