import { describe, expect, it } from 'vitest';
import { WorkerLost } from '../../src/errors.js';
import type { RunEvent } from '../../src/measure/events.js';
import { measurePlan } from '../../src/measure/measure.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { createRandom } from '../../src/random.js';
import { sentenceOf } from '../../src/report/words/findings.js';
import type { Report, TrialResult } from '../../src/schema/index.js';
import { killed } from '../support/report-fixture.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';
import { noteCodesOf, notesOf, reasonsOf } from '../support/sentences.js';

interface Options {
  readonly input?: PlanInput;
  /** As `run` has it. */
  readonly records?: boolean;
  /** Called with each event. */
  readonly on?: (event: RunEvent, launcher: ScriptedLauncher, controller: AbortController) => void;
}

async function runScripted(script: Script, { input, on, records = false }: Options = {}) {
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, script);
  const controller = new AbortController();
  const asked = { targets: ['timer'], executors: ['sequential', 'limited'], seed: 1, ...input };
  const plan = await makePlan(asked, { records });
  let report: Report | null = null;
  for await (const event of measurePlan(plan, { clock, launcher, signal: controller.signal })) {
    on?.(event, launcher, controller);
    if (event.type === 'done') report = event.report;
  }
  return { launcher, report: report!, scenario: report!.scenarios[0]! };
}

/** Walls of a known ratio; long enough to need no warm-up. */
const steady: Script = ({ executor }) => ({ wallMs: executor === 'sequential' ? 400 : 300 });
const executorOf = (report: Report, id: string) =>
  report.scenarios[0]!.executors.find(e => e.variant.id === id)!;
const placesOf = (trials: readonly TrialResult[]) => trials.map(({ fork, round }) => `${fork}.${round}`);

describe('tasks that all fail', () => {
  it('end the run after one fork of cold trials: neither pilot nor warm-up has anything to warm', async () => {
    const { scenario, launcher } = await runScripted(({ load }) => ({
      wallMs: 10,
      failed: { error: load.kind === 'batch' ? load.tasks : 0 },
    }));
    expect(scenario).toMatchObject({ stoppedBy: 'nothing-completed', validity: 'INVALID' });
    expect(scenario.executors.map(({ trials }) => trials.length)).toEqual([1, 1]);
    expect(launcher.warmUps).toEqual([]);
  });

  it('do not, if a task alone fails and later ones do not', async () => {
    const { scenario } = await runScripted(({ load }) => ({
      wallMs: 100,
      failed: { error: load.kind === 'batch' && load.tasks < 10 ? load.tasks : 0 },
    }));
    expect(scenario.stoppedBy).not.toBe('nothing-completed');
  });
});

