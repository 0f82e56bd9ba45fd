import { describe, expect, test } from 'vitest';
import { reportOf } from '../../src/measure/events.js';
import { measurePlan } from '../../src/measure/measure.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import type { StartMessage } from '../../src/trial/messages.js';
import type { TrialSpec } from '../../src/trial/trial.js';
import type { WarmUpAim } from '../../src/trial/warm-up.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';

const HOST = 'staging.example.com';

/** Remembers what hosts are told, and how many of them send at the same time. */
class WatchedLauncher extends ScriptedLauncher {
  readonly started: StartMessage[] = [];
  readonly aims: WarmUpAim[] = [];
  readonly specs: TrialSpec[] = [];
  sending = 0;
  mostSending = 0;

  override async startHost() {
    const host = await super.startHost();
    const alone = async <T>(work: () => Promise<T>): Promise<T> => {
      this.sending++;
      this.mostSending = Math.max(this.mostSending, this.sending);
      await new Promise(setImmediate);
      const result = await work();
      this.sending--;
      return result;
    };
    return {
      ...host,
      start: (message: StartMessage) => {
        this.started.push(message);
        return host.start(message);
      },
      trial: (spec: TrialSpec, limitMs: number) => {
        this.specs.push(spec);
        return alone(() => host.trial(spec, limitMs));
      },
      warmUp: (spec: TrialSpec, aim: WarmUpAim, limitMs: number) => {
        this.aims.push(aim);
        return alone(() => host.warmUp(spec, aim, limitMs));
      },
    };
  }

  /** Whatever they were for. */
  get sent(): number {
    return [...this.log, ...this.warmUps].reduce(
      (sum, { load }) => sum + ('tasks' in load ? load.tasks : 0),
      0,
    );
  }
}

async function run(input: PlanInput, script: Script = () => ({ wallMs: 3_000, serviceMs: 100 })) {
  const clock = new FakeClock();
  const launcher = new WatchedLauncher(clock, script);
  const plan = await makePlan({
    targets: ['http'],
    params: { url: `http://${HOST}` },
    allowRemote: [HOST],
    executors: ['limited', 'queue'],
    threads: 2,
    inFlight: 16,
    tasks: 50,
    remoteRate: 1_000,
    seed: 1,
    ...input,
  });
  const resolveHost = async () => ['192.0.2.1'];
  const report = await reportOf(measurePlan(plan, { clock, launcher, resolveHost }));
  return { report, launcher, scenario: report.scenarios[0]! };
}

test('workers are told the addresses, and each its share of the rate', async () => {
  const { launcher } = await run({ forks: 1 });
  const told = launcher.started.map(({ executor, threads, workload: { env } }) => [
    executor.name,
    threads,
    env.network,
  ]);
  const addresses = { [HOST]: ['192.0.2.1'] };
  expect(told).toContainEqual(['limited', 1, { addresses, caFile: null, perSecond: 1_000 }]);
  expect(told).toContainEqual(['queue', 2, { addresses, caFile: null, perSecond: 500 }]);
});

test('a load with a rate keeps to that, and its warm-up as well', async () => {
  const { launcher } = await run({ forks: 1, load: 'rate=50/s' });
  const paced = launcher.started.filter(({ load }) => load === 'rate');
  expect(paced.map(({ workload }) => workload.env.network?.perSecond)).toEqual([null, null]);
  expect(launcher.aims.every(({ most }) => most !== undefined)).toBe(true);
});

test('one host at a time sends, and none warms up in front of a trial', async () => {
  const { launcher } = await run({ forks: 2 });
  expect(launcher.mostSending).toBe(1);
  expect(launcher.specs.some(({ leadIn }) => leadIn)).toBe(false);
});

describe('the total', () => {
  test('ends the run in order before the trial that would exceed it', async () => {
    const { report, launcher, scenario } = await run({ remoteTotal: 1_500, forks: 20 });
    expect(launcher.sent).toBeLessThanOrEqual(1_500);
    expect(launcher.sent).toBeGreaterThan(1_400);
    expect(scenario.stoppedBy).toBe('remote-total');
    expect(scenario.executors.every(({ rounds }) => rounds > 0)).toBe(true);
    expect(scenario.findings).toContainEqual({
      code: 'remote-total',
      severity: 'note',
      subjects: [],
      values: { sent: launcher.sent, total: 1_500 },
    });
    expect(report.interrupted).toBe(false);
    expect(launcher.hostsAlive).toBe(0);
  });

  test('counts what is sent before the trials', async () => {
    const { launcher, scenario } = await run({ remoteTotal: 2 });
    expect(launcher.sent).toBe(0);
    expect(scenario).toMatchObject({ stoppedBy: 'remote-total', validity: 'INVALID' });
  });

  test('is of the whole run', async () => {
    const short = { forks: 1, rounds: 1, budgetMs: 60_000 };
    const first = (await run({ ...short, tasks: 40 })).launcher.sent;
    const { report, launcher } = await run({ ...short, tasks: [40, 50], remoteTotal: first + 60 });
    expect(launcher.sent).toBeGreaterThan(first);
    expect(launcher.sent).toBeLessThanOrEqual(first + 60);
    expect(report.scenarios.map(({ stoppedBy }) => stoppedBy)).toEqual(['fixed', 'remote-total']);
  });

  test('lifted, nothing ends by it', async () => {
    const { scenario } = await run({ remoteTotal: 'none', forks: 3 });
    expect(scenario.stoppedBy).toBe('fixed');
  });
});

test('secrets are in what hosts get, and in no event', async () => {
  const secret = 'Bearer 0123456789';
  const clock = new FakeClock();
  const launcher = new WatchedLauncher(clock, () => ({ wallMs: 3_000, failed: { error: 1 } }));
  const plan = await makePlan({
    targets: ['http'],
    params: { url: `http://${HOST}`, headers: { authorization: secret } },
    allowRemote: [HOST],
    executors: ['limited', 'queue'],
    forks: 1,
  });
  const events: string[] = [];
  const resolveHost = async () => ['192.0.2.1'];
  for await (const event of measurePlan(plan, { clock, launcher, resolveHost }))
    events.push(JSON.stringify(event));
  expect(events.join()).not.toContain('0123456789');
  expect(events.at(-1)).toContain('"authorization":"•••"');
  expect(launcher.started.map(({ workload }) => workload.params.headers)).toContainEqual({
    authorization: secret,
  });
});

test('a name that is not found is told before anything is started', async () => {
  const clock = new FakeClock();
  const launcher = new WatchedLauncher(clock, () => ({ wallMs: 1 }));
  const plan = await makePlan({ targets: ['http'], params: { url: `http://${HOST}` }, allowRemote: [HOST] });
  const resolveHost = async () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));
  await expect(reportOf(measurePlan(plan, { clock, launcher, resolveHost }))).rejects.toThrow(
    `${HOST}: expected a name that is found, got getaddrinfo ENOTFOUND`,
  );
  expect(launcher.started).toEqual([]);
});
