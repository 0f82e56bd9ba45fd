import { beforeAll, describe, expect, it } from 'vitest';
import { WorkerLost } from '../../src/errors.js';
import { reportOf } from '../../src/measure/events.js';
import { measurePlan } from '../../src/measure/measure.js';
import { repeatsOf } from '../../src/measure/round-plan.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { hintsOf } from '../../src/report/hints/hints.js';
import { LONGER_FORK, type Report, type ScenarioResult } from '../../src/schema/index.js';
import { type Asked, FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';

const TASKS = 100;
const COLD_MS = 3;
const WARM_MS = 1;

const tasksOf = ({ load }: Asked) => (load.kind === 'batch' ? load.tasks : TASKS);

/** Code that takes 3 ms a task until its isolate has run so many, and 1 ms from then on. Threads share tasks evenly. */
function learning(coldTasks: number, onPass: (asked: Asked, tasksBefore: number) => void = () => {}): Script {
  const ran = new Map<string, number>();
  return asked => {
    const isolates = asked.executor.endsWith('×2') ? 2 : 1;
    const host = `${asked.executor} ${asked.host}`;
    const before = ran.get(host) ?? 0;
    const each = tasksOf(asked) / isolates;
    onPass(asked, before);
    ran.set(host, before + each);
    const cold = Math.max(0, Math.min(each, coldTasks - before));
    const wallMs = cold * COLD_MS + (each - cold) * WARM_MS;
    return { wallMs, cpuMs: wallMs * isolates, serviceMs: WARM_MS };
  };
}

async function runScripted(script: Script, input: PlanInput = {}) {
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, script);
  const plan = await makePlan({
    targets: ['timer'],
    executors: ['limited', 'queue'],
    threads: 2,
    tasks: TASKS,
    seed: 1,
    forks: 5,
    budgetMs: 120_000,
    ...input,
  });
  const { signal } = new AbortController();
  const report = await reportOf(measurePlan(plan, { clock, launcher, signal }));
  return { launcher, report, scenario: report.scenarios[0]! };
}

describe('a scenario whose code has to come to its speed', () => {
  let scenario: ScenarioResult;
  let launcher: ScriptedLauncher;
  /** Tasks that each worker had had when a trial began, by host. */
  const before = new Map<string, number[]>();

  beforeAll(async () => {
    const note = ({ executor, host, trial }: Asked, tasks: number) => {
      const trials = before.get(`${executor} ${host}`) ?? [];
      trials[trial] = tasks;
      before.set(`${executor} ${host}`, trials);
    };
    ({ scenario, launcher } = await runScripted(learning(300, note)));
  });
  const executorOf = (id: string) => scenario.executors.find(({ variant }) => variant.id === id)!;

  it('is piloted on a fresh loop, in the shape of `limited`, for 4 s of CPU time at least', () => {
    const [first] = launcher.warmUps;
    const pilot = launcher.warmUps.filter(
      ({ executor, host }) => executor === 'limited' && host === first!.host,
    );
    expect(first!.executor).toBe('limited');
    expect(launcher.warmUps.slice(0, pilot.length)).toEqual(pilot);
    // 300 tasks of 3 ms and the rest of 1 ms.
    expect(900 + (pilot.length * TASKS - 300) * WARM_MS).toBeGreaterThanOrEqual(4_000);
    expect(pilot.length).toBeLessThan(60);
  });

  it('gives every worker of every host 1.5 times what the pilot found, and one fork twice that', () => {
    const { state, by, neededTasks } = scenario.steadiness;
    expect({ state, by }).toEqual({ state: 'steady', by: 'pilot' });
    expect(neededTasks).toBeGreaterThanOrEqual(450);
    expect(neededTasks).toBeLessThan(700);
    const forksOf = (executor: string) =>
      [...before]
        .filter(([host, trials]) => host.startsWith(executor) && trials.length > 3)
        .map(([, trials]) => trials);
    for (const executor of ['limited', 'queue ×2']) {
      const forks = forksOf(executor).slice(-5);
      expect(forks).toHaveLength(5);
      // Trial 0 is cold; before trial 1 comes what warms.
      for (const [fork, trials] of forks.entries())
        expect(trials[1]).toBeGreaterThanOrEqual((fork === LONGER_FORK ? 2 : 1) * neededTasks!);
    }
  });

  it('has the steady answer and the cold one, each by its name', () => {
    expect(scenario.comparisons[0]).toMatchObject({ executor: 'queue', baseline: 'limited' });
    expect(scenario.comparisons[0]!.ratio).toBeCloseTo(2, 1);
    expect(scenario.coldComparisons[0]!.ratio).toBeCloseTo(2, 1);
    expect(executorOf('limited').tasksPerSecond.median).toBeCloseTo(1_000, -1);
    expect(executorOf('limited').coldWallMs).toBeCloseTo(300, 0);
  });

  it('says what warming costs: CPU time until a worker was at its speed, and what it did at first', () => {
    const { warmUp, coldSlowdown } = executorOf('limited');
    expect(coldSlowdown).toBeCloseTo(COLD_MS / WARM_MS, 1);
    expect(warmUp!.tasks).toBeGreaterThanOrEqual(300);
    expect(warmUp!.tasks).toBeLessThan(500);
    expect(warmUp!.cpuMs).toBeGreaterThanOrEqual(900);
    expect(warmUp!.cpuMs).toBeLessThan(1_200);
  });
});