describe('forks and rounds', () => {
  it('record all tasks in a trial of its own, which is in no figure', async () => {
    const input = { forks: 2, rounds: 3, budgetMs: 60_000 };
    const plain = await runScripted(steady, { input });
    const recorded = await runScripted(steady, { input: { ...input, timeline: true } });
    const trialsOf = ({ report }: { report: Report }) =>
      report.scenarios[0]!.executors.map(({ trials }) => placesOf(trials));
    expect(trialsOf(recorded)).toEqual(trialsOf(plain));
    // One more of each executor, in the first fork.
    expect(recorded.launcher.log).toHaveLength(plain.launcher.log.length + 2);
  });

  describe('with trials that nobody asked for', () => {
    const specsOf = ({ launcher }: { launcher: ScriptedLauncher }) =>
      launcher.told.map((spec, at) => ({ spec, executor: launcher.log[at]!.executor }));

    it.each([
      ['a fixed number of forks', steady, { forks: 2, rounds: 3, budgetMs: 60_000 }],
      ['a budget that ends them', steady, { rounds: 2, budgetMs: 9_000, precision: 0.0001 }],
      ['cold trials alone', steady, { forks: 2, warmup: 'none' }],
      ['a rate', steady, { forks: 1, load: 'rate=50/s', budgetMs: 60_000 }],
    ] as const)('measures what it would measure without them: %s', async (_, script, input) => {
      const plain = await runScripted(script, { input, records: false });
      const recorded = await runScripted(script, { input, records: true });
      const all = specsOf(recorded);
      expect(all.filter(({ spec }) => spec.trace !== 'columns')).toEqual(specsOf(plain));
      const own = all.filter(({ spec }) => spec.trace === 'columns');
      expect(new Set(own.map(({ executor }) => executor))).toEqual(new Set(['sequential', 'limited']));
      expect(own).toHaveLength(2);
      const without = ({ trials }: { trials: readonly TrialResult[] }) => trials;
      expect(recorded.scenario.executors.map(without)).toEqual(plain.scenario.executors.map(without));
      expect(recorded.scenario.comparisons).toEqual(plain.scenario.comparisons);
      expect(recorded.scenario.medianForkMs).toBe(plain.scenario.medianForkMs);
    });

    it('has none where timeline is false, for a load by duration, or where one takes too long', async () => {
      const ownOf = async (input: PlanInput, script = steady) =>
        specsOf(await runScripted(script, { input, records: true }))
          .filter(({ spec }) => spec.trace === 'columns')
          .map(({ executor }) => executor);
      const input = { forks: 1, rounds: 1, budgetMs: 20_000 };
      expect(await ownOf({ ...input, timeline: false })).toEqual([]);
      expect(await ownOf({ ...input, durationMs: 500 })).toEqual([]);
      expect(await ownOf({ ...input, durationMs: 500, timeline: true })).toEqual([]);
      const slow: Script = ({ executor }) => ({ wallMs: executor === 'sequential' ? 2_100 : 300 });
      expect(await ownOf(input, slow)).toEqual(['limited']);
    });

    it('knows nothing of their loss', async () => {
      const input = { forks: 1, rounds: 2, budgetMs: 60_000 };
      // The fourth of a host is the one that is recorded.
      const dying: Script = asked => (asked.trial === 3 ? new WorkerLost('died') : steady(asked));
      const { scenario } = await runScripted(dying, { input, records: true });
      expect(scenario.executors.map(({ lostTrials }) => lostTrials)).toEqual([0, 0]);
    });
  });

  it('runs a cold trial and all rounds in each fork, interleaved', async () => {
    const { report, launcher } = await runScripted(steady, {
      input: { forks: 2, rounds: 3, budgetMs: 60_000 },
    });
    for (const id of ['sequential', 'limited']) {
      const { trials, rounds, forks } = executorOf(report, id);
      expect(placesOf(trials)).toEqual(['0.0', '0.1', '0.2', '0.3', '1.0', '1.1', '1.2', '1.3']);
      expect({ rounds, forks }).toEqual({ rounds: 6, forks: 2 });
      // Positions: as often first as second.
      const firsts = trials.filter(trial => trial.position === 0).length;
      expect(firsts).toBe(4);
    }
    // The first two are a task alone.
    const order = launcher.log.slice(2).map(({ executor }) => executor);
    for (let at = 0; at < order.length; at += 2) expect(new Set(order.slice(at, at + 2)).size).toBe(2);
    expect(launcher.hostsAlive).toBe(0);
    expect(launcher.disposed).toBe(true);
  });

  it('keeps the times of all trials that count, which of them being what the load makes a figure', async () => {
    const { report } = await runScripted(steady, { input: { forks: 2, rounds: 3, budgetMs: 60_000 } });
    const { histogram, serviceMs } = executorOf(report, 'limited');
    expect(histogram!.of).toBe('service');
    expect(histogram!.counts.reduce((sum, tasks) => sum + tasks, 0)).toBe(serviceMs.count);
    expect(histogram!.upToMs.at(-1)).toBe(serviceMs.max);
  });

  it.each([
    ['warm trials', 'timer', 300, [false, true, true]],
    ['no trial whose requests the origin counts', 'http', 300, [false, false, false]],
    ['no trial that is long', 'timer', 5_000, [false, false, false]],
  ] as const)('has workers at work before the clock starts in %s', async (_, target, wallMs, expected) => {
    const { launcher } = await runScripted(() => ({ wallMs }), {
      input: { targets: [target], executors: ['limited', 'queue'], forks: 1, rounds: 2, budgetMs: 90_000 },
    });
    const trials = launcher.log.filter(({ executor }) => executor.startsWith('queue'));
    expect(trials.map(({ leadIn }) => leadIn)).toEqual(expected);
  });

  it('leaves out an executor of which one trial would outlast everything, and compares the others', async () => {
    const script: Script = ({ executor }) => ({ wallMs: executor === 'limited' ? 400 : 300, serviceMs: 60 });
    const { scenario, launcher } = await runScripted(script, {
      input: {
        executors: ['sequential', 'limited', 'queue'],
        tasks: 100_000,
        threads: 2,
        forks: 3,
        rounds: 2,
      },
    });
    // A task alone is what `sequential` is started for, and for nothing else.
    const measured = launcher.log.slice(2).map(({ executor }) => executor);
    expect(new Set(measured)).toEqual(new Set(['limited', 'queue ×2']));
    expect(scenario.executors.map(({ variant: { id }, forks }) => [id, forks])).toEqual([
      ['sequential', 0],
      ['limited', 3],
      ['queue', 3],
    ]);
    expect(scenario.baseline).toBe('limited');
    expect(scenario.comparisons.map(({ executor, baseline }) => [executor, baseline])).toEqual([
      ['queue', 'limited'],
    ]);
    expect(notesOf(scenario)).toEqual(
      expect.arrayContaining([
        '`sequential` is left out: one trial of it would take 100 minutes, longer than the budget',
        'compared with `limited`: `sequential` is left out',
      ]),
    );
  });

  it('measures a task alone once for scenarios that differ in their number of tasks', async () => {
    const { launcher } = await runScripted(steady, {
      input: { tasks: [100, 200, 300], forks: 1, rounds: 1, executors: ['limited'] },
    });
    const alone = launcher.log.filter(({ executor }) => executor === 'sequential');
    expect(alone).toHaveLength(2);
  });

  it('says the exact ratio of scripted walls, and who wins', async () => {
    const { scenario } = await runScripted(steady, { input: { forks: 5, rounds: 3, budgetMs: 60_000 } });
    expect(scenario.comparisons).toHaveLength(1);
    const [comparison] = scenario.comparisons;
    expect(comparison).toMatchObject({
      executor: 'limited',
      baseline: 'sequential',
      forks: 5,
      verdict: 'faster',
    });
    expect(comparison!.ratio).toBeCloseTo(4 / 3, 12);
    expect(comparison!.low).toBeCloseTo(4 / 3, 12);
    expect(scenario.winner).toBe('limited');
    expect(scenario.executors[1]!.tasksPerSecond.median).toBeCloseTo(200 / 0.3, 9);
  });

  it.each<[string, PlanInput, string, number]>([
    ['the intervals are narrow', { budgetMs: 3_600_000 }, 'precision', 5],
    ['the number of forks was fixed', { forks: 3, budgetMs: 1 }, 'fixed', 3],
    // A task alone takes 0.6 s, a fork of two cold trials 0.8 s.
    ['the budget is spent', { budgetMs: 3_500 }, 'budget', 3],
  ])('stops when %s', async (_, input, stoppedBy, forks) => {
    const { scenario } = await runScripted(steady, { input });
    expect(scenario.stoppedBy).toBe(stoppedBy);
    expect(scenario.executors[0]!.forks).toBe(forks);
  });

  it('stops at the most forks when it stays noisy', async () => {
    const random = createRandom(3);
    const noisy: Script = () => ({ wallMs: 300 * Math.exp(random.next() - 0.5) });
    const { scenario } = await runScripted(noisy, { input: { budgetMs: 3_600_000 } });
    expect(scenario.stoppedBy).toBe('max-forks');
    expect(scenario.executors[0]!.forks).toBe(12);
  });

  it('warms up what a short cold trial cannot, without recording it', async () => {
    const short: Script = ({ trial }) => ({ wallMs: trial === 0 ? 50 : 20 });
    const { report, launcher } = await runScripted(short, { input: { forks: 1, rounds: 1 } });
    const { trials } = executorOf(report, 'limited');
    expect(
      trials.map(trial => trial.state === 'measured' && [trial.cold, trial.wallMs / trial.batches]),
    ).toEqual([
      [true, 50],
      [false, 20],
    ]);
    const warmUps = launcher.warmUps.filter(({ executor }) => executor === 'limited').length;
    // 50 ms of the cold trial and 200 ms, then 160 ms to see how long a batch takes.
    expect(warmUps).toBe(10 + 8);
  });

  it('gives a slow executor fewer rounds, and never one that the others do not run', async () => {
    const slow: Script = ({ executor }) => ({ wallMs: executor === 'sequential' ? 2_000 : 300 });
    const { report, scenario } = await runScripted(slow, { input: { budgetMs: 42_000 } });
    const [sequential, limited] = ['sequential', 'limited'].map(id => executorOf(report, id));
    expect(sequential!.rounds).toBeLessThan(limited!.rounds);
    expect(sequential!.rounds / sequential!.forks).toBeGreaterThanOrEqual(1);
    expect(placesOf(limited!.trials)).toEqual(expect.arrayContaining(placesOf(sequential!.trials)));
    expect(scenario.comparisons[0]!.ratio).toBeCloseTo(2_000 / 300, 9);
  });

  it('counts the cold trials of one that would eat the budget, and calls that weak', async () => {
    const endless: Script = ({ executor }) => ({ wallMs: executor === 'sequential' ? 3_000 : 300 });
    const { report, scenario } = await runScripted(endless, { input: { budgetMs: 24_000 } });
    const sequential = executorOf(report, 'sequential');
    expect(sequential.coldOnly).toBe(true);
    expect(sequential.rounds).toBe(sequential.forks);
    expect(scenario.comparisons[0]!.ratio).toBeCloseTo(10, 9);
    expect(scenario.validity).toBe('WEAK');
    expect(reasonsOf(scenario).join()).toContain('once a fork: `sequential`');
  });
});

