import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/random.js';
import { evaluate } from '../../src/selfcheck/evaluate.js';
import {
  countExperiments,
  type Experiment,
  type Level,
  planExperiments,
} from '../../src/selfcheck/experiments.js';
import { estimateMs, runExperiments } from '../../src/selfcheck/run.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';

const LEVEL: Level = { name: 'test', sameTimes: 2, slowerTimes: 1, budgetMs: 10_000 };
const EXECUTORS = ['limited', 'queue'];

/** Trials of about 50 ms, with noise, that take longer by the share that their host was told. */
function machine(noise: number): Script {
  const random = createRandom(5);
  return ({ params }) => ({
    wallMs: 50 * (1 + Number(params.extraShare ?? 0)) * Math.exp(noise * (random.next() - 0.5)),
    serviceMs: Number(params.cpuMs ?? 5),
  });
}

interface Checked {
  /** Stop at the start of this experiment. */
  readonly stopAt?: number;
  readonly change?: (experiment: Experiment) => Experiment;
}

async function check(script: Script, { stopAt, change = experiment => experiment }: Checked = {}) {
  const clock = new FakeClock();
  await using launcher = new ScriptedLauncher(clock, script);
  const experiments = (await planExperiments(LEVEL, EXECUTORS, 7)).map(change);
  const started: string[] = [];
  const controller = new AbortController();
  const outcomes = await runExperiments(LEVEL, experiments, {
    launcher,
    clock,
    signal: controller.signal,
    seed: 7,
    onExperiment: ({ known, executor }, number) => {
      started.push(`${known.kind} ${executor}`);
      if (number === stopAt) controller.abort();
    },
  });
  return { started, outcomes, check: evaluate(outcomes) };
}

describe('selfcheck', () => {
  it('plans every kind, pairs with a baseline of the same executor, and an estimate from the budgets', async () => {
    const experiments = await planExperiments(LEVEL, EXECUTORS, 7);
    const kinds = experiments.map(({ known, executor }) =>
      known.kind === 'slower' ? `${executor} ${known.share}` : `${executor} ${known.kind}`,
    );
    expect(kinds).toEqual([
      'limited timers',
      'limited computing',
      'limited 0.02',
      'queue 0.02',
      'limited 0.05',
      'queue 0.05',
      'limited 0.1',
      'queue 0.1',
      'limited same',
      'queue same',
      'limited same',
      'queue same',
    ]);
    const last = experiments.at(-1)!.scenario;
    expect(last.executors.map(({ id }) => id)).toEqual(['queue', 'queue again']);
    expect(last.baseline).toBe('queue');
    expect(experiments[7]!.scenario.executors.map(({ params }) => params)).toEqual([{}, { extraShare: 0.1 }]);
    expect(countExperiments(LEVEL, EXECUTORS)).toBe(12);
    expect(estimateMs(LEVEL, 12)).toBe(132_000);
  });

  it('passes a machine that does what it is told', async () => {
    const { outcomes, check: found } = await check(machine(0.01));
    expect(outcomes).toHaveLength(12);
    expect(found.failures).toEqual([]);
    expect(found.falseClaims).toMatchObject({ times: 0, of: 4 });
    expect(found.slowDowns.map(slow => slow.found)).toEqual([2, 2, 2].map(times => ({ times, of: 2 })));
  });

  it('catches one that treats the second of two equals worse', async () => {
    const { check: found } = await check(machine(0.01), {
      change: experiment => {
        if (experiment.known.kind !== 'same') return experiment;
        const [first, second] = experiment.scenario.executors;
        const worse = { ...second!, params: { extraShare: 0.05 } };
        return { ...experiment, scenario: { ...experiment.scenario, executors: [first!, worse] } };
      },
    });
    expect(found.falseClaims).toMatchObject({ times: 4, of: 4 });
    expect(found.failures[0]).toMatch(/^4 false claims in 4 experiments/);
  });

  it('says which slow-downs are lost in noise', async () => {
    const { check: found } = await check(machine(0.6));
    expect(found.slowDowns[0]!.found.times).toBe(0);
  });

  it('ends without a word of its own when it is interrupted while calibrating', async () => {
    const controller = new AbortController();
    const launcher = new ScriptedLauncher(new FakeClock(), machine(0.01));
    launcher.calibrate = async () => {
      controller.abort();
      throw new Error('the process was ended');
    };
    const deps = {
      launcher,
      clock: new FakeClock(),
      signal: controller.signal,
      seed: 7,
      onExperiment: () => {},
    };
    expect(await runExperiments(LEVEL, await planExperiments(LEVEL, EXECUTORS, 7), deps)).toEqual([]);
  });

  it('keeps what was finished when it is interrupted', async () => {
    const { outcomes, started, check: found } = await check(machine(0.01), { stopAt: 3 });
    expect(started).toHaveLength(3);
    expect(outcomes.map(({ known }) => known.kind)).toEqual(['timers', 'computing']);
    expect(found.timers?.ratio).toBeCloseTo(1, 1);
  });
});
