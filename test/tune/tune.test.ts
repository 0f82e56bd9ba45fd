import { describe, expect, it } from 'vitest';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import type { Report, ScenarioResult, TuneFork, TunePhase } from '../../src/schema/index.js';
import { reportSchema } from '../../src/schema/report.js';
import { USUAL_RULES } from '../../src/tune/decide.js';
import type { LeastTime } from '../../src/tune/least-time.js';
import { trialsIn } from '../../src/tune/step.js';
import { type TuneEvent, type TuneRequest, tune } from '../../src/tune/tune.js';
import { type Asked, FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';

const CORES = 2;
const NO_LIMITS = { memoryBytes: null, cores: null, loopLateMs: null };
/** Alone a task of 10 ms: what bounds are made of. */
const ALONE_MS = 10;
const MOST_ALONE = 100;

/** Tasks of 10 ms that compute: two cores do 200/s, whoever has two threads. */
function computing({ threads }: Asked): number {
  return (Math.min(threads, CORES) * 1_000) / ALONE_MS;
}

/** A trial of a duration load does a task a millisecond: the clock says how fast that was. */
function script(perSecond: (asked: Asked) => number, cpuMs: number): Script {
  return asked => {
    const { load } = asked;
    if (load.kind !== 'duration') {
      // What is recorded runs as its trials did.
      const eachMs = load.tasks > MOST_ALONE ? 1_000 / perSecond(asked) : ALONE_MS;
      return { wallMs: eachMs * load.tasks, serviceMs: ALONE_MS, cpuMs: ALONE_MS * load.tasks };
    }
    const wallMs = (load.durationMs * 1_000) / perSecond(asked);
    return { wallMs, serviceMs: ALONE_MS, cpuMs: load.durationMs * cpuMs };
  };
}

async function tuned(
  perSecond: (asked: Asked) => number,
  more: Partial<TuneRequest> = {},
  input: Partial<PlanInput> = {},
  onEvent: (event: TuneEvent, stop: () => void) => void = () => {},
  cpuMs = ALONE_MS,
) {
  const plan = await makePlan({
    targets: ['cpu'],
    executors: ['limited', 'piscina', 'queue'],
    threads: 1,
    inFlight: 2,
    durationMs: 300,
    seed: 7,
    warmup: '2000',
    ...input,
  });
  const clock = new FakeClock();
  const launcher = new ScriptedLauncher(clock, script(perSecond, cpuMs));
  const controller = new AbortController();
  const rules = { ...USUAL_RULES, order: ['limited', 'piscina', 'queue'] };
  const request: TuneRequest = {
    plan,
    asked: 'cpu',
    module: null,
    poolFile: null,
    ranges: { threads: null, inFlight: null, options: [] },
    rules,
    limits: NO_LIMITS,
    budgetMs: 3_600_000,
    resumed: null,
    ...more,
  };
  const deps = { signal: controller.signal, clock, launcher, command: null, freeMemoryBytes: 8e9 };
  const phases: string[] = [];
  let report: Report | null = null;
  for await (const event of tune(request, deps)) {
    if (event.type === 'step') phases.push(event.phase);
    if (event.type === 'done') report = event.report;
    onEvent(event, () => controller.abort());
  }
  return { report: report!, tune: report!.tune!, answer: report!.tune!.answer, phases, launcher };
}

describe('a tune', () => {
  it('finds as many threads as cores for what computes, and a report that its schema takes', async () => {
    const { report, answer, phases, launcher } = await tuned(computing);
    expect(answer).toMatchObject({
      choice: 'piscina threads=2',
      loop: 'limited',
      toLoop: { median: expect.closeTo(2, 6) },
    });
    expect(phases[0]).toBe('knee');
    expect(phases.at(-1)).toBe('confirm');
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(
      JSON.parse(JSON.stringify(report)),
    );
    expect(report.scenarios.map(({ scenario }) => scenario.title)).toEqual(['CONFIRMED']);
    // Of the machine that the launcher starts processes on, which need not be this one.
    expect(report.environment).toMatchObject({ cpuModel: 'Example CPU @ 2.80GHz', stealShare: null });
    expect(launcher.hostsAlive).toBe(0);
  });

  it('records a trial of each finalist, alike for all, which is in no figure', async () => {
    const { report, answer, launcher, tune: found } = await tuned(computing);
    const [confirmed] = report.scenarios;
    const ids = confirmed!.executors.map(({ variant }) => variant.id);
    expect(confirmed!.scenario.recorded).toEqual(ids);
    expect(ids).toEqual(expect.arrayContaining([answer!.choice, answer!.loop]));
    const own = launcher.told.filter(({ trace }) => trace === 'columns');
    expect(own).toHaveLength(ids.length);
    // A trial by duration does a task a millisecond here; the tasks of a batch are kept.
    expect(own.map(({ load }) => load)).toEqual(ids.map(() => ({ kind: 'batch', tasks: 250 })));
    const trials = confirmed!.executors.flatMap(executor => executor.trials);
    expect(trials.filter(({ cold }) => !cold)).toHaveLength(6 * 2 * ids.length);
    expect(found.trials).toBe(found.forks.reduce((sum, fork) => sum + trialsIn(fork), 0));
  });

  it('one host serves all that is in flight of an executor and its threads, but when it is confirmed', async () => {
    const { launcher, tune: found } = await tuned(computing);
    const screen = found.forks.find(({ phase }) => phase === 'screen')!;
    const series = new Set(Object.keys(screen.logs).map(id => id.replace(/ in-flight=\d+/, '')));
    expect(series.size).toBeLessThan(Object.keys(screen.logs).length);
    const screened = launcher.log.filter(
      asked => asked.executor === 'queue ×2' && asked.load.kind === 'duration',
    );
    expect(new Set(screened.map(({ inFlight }) => inFlight)).size).toBeGreaterThan(2);
    const oneHost = screened.filter(({ host }) => host === screened[0]!.host);
    expect(new Set(oneHost.map(({ inFlight }) => inFlight)).size).toBeGreaterThanOrEqual(2);
  });

  it('recommends the loop where threads gain nothing', async () => {
    const { answer } = await tuned(() => 100);
    expect(answer).toMatchObject({ choice: 'limited', loop: 'limited' });
  });

  it('keeps to what was asked for', async () => {
    const { tune: found } = await tuned(computing, {
      ranges: { threads: [1, 3], inFlight: [2, 4], options: [] },
    });
    expect(new Set(found.points.map(({ workers }) => workers))).toEqual(new Set([0, 1, 3]));
    const limits = (isLoop: boolean) =>
      new Set(
        found.points.filter(({ workers }) => (workers === 0) === isLoop).map(one => one.inFlightPerWorker),
      );
    expect(limits(false)).toEqual(new Set([2, 4]));
    // As many as all workers together, or the loop would lose by that alone.
    expect(limits(true)).toEqual(new Set([2, 4, 6, 12]));
  });

  it('leaves out what exceeds a limit', async () => {
    const limits = { ...NO_LIMITS, cores: 0.001 };
    const { tune: found, answer, phases } = await tuned(computing, { limits });
    const measured = new Set(found.forks.flatMap(({ logs }) => Object.keys(logs)));
    expect(new Set(found.forks.flatMap(({ unfit }) => unfit))).toEqual(measured);
    expect(answer).toBeNull();
    expect(phases).not.toContain('confirm');
    expect(found.limits).toEqual(limits);
  });

  it('recommends what keeps to a limit, not what would do more', async () => {
    // Two threads use two cores.
    const cores = { ...NO_LIMITS, cores: 1.5 };
    const { answer } = await tuned(computing, { limits: cores });
    expect(answer?.choice).toMatch(/^limited|threads=1\b|^piscina$/);
  });

  describe('under an objective at a rate', () => {
    const atRate = { durationMs: 1_000, load: 'rate=200/s', slo: 'p99<50ms' };

    it('a percentile of fewer tasks than it takes is no objective that is met', async () => {
      const { answer, report } = await tuned(computing, {}, atRate, undefined, ALONE_MS);
      const [confirmed] = report.scenarios;
      // Two rounds of a fork have the 1,000 tasks of a p99.
      expect(confirmed!.scenario.tasks).toBe(500);
      expect(confirmed!.executors.find(({ variant }) => variant.id === answer!.choice)!.slo).toMatchObject([
        { met: true },
      ]);
    });
  });

  it('a task alone that takes more CPU time than among others is no bound', async () => {
    // One at a time each takes 10 ms of CPU time, among others 1 ms: a loop does 1,000/s, which 100/s would exclude.
    const { answer } = await tuned(({ inFlight }) => Math.min(1_000, 100 * inFlight), {}, {}, undefined, 1);
    expect(answer).toMatchObject({ loop: expect.stringMatching(/^limited/) });
    expect(answer?.choice).toMatch(/^limited/);
  });

  it('says when its budget was short, and answers all the same', async () => {
    const { tune: found, phases } = await tuned(computing, { budgetMs: 1_000 });
    expect(phases).toEqual(['knee', 'confirm']);
    expect(found.answer).not.toBeNull();
  });

  /** Cold trials are longer: nothing else is run before the rounds, and trials can be counted. */
  const SHORT = { warmup: '100ms' };
  /** Trials take as long as they are told. */
  const asTold = () => 1_000;

  it.each([30_000, 45_000, 60_000])(
    'ends within a budget of %d ms that has room for the least',
    async budgetMs => {
      const least: LeastTime[] = [];
      const { tune: found, answer } = await tuned(asTold, { budgetMs }, SHORT, event => {
        if (event.type === 'expected') least.push(event.least);
      });
      expect(least.map(({ enoughMs }) => enoughMs)).toEqual([null, null]);
      expect(found.elapsedMs).toBeLessThanOrEqual(budgetMs);
      expect(answer).not.toBeNull();
    },
  );

  it('says before it measures that a budget has no room for the least, and which one has', async () => {
    const least: LeastTime[] = [];
    const onEvent = (event: TuneEvent) => {
      if (event.type === 'expected') least.push(event.least);
    };
    const { tune: found } = await tuned(asTold, { budgetMs: 5_000 }, SHORT, onEvent);
    expect(found.elapsedMs).toBeGreaterThan(5_000);
    const { enoughMs } = least[0]!;
    expect(enoughMs).toBeGreaterThan(found.elapsedMs);
    const followed = await tuned(asTold, { budgetMs: enoughMs! }, SHORT, onEvent);
    expect(followed.tune.elapsedMs).toBeLessThanOrEqual(enoughMs!);
    expect(least.at(-1)!.enoughMs).toBeNull();
  });

  it('an interrupted one goes on where it was', async () => {
    const whole = await tuned(computing);
    const stopped = await tuned(computing, {}, {}, (event, stop) => {
      if (event.type === 'measured' && event.phase === 'screen') stop();
    });
    expect(stopped.report.interrupted).toBe(true);
    expect(stopped.answer).toBeNull();
    const resumed = await tuned(computing, { resumed: stopped.tune });
    expect(resumed.phases).not.toContain('screen');
    expect(resumed.answer?.choice).toBe(whole.answer?.choice);
    // Those of the forks that were kept too.
    const { forks, trials } = resumed.tune;
    expect(trials).toBe(forks.reduce((sum, fork) => sum + trialsIn(fork), 0));
  });

  /** Ended in the middle of what a count of trials by duration comes to, and read again from its file. */
  const endedAt = async (trial: number, more: Partial<TuneRequest> = {}) => {
    let stop = () => {};
    let trials = 0;
    const counting = (asked: Asked) => {
      if (++trials === trial) stop();
      return computing(asked);
    };
    const { report } = await tuned(counting, more, SHORT, (_, end) => {
      stop = end;
    });
    expect(report.interrupted).toBe(true);
    return reportSchema.parse(JSON.parse(JSON.stringify(report))).tune!;
  };
  const measuredIn = (forks: readonly TuneFork[], phase: TunePhase) =>
    forks.filter(fork => fork.phase === phase).flatMap(({ logs }) => Object.keys(logs));

  it('one that was interrupted in its screen screens what is left', async () => {
    const whole = await tuned(computing, {}, SHORT);
    // The knee has two trials of each of two, and a cold one.
    const stopped = await endedAt(6 + 20);
    const kept = measuredIn(stopped.forks, 'screen');
    expect(kept.length).toBeGreaterThan(2);
    const resumed = await tuned(computing, { resumed: stopped }, SHORT);
    const again = resumed.tune.forks.filter(({ phase }) => phase === 'screen').slice(1);
    expect(measuredIn(again, 'screen').filter(id => kept.includes(id))).toEqual([]);
    expect(measuredIn(resumed.tune.forks, 'screen').toSorted()).toEqual(
      measuredIn(whole.tune.forks, 'screen').toSorted(),
    );
    expect(resumed.answer?.choice).toBe(whole.answer?.choice);
    expect(resumed.tune.points).toEqual(whole.tune.points);
  });

  it('one that was interrupted in its confirmation runs the forks that are left of it', async () => {
    const whole = await tuned(computing, {}, SHORT);
    const all = whole.launcher.log.filter(({ load }) => load.kind === 'duration').length;
    const finalists = whole.report.scenarios[0]!.executors.length;
    // The last fork but one has begun: each has a cold trial and two rounds.
    const stopped = await endedAt(all - finalists * 3 - 2);
    expect(stopped.answer).toBeNull();
    expect(stopped.forks.filter(({ phase }) => phase === 'confirm')).toHaveLength(4);
    const resumed = await tuned(computing, { resumed: stopped }, SHORT);
    expect(resumed.phases).toEqual(['confirm']);
    expect(resumed.launcher.log.filter(({ load }) => load.kind === 'duration')).toHaveLength(
      2 * finalists * 3,
    );
    expect(resumed.answer).toEqual(whole.answer);
    const [result] = resumed.report.scenarios;
    expect(result!.executors.map(({ trials }) => new Set(trials.map(({ fork }) => fork)).size)).toEqual(
      result!.executors.map(() => 6),
    );
    const figures = ({ executors }: ScenarioResult) =>
      executors.map(({ startupMs, serviceMs, histogram, trace }) => [startupMs, serviceMs, histogram, trace]);
    expect(figures(result!)).toEqual(figures(whole.report.scenarios[0]!));
    expect(resumed.tune.confirming).toBeUndefined();
    // By other rules others would be confirmed: then all of it is measured anew.
    const other = await tuned(computing, {
      resumed: { ...stopped, forks: stopped.forks.filter(({ phase }) => phase !== 'race') },
    });
    expect(other.answer).not.toBeNull();
  });

  it('one that was interrupted in its race goes on with it', async () => {
    const race = (await tuned(computing)).tune.forks.findIndex(({ phase }) => phase === 'race');
    if (race < 0) return;
    const stopped = await tuned(computing, {}, {}, (event, stop) => {
      if (event.type === 'measured' && event.phase === 'race') stop();
    });
    const resumed = await tuned(computing, { resumed: stopped.tune });
    expect(resumed.phases).not.toContain('screen');
    expect(resumed.tune.forks.filter(({ phase }) => phase === 'race').length).toBeGreaterThan(1);
  });

  it('without a task that completes there is no answer', async () => {
    const clock = new FakeClock();
    const fails: Script = ({ load }) => ({
      wallMs: 10,
      failed: { broken: load.kind === 'duration' ? load.durationMs : load.tasks },
    });
    const launcher = new ScriptedLauncher(clock, fails);
    const plan = await makePlan({
      targets: ['cpu'],
      executors: ['limited'],
      inFlight: 2,
      durationMs: 300,
      seed: 7,
    });
    const rules = { ...USUAL_RULES, order: [] };
    const request = {
      plan,
      asked: 'cpu',
      module: null,
      poolFile: null,
      ranges: { threads: null, inFlight: null, options: [] },
      rules,
      limits: NO_LIMITS,
      budgetMs: 60_000,
      resumed: null,
    };
    const deps = {
      signal: new AbortController().signal,
      clock,
      launcher,
      command: null,
      freeMemoryBytes: 8e9,
    };
    const events: TuneEvent[] = [];
    for await (const event of tune(request, deps)) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'done', report: { tune: { answer: null, forks: [] } } });
  });
});

describe('a tune with an executor that goes through a broker', () => {
  it('searches it beside the others, through one broker, and names that', async () => {
    // A job costs what a task of 10 ms does, on each of two cores.
    const perSecond = (asked: Asked) => computing(asked) * (asked.executor === 'bullmq' ? 0.5 : 1);
    const executors = ['limited', 'piscina', 'bullmq'];
    const rules = { ...USUAL_RULES, order: executors };
    const { report, answer, tune } = await tuned(perSecond, { rules }, { executors });
    expect(reportSchema.parse(report)).toBeDefined();
    expect(answer).toMatchObject({ choice: 'piscina threads=2' });
    expect(tune.points.some(({ executor, workers }) => executor === 'bullmq' && workers === 2)).toBe(true);
    expect(report.brokers).toHaveLength(1);
  });
});