describe('a slower executor', () => {
  it('5 % slower is found in at least 80 of 100 runs', async () => {
    const random = createRandom(11);
    // Sum of twelve uniforms: normal enough, with standard deviation 1.
    const normal = () => Array.from({ length: 12 }, random.next).reduce((a, b) => a + b, -6);
    let found = 0;
    for (let run = 0; run < 100; run++) {
      const forkEffects = new Map<string, number>();
      const script: Script = ({ executor, host }) => {
        const key = `${executor} ${host}`;
        const effect = forkEffects.get(key) ?? 0.003 * normal();
        forkEffects.set(key, effect);
        return { wallMs: (executor === 'limited' ? 315 : 300) * Math.exp(effect + 0.01 * normal()) };
      };
      const { scenario } = await runScripted(script, { input: { budgetMs: 3_600_000, seed: run } });
      if (scenario.comparisons[0]!.verdict === 'slower') found++;
    }
    expect(found).toBeGreaterThanOrEqual(80);
  });
});

describe('a precision that was missed', () => {
  // Every second fork is 20 % faster.
  const uneven: Script = ({ executor, host }) => ({
    wallMs: executor === 'limited' && host % 2 === 1 ? 250 : 300,
  });

  it.each([
    ['budget', { budgetMs: 24_000 }],
    ['max-forks', { budgetMs: 3_600_000, maxForks: 6 }],
    ['fixed', { forks: 6, budgetMs: 3_600_000 }],
  ] as const)('is said: %s', async (stoppedBy, input) => {
    const { scenario } = await runScripted(uneven, { input });
    expect(scenario.stoppedBy).toBe(stoppedBy);
    expect(scenario.precision).toMatchObject({ wanted: 0.03, missed: 1, of: 1 });
    const message = sentenceOf(scenario.findings.find(({ code }) => code === 'precision-missed')!);
    expect(message).toMatch(
      /missed in 1 of 1 comparison, the widest has ±.* % \(`limited` ÷ `sequential`\)$/,
    );
  });

  it('is not where it was had', async () => {
    const { scenario } = await runScripted(() => ({ wallMs: 300 }), { input: { budgetMs: 3_600_000 } });
    expect(scenario.precision).toMatchObject({ missed: 0, of: 1, forksNeeded: null });
    expect(scenario.findings.filter(({ code }) => code === 'precision-missed')).toEqual([]);
  });
});