describe('a claim about steady speed is not made', () => {
  it('where the budget has no room: known before the forks, which then give the cold answer', async () => {
    const { scenario } = await runScripted(learning(700), { budgetMs: 25_000, forks: undefined });
    expect(scenario.steadiness).toMatchObject({ state: 'not warm', hadTasks: TASKS });
    expect(scenario.steadiness.budgetMs).toBeGreaterThan(25_000);
    expect(scenario.winner).toBeNull();
    expect(scenario.executors.every(({ coldOnly }) => coldOnly)).toBe(true);
  });

  it('by the budget that it names it is', async () => {
    const first = await runScripted(learning(700), { budgetMs: 25_000, forks: undefined });
    const budgetMs = first.scenario.steadiness.budgetMs!;
    const { scenario } = await runScripted(learning(700), { budgetMs, forks: undefined });
    expect(scenario.steadiness.state).toBe('steady');
    expect(scenario.winner).toBe('queue');
  });

  it('where code goes on changing for as long as a pilot may last', async () => {
    let passes = 0;
    const growing: Script = asked => {
      const wallMs = tasksOf(asked) * (1 + passes++ / 10);
      return { wallMs, cpuMs: wallMs, serviceMs: wallMs / TASKS };
    };
    const { scenario } = await runScripted(growing, { budgetMs: 300_000, forks: 3 });
    expect(scenario.steadiness.state).toBe('no steady state');
    expect(scenario.validity).not.toBe('VALID');
  });

  it('where the process of the pilot is lost: its code is given 5 s of CPU time', async () => {
    const script = learning(300);
    const { scenario, launcher } = await runScripted(asked => {
      const isPilot = launcherWarmUps(asked);
      return isPilot ? new WorkerLost('out of memory') : script(asked);
    });
    expect(scenario.steadiness).toMatchObject({ state: 'steady', by: 'lost pilot' });
    expect(launcher.warmUps.length).toBeGreaterThan(5);
  });

  let piloted = false;
  /** The first host that runs `limited` in-flight tasks unrecorded. */
  function launcherWarmUps({ executor, trial, load }: Asked): boolean {
    const isAlone = load.kind === 'batch' && load.tasks < TASKS;
    if (piloted || isAlone || executor !== 'limited' || trial !== 0) return false;
    piloted = true;
    return true;
  }
});