describe('losses', () => {
  it('a lost executor is out for its fork only, and the rounds of the others go on', async () => {
    const dies: Script = ({ executor, host, trial }) =>
      executor === 'limited' && host === 1 && trial === 2
        ? new WorkerLost('worker thread 1 failed')
        : { wallMs: 300 };
    const { report, scenario } = await runScripted(dies, {
      input: { forks: 3, rounds: 3, budgetMs: 60_000 },
    });
    const limited = executorOf(report, 'limited');
    expect(placesOf(limited.trials)).toEqual([
      ...['0.0', '0.1', '0.2', '0.3'],
      ...['1.0', '1.1', '1.2'],
      ...['2.0', '2.1', '2.2', '2.3'],
    ]);
    expect(limited.trials[6]).toMatchObject({
      state: 'lost',
      during: 'trial',
      loss: { code: 'failed', message: 'worker thread 1 failed' },
    });
    expect(limited.lostTrials).toBe(1);
    expect(executorOf(report, 'sequential').rounds).toBe(9);
    expect(scenario.comparisons[0]!.forks).toBe(3);
    expect(noteCodesOf(scenario)).toEqual(['lost', 'dropped-trials']);
  });

  it('one that is lost in every fork ends nothing for the others, and is not started a third time', async () => {
    const hosts = new Set<number>();
    const dies: Script = ({ executor, host }) => {
      if (executor === 'limited') hosts.add(host);
      return executor === 'limited' ? new WorkerLost('gone') : { wallMs: 300 };
    };
    const { scenario } = await runScripted(dies, { input: { budgetMs: 3_600_000 } });
    expect([...hosts]).toEqual([0, 1]);
    expect(notesOf(scenario)).toContain(
      '`limited` was lost in two forks running, and not started a third time',
    );
    expect(
      scenario.executors.map(({ variant: { id }, rounds, lostTrials }) => [id, rounds, lostTrials]),
    ).toEqual([
      ['sequential', 25, 0],
      ['limited', 0, 2],
    ]);
    expect(scenario.comparisons[0]).toMatchObject({ ratio: null, verdict: 'too few forks to say' });
  });

  it('lost, well and lost again is tried on', async () => {
    const dies: Script = ({ executor, host }) =>
      executor === 'limited' && host % 2 === 0 ? new WorkerLost('gone') : { wallMs: 300 };
    const { scenario } = await runScripted(dies, { input: { forks: 6, budgetMs: 3_600_000 } });
    expect(scenario.executors.find(({ variant: { id } }) => id === 'limited')?.forks).toBe(3);
  });

  it('a baseline that is given up leaves its place to one that runs', async () => {
    const dies: Script = ({ executor }) =>
      executor === 'sequential' ? new WorkerLost('gone') : { wallMs: 300 };
    const { scenario } = await runScripted(dies, { input: { budgetMs: 3_600_000 } });
    expect(scenario.baseline).toBe('limited');
    expect(notesOf(scenario)).toContain('compared with `limited`: `sequential` was lost');
  });

  it('all lost twice: the scenario ends', async () => {
    const dies: Script = ({ trial }) => (trial < 2 ? { wallMs: 300 } : new WorkerLost('gone'));
    const { scenario } = await runScripted(dies, { input: { budgetMs: 3_600_000 } });
    expect(scenario.stoppedBy).toBe('lost');
  });

  it('a lost origin is replaced on the same port, and one trial is lost', async () => {
    let isKilled = false;
    const holder: { launcher?: ScriptedLauncher } = {};
    const script: Script = ({ executor, trial }) => {
      if (!isKilled && executor === 'limited' && trial === 1) {
        isKilled = true;
        holder.launcher!.origins.at(-1)!.kill(killed('origin'));
      }
      return { wallMs: 300 };
    };
    const { report, launcher } = await runScripted(script, {
      input: { targets: ['http'], forks: 1, rounds: 3, budgetMs: 60_000 },
      on: (_event, launcher) => {
        holder.launcher = launcher;
      },
    });
    const lost = report.scenarios[0]!.executors.flatMap(e => e.trials).filter(
      trial => trial.state === 'lost',
    );
    expect(lost).toMatchObject([{ during: 'trial', loss: killed('origin') }]);
    expect(executorOf(report, 'limited').rounds).toBe(2);
    // A task alone, the fork, and the one that took its place.
    const [, second, third] = launcher.origins;
    expect(launcher.origins).toHaveLength(3);
    expect(third!.port).toBe(second!.port);
  });
});

describe('validity', () => {
  it('is VALID for a clean run', async () => {
    const { scenario } = await runScripted(steady, { input: { budgetMs: 3_600_000 } });
    // What else runs on this machine while the test does is not the script's.
    expect(reasonsOf(scenario)).toEqual([]);
  });

  it('where the system does not tell what others use, that is said and takes nothing from it', async () => {
    const facts = { cores: 2, uvThreads: 4, clockResolutionNs: 40 };
    const codesOn = async (hasProc: boolean) => {
      const { scenario } = await runScripted(steady, {
        input: { budgetMs: 3_600_000 },
        on: ({ type }, launcher) => {
          if (type === 'run-started')
            Object.assign(launcher.machine, { facts: () => ({ ...facts, hasProc }) });
        },
      });
      return [scenario.validity, scenario.findings.map(({ code }) => code)];
    };
    expect(await codesOn(false)).toEqual(['VALID', ['unknown-load']]);
    expect(await codesOn(true)).toEqual(['VALID', []]);
  });

  it('one altered result is INVALID, and names the task', async () => {
    const altered: Script = ({ executor, trial }) =>
      executor === 'limited' && trial === 0 ? { wallMs: 300, alteredTask: 17 } : { wallMs: 300 };
    const { scenario } = await runScripted(altered, { input: { forks: 1 } });
    expect(scenario.validity).toBe('INVALID');
    expect(scenario.winner).toBeNull();
    expect(scenario.findings.map(({ code }) => code)).not.toContain('precision-missed');
    expect(reasonsOf(scenario)[0]).toBe(
      'results differ: `limited` and `sequential` disagree on 1 of 200 tasks in fork 1, the first is task 17',
    );
  });

  it('counts that disagree are INVALID, and their trials do not count', async () => {
    const lying: Script = ({ executor, trial }) =>
      executor === 'limited' && trial === 2
        ? { wallMs: 1, faults: [{ code: 'not-issued', issued: 9, expected: 10 }] }
        : { wallMs: 300 };
    const { report, scenario } = await runScripted(lying, {
      input: { forks: 3, rounds: 3, budgetMs: 60_000 },
    });
    expect(scenario.validity).toBe('INVALID');
    expect(reasonsOf(scenario)[0]).toBe(
      'counts disagree: `limited`, 3 of 12 trials, e.g. 9 tasks issued of 10',
    );
    expect(executorOf(report, 'limited').rounds).toBe(6);
    expect(scenario.comparisons[0]!.ratio).toBeCloseTo(1, 12);
  });

  it('more failed tasks than allowed is INVALID, and they never raise throughput', async () => {
    const failing: Script = ({ executor }) =>
      executor === 'limited' ? { wallMs: 100, failed: { 'http-500': 100 } } : { wallMs: 100 };
    const { scenario } = await runScripted(failing, { input: { forks: 1 } });
    expect(scenario.validity).toBe('INVALID');
    expect(reasonsOf(scenario)[0]).toMatch(
      /^too many failed tasks: `limited`, 50 % of [\d,]+ \([\d,]+ http-500\)/,
    );
    expect(scenario.comparisons[0]!.ratio).toBeCloseTo(0.5, 12);
  });
});