describe('a warm-up that was set by hand', () => {
  /** A task takes a fifth more CPU time in workers, for ever. */
  const dear: Script = asked => {
    const loopMs = tasksOf(asked) * WARM_MS;
    const isPool = asked.executor.endsWith('×2');
    return isPool ? { wallMs: loopMs / 2, cpuMs: 1.7 * loopMs } : { wallMs: loopMs, cpuMs: loopMs };
  };
  const codesOf = ({ findings }: ScenarioResult) => findings.map(({ code }) => code);

  it('is twice as long in one fork', async () => {
    const before: number[] = [];
    const note = ({ executor, host, trial }: Asked, tasks: number) => {
      if (executor === 'limited' && trial === 1) before[host] = tasks;
    };
    const { scenario } = await runScripted(learning(100, note), { warmup: '1s' });
    expect(scenario.steadiness).toMatchObject({ state: 'as asked', by: null });
    // The cold trial of 300 ms and 700 ms more, or 1.7 s; the first fork also sees how long a batch takes.
    expect(before.slice(-4)).toEqual([1_800, 800, 800, 800]);
  });

  it('does not make it VALID: what a hint proposes is looked at by the same rules', async () => {
    const command = { program: 'threads-vs-loop', args: ['run', 'timer'] };
    const hintOf = (report: Report) => hintsOf({ ...report, command })(report.scenarios)[0]!.text;
    const first = await runScripted(dear, { warmup: '300' });
    expect(codesOf(first.scenario)).toContain('dear-workers');
    const [, warmup, budget] = / --warmup (\d+) --budget (\d+)s$/.exec(hintOf(first.report))!;
    expect(Number(warmup)).toBeGreaterThanOrEqual(600);
    const followed = await runScripted(dear, { warmup: warmup!, budgetMs: Number(budget) * 1_000 });
    expect(followed.scenario.steadiness.state).toBe('as asked');
    expect(codesOf(followed.scenario)).toContain('dear-workers');
    expect(followed.scenario.validity).toBe('WEAK');
  });

  it('is not taken at its word where code becomes faster after it', async () => {
    const { scenario } = await runScripted(learning(600), { warmup: '150' });
    expect(codesOf(scenario)).toContain('still-warming');
    expect(scenario.validity).toBe('WEAK');
  });
});

describe('how often a short batch is run in a trial', () => {
  const plan = async (input: PlanInput = {}) =>
    (await makePlan({ targets: ['timer'], tasks: 10, rounds: 5, ...input })).scenarios[0]!;

  it('as often as makes it last 150 ms, where there is room', async () => {
    const scenario = await plan();
    expect(repeatsOf({ limited: 10, queue: 5, sequential: 400 }, scenario, 60_000, 10)).toEqual({
      limited: 15,
      queue: 30,
      sequential: 1,
    });
  });

  it('less often where the budget of a fork has none, and never less than once', async () => {
    const scenario = await plan();
    const { limited } = repeatsOf({ limited: 10, queue: 10 }, scenario, 1_000, 10) as { limited: number };
    expect(limited).toBeGreaterThan(1);
    expect(limited).toBeLessThan(15);
    expect(repeatsOf({ limited: 100, queue: 100 }, scenario, 10, 10)).toEqual({ limited: 1, queue: 1 });
  });

  it('once where delays are drawn: a batch run again would meet the same', async () => {
    const scenario = await plan({ targets: ['http'], params: { latency: 'uniform' } });
    expect(repeatsOf({ limited: 10 }, scenario, 60_000, 10)).toEqual({});
  });
});

it('of tasks that cost a pool far more than the loop it is warm by CPU time, and long before it has had as many', async () => {
  const dear: Script = asked => {
    const isPool = asked.executor.endsWith('×2');
    const cpuMs = tasksOf(asked) * WARM_MS * (isPool ? 40 : 1);
    return { wallMs: isPool ? cpuMs / 2 : cpuMs, cpuMs, serviceMs: WARM_MS };
  };
  const { scenario, launcher } = await runScripted(dear);
  expect(scenario.steadiness.state).toBe('steady');
  const passes = launcher.warmUps.filter(({ executor, host }) => executor === 'queue ×2' && host > 0).length;
  // Each pass has 4 s of CPU time: what two isolates need is less.
  expect(passes).toBeLessThanOrEqual(30);
});