describe('one bad variant', () => {
  /** The failing one would be the fastest by far. */
  const failing =
    (bad: string): Script =>
    ({ executor }) =>
      executor === bad ? { wallMs: 10, failed: { 'http-429': 160 } } : { wallMs: 300 };
  const three = { executors: ['sequential', 'limited', 'batched'], forks: 3, rounds: 2, budgetMs: 60_000 };
  const idsIn = ({ comparisons }: { comparisons: readonly { executor: string; baseline: string }[] }) =>
    new Set(comparisons.flatMap(({ executor, baseline }) => [executor, baseline]));

  it('is INVALID by itself: in no comparison, and the others keep theirs', async () => {
    const { report, scenario } = await runScripted(failing('limited'), { input: three });
    expect(scenario.validity).toBe('WEAK');
    expect(reasonsOf(scenario)[0]).toMatch(/^too many failed tasks: `limited`, 80 %/);
    expect(executorOf(report, 'limited').validity).toBe('INVALID');
    expect(executorOf(report, 'batched').validity).toBe('VALID');
    expect(idsIn(scenario)).toEqual(new Set(['sequential', 'batched']));
    expect(scenario.winner).toBeNull();
    expect(scenario.medianForkMs).toBeGreaterThan(0);
  });

  it('is not what the others are compared with', async () => {
    const { scenario } = await runScripted(failing('sequential'), { input: three });
    expect(scenario.baseline).toBe('limited');
    expect(idsIn(scenario)).toEqual(new Set(['limited', 'batched']));
    const messages = notesOf(scenario);
    expect(messages).toContain('compared with `limited`: `sequential` is left out');
  });
});

describe('an abort', () => {
  it('keeps the forks that were finished, and says so', async () => {
    const partials: number[] = [];
    const { report, scenario, launcher } = await runScripted(steady, {
      input: { forks: 10, rounds: 2, budgetMs: 60_000 },
      on: (event, _launcher, controller) => {
        if (event.type === 'partial') partials.push(event.report.scenarios[0]!.executors[0]!.forks);
        if (event.type === 'trial' && event.fork === 3 && event.trial.round === 1) controller.abort();
      },
    });
    expect(report.interrupted).toBe(true);
    expect(scenario.stoppedBy).toBe('interrupted');
    expect(scenario.executors.map(executor => executor.forks)).toEqual([2, 2]);
    expect(partials).toEqual([1, 2]);
    expect(launcher.hostsAlive).toBe(0);
  });

  it('in the first fork shows what there is, without an interval', async () => {
    const { scenario } = await runScripted(steady, {
      input: { forks: 10, rounds: 2 },
      on: (event, _launcher, controller) => {
        if (event.type === 'trial' && event.trial.round === 1) controller.abort();
      },
    });
    expect(scenario.executors.flatMap(executor => executor.trials).length).toBeGreaterThan(0);
    expect(scenario.comparisons.every(({ low }) => low === null)).toBe(true);
  });

  it('by whoever stops taking events ends the run and its processes', async () => {
    const launcher = new ScriptedLauncher(new FakeClock(), steady);
    const plan = await makePlan({ targets: ['timer'], executors: ['sequential', 'limited'], seed: 1 });
    const types: string[] = [];
    for await (const event of measurePlan(plan, { clock: new FakeClock(), launcher })) {
      types.push(event.type);
      if (event.type === 'trial') break;
    }
    expect(types).toEqual(['run-started', 'scenario-started', 'scenario-planned', 'trial']);
    expect(launcher.hostsAlive).toBe(0);
  });
});

describe('what a run tells', () => {
  it('has the commit from its first report on: what a kill leaves half-way has it', async () => {
    const clock = new FakeClock();
    const launcher = new ScriptedLauncher(clock, steady);
    const plan = await makePlan({ targets: ['timer'], executors: ['limited'], forks: 2, rounds: 1, seed: 1 });
    const commits: unknown[] = [];
    for await (const event of measurePlan(plan, { clock, launcher, commit: 'c0ffee' }))
      if ('report' in event) commits.push(event.report.commit);
    expect(commits).toEqual(['c0ffee', 'c0ffee', 'c0ffee']);
  });

  it('is in order, and its last event has the report', async () => {
    const types: string[] = [];
    const { report } = await runScripted(steady, {
      input: { forks: 2, rounds: 1, budgetMs: 60_000 },
      on: ({ type }) => types.push(type),
    });
    // A cold round and a warm one, of two executors.
    const fork = ['trial', 'trial', 'trial', 'trial', 'fork', 'partial'];
    expect(types).toEqual([
      'run-started',
      'scenario-started',
      'scenario-planned',
      ...fork,
      ...fork,
      'scenario-finished',
      'done',
    ]);
    expect(report.interrupted).toBe(false);
  });

  it('how long it takes is by the forks that were asked for, where they take longer than the budget', async () => {
    const plannedMs = async (input: PlanInput) => {
      let ms = Number.NaN;
      await runScripted(() => ({ wallMs: 2_000 }), {
        input: { durationMs: 2_000, rounds: 1, budgetMs: 5_000, ...input },
        on: event => {
          if (event.type === 'scenario-planned') ms = event.forMs;
        },
      });
      return ms;
    };
    expect(await plannedMs({})).toBeLessThan(5_000);
    // A cold trial and a warm one of both.
    const leastMs = 3 * 2 * 2 * 2_000;
    const forMs = await plannedMs({ forks: 3 });
    expect(forMs).toBeGreaterThan(leastMs);
    expect(forMs).toBeLessThan(3 * leastMs);
  });

  it('comes between trials: the next one waits until an event is dealt with', async () => {
    const clock = new FakeClock();
    const launcher = new ScriptedLauncher(clock, steady);
    const plan = await makePlan({ targets: ['timer'], executors: ['limited'], forks: 1, rounds: 2, seed: 1 });
    const before: number[] = [];
    for await (const event of measurePlan(plan, { clock, launcher })) {
      if (event.type !== 'trial') continue;
      before.push(launcher.log.length);
      await new Promise(setImmediate);
      expect(launcher.log.length).toBe(before.at(-1));
      expect(event.trial).toMatchObject({ state: 'measured', wallMs: 300 });
    }
    expect(before).toHaveLength(3);
  });
});
