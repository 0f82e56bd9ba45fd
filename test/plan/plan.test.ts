import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { THREADS } from '../../src/executors/capabilities.js';
import { makePlan, type PlanInput, type UncheckedPlanInput } from '../../src/plan/plan.js';
import { SETTINGS } from '../../src/settings/table.js';
import { durationMsOrText, shareOrText } from '../../src/settings/text.js';
import { noteCodesOf } from '../support/sentences.js';
import { catalogue } from './catalogue.js';

function plan(input: UncheckedPlanInput) {
  return makePlan(input, { catalogue, defaultThreads: 2, randomSeed: () => 7 });
}

const all = ['sequential', 'promise-all', 'limited', 'batched', 'queue', 'piscina'];

test('a workload by itself is a scenario with defaults', async () => {
  const { suite, seed, scenarios } = await plan({ targets: ['http'] });
  expect({ suite, seed, count: scenarios.length }).toEqual({ suite: null, seed: 7, count: 1 });
  const { executors, origin, ...scenario } = scenarios[0]!;
  expect(scenario).toEqual({
    name: 'http',
    id: 'http',
    title: 'HTTP',
    workload: {
      name: 'http',
      moduleUrl: 'file:///built-in/http.js',
      kind: 'wait',
      needsCalibration: false,
      hasSetup: false,
      resultsCompared: 'contents',
      requestsPerTask: 1,
    },
    params: { waitMs: 50, client: 'request', path: '/', headers: {} },
    tasks: 200,
    load: { kind: 'batch' },
    inFlight: 64,
    baseline: 'sequential',
    axis: null,
    payloadBytes: 0,
    expectedFailures: [],
    timeline: false,
    attachment: null,
    taskTimeoutMs: 30_000,
    maxFailed: { metric: 'failed', operator: '<=', value: 0.01 },
    slo: [],
    findings: [],
    measurement: {
      forks: null,
      minForks: 5,
      maxForks: 12,
      rounds: 5,
      precision: 0.03,
      budgetMs: 20_000,
      mostBudgetMs: 60_000,
      warmup: { kind: 'auto' },
      equivalence: null,
    },
  });
  expect(origin?.latency).toEqual({ kind: 'fixed', ms: 50 });
  expect(executors.map(({ id, threads, inFlight }) => [id, threads, inFlight])).toEqual([
    ['sequential', 1, 1],
    ['promise-all', 1, 64],
    ['limited', 1, 64],
    ['batched', 1, 64],
    ['queue', 2, 64],
    ['piscina', 2, 64],
  ]);
  expect(executors.at(-1)).toEqual({
    name: 'piscina',
    moduleUrl: 'file:///built-in/piscina.js',
    id: 'piscina',
    label: 'piscina',
    series: 'piscina',
    capabilities: THREADS,
    sync: false,
    options: { atomics: 'async', stricterFIFO: true },
    threads: 2,
    inFlight: 64,
    inFlightPerWorker: 32,
    concurrency: 64,
    axis: null,
    params: {},
    workload: null,
    alternative: null,
    uvThreads: null,
    node: null,
    revision: null,
    results: 'drop',
  });
});

test('without a target it is the default suite, in which flags override', async () => {
  const { suite, scenarios } = await plan({ params: { waitMs: 20 }, rounds: 3 });
  expect(suite).toBe('default');
  expect(scenarios.map(({ id, tasks, measurement }) => [id, tasks, measurement.rounds])).toEqual([
    ['waiting', 100, 3],
    ['computing cpuMs=1', 20, 3],
    ['computing cpuMs=4', 20, 3],
  ]);
  expect(scenarios[0]!.params.waitMs).toBe(20);
  expect(scenarios[1]).toMatchObject({
    axis: { name: 'param.cpuMs', value: 1 },
    baseline: 'limited',
    inFlight: 20,
    origin: null,
    workload: { needsCalibration: true, requestsPerTask: 0 },
  });
});

test('targets are suites, their scenarios, workloads; the same one twice is once', async () => {
  const names = async (...targets: string[]) => (await plan({ targets })).scenarios.map(({ id }) => id);
  expect(await names('waiting')).toEqual(['waiting']);
  expect(await names('waiting', 'cpu', 'cpu')).toEqual(['waiting', 'cpu']);
  expect(await names('waiting', 'default')).toEqual(['waiting', 'computing cpuMs=1', 'computing cpuMs=4']);
});

type Ids = [input: PlanInput, ids: string[]][];
const variants: Ids = [
  [{ executors: ['limited', 'queue'], threads: [1, 2] }, ['limited', 'queue threads=1', 'queue threads=2']],
  [{ executors: ['queue'], threads: [2, 2] }, ['queue']],
  [
    { executors: ['sequential', 'limited', 'queue'], inFlight: [2, 16] },
    ['sequential', 'limited in-flight=2', 'limited in-flight=16', 'queue in-flight=2', 'queue in-flight=16'],
  ],
  [
    { executors: ['queue', 'piscina'], threads: [1, 2], options: { atomics: ['sync', 'async'] } },
    [
      'queue threads=1',
      'queue threads=2',
      'piscina atomics=sync threads=1',
      'piscina atomics=sync threads=2',
      'piscina atomics=async threads=1',
      'piscina atomics=async threads=2',
    ],
  ],
  [
    { executors: ['batched'], options: { batchSize: [5, 50] } },
    ['batched batchSize=5', 'batched batchSize=50'],
  ],
];

test.each(variants)('%j makes the variants %j', async (input, ids) => {
  const [scenario] = (await plan({ targets: ['http'], ...input })).scenarios;
  expect(scenario!.executors.map(({ id }) => id)).toEqual(ids);
});

test('variants lie along one axis, and those that cannot vary have no place on it', async () => {
  const [scenario] = (await plan({ targets: ['http'], executors: ['limited', 'queue'], threads: [1, 2] }))
    .scenarios;
  expect(scenario!.executors.map(({ axis }) => axis)).toEqual([
    null,
    { name: 'threads', value: 1 },
    { name: 'threads', value: 2 },
  ]);
  const options: PlanInput = { executors: ['limited', 'batched'], options: { batchSize: [5, 50] } };
  const [batches] = (await plan({ targets: ['http'], ...options })).scenarios;
  expect(batches!.executors.map(({ axis }) => axis?.value ?? null)).toEqual([null, 5, 50]);
});

test('tasks and numbers make scenarios', async () => {
  const { scenarios } = await plan({
    targets: ['http'],
    tasks: [50, 100],
    params: { waitMs: [1, 5] },
  });
  expect(scenarios.map(({ name, id, tasks, axis }) => [name, id, tasks, axis?.name])).toEqual([
    ['http', 'http tasks=50 waitMs=1', 50, 'tasks'],
    ['http', 'http tasks=50 waitMs=5', 50, 'tasks'],
    ['http', 'http tasks=100 waitMs=1', 100, 'tasks'],
    ['http', 'http tasks=100 waitMs=5', 100, 'tasks'],
  ]);
  expect(scenarios.map(({ inFlight }) => inFlight)).toEqual([50, 50, 64, 64]);
});

test('text is read as what the parameter wants', async () => {
  const params = { waitMs: '2.5', headers: '{"accept":"text/html"}', path: '{"a":1}' };
  const [scenario] = (await plan({ targets: ['http'], params })).scenarios;
  expect(scenario!.params).toMatchObject({ waitMs: 2.5, headers: { accept: 'text/html' }, path: '{"a":1}' });
  const options: PlanInput = { executors: ['piscina'], options: { stricterFIFO: 'false' } };
  const [other] = (await plan({ targets: ['http'], ...options })).scenarios;
  expect(other!.executors[0]!.options.stricterFIFO).toBe(false);
});

test('what an executor really runs at once comes from the executor', async () => {
  const concurrency = async (target: string) => {
    const { scenarios } = await plan({
      targets: [target],
      tasks: 100,
      inFlight: 8,
      executors: ['promise-all'],
    });
    return scenarios[0]!.executors[0]!.concurrency;
  };
  expect([await concurrency('http'), await concurrency('cpu')]).toEqual([8, 100]);
});

test('the baseline is a variant, by its id or its name', async () => {
  const baseline = async (input: PlanInput) =>
    (await plan({ targets: ['http'], ...input })).scenarios[0]!.baseline;
  expect(await baseline({ executors: ['limited', 'sequential'] })).toBe('sequential');
  expect(await baseline({ executors: ['limited', 'queue'] })).toBe('limited');
  expect(await baseline({ threads: [1, 2], baseline: 'queue' })).toBe('queue threads=1');
  expect(await baseline({ threads: [1, 2], baseline: 'queue threads=2' })).toBe('queue threads=2');
});

test('a baseline that a scenario lacks gives way there, and it is said', async () => {
  const { scenarios } = await plan({ baseline: 'piscina' });
  expect(scenarios.map(({ baseline, findings }) => [baseline, findings.map(({ code }) => code)])).toEqual([
    ['piscina', []],
    ['limited', ['baseline-missing']],
    ['limited', ['baseline-missing']],
  ]);
});

test("a suite's baseline gives way to other executors", async () => {
  const { scenarios } = await plan({ targets: ['computing'], executors: ['queue', 'piscina'] });
  expect(scenarios.map(({ baseline }) => baseline)).toEqual(['queue', 'queue']);
});

test('threads for executors that have none are warned of', async () => {
  const [scenario] = (await plan({ targets: ['http'], executors: ['limited'], threads: 3 })).scenarios;
  expect(noteCodesOf(scenario!)).toEqual(['threads-unused']);
  expect(scenario!.executors[0]!.inFlight).toBe(64);
});

test('forks may be fixed, and their limits moved', async () => {
  const measurement = async (input: PlanInput) =>
    (await plan({ targets: ['cpu'], ...input })).scenarios[0]!.measurement;
  expect(await measurement({ forks: 3 })).toMatchObject({ forks: 3, minForks: 5, maxForks: 12 });
  expect(await measurement({ maxForks: 2 })).toMatchObject({ minForks: 2, maxForks: 2 });
  expect(await measurement({ minForks: 20 })).toMatchObject({ minForks: 20, maxForks: 20 });
});

test('the library gives scenarios as objects', async () => {
  const scenarios = [{ name: 'mine', title: 'Mine', workload: 'cpu', tasks: 8, executors: all }];
  const { suite, scenarios: planned } = await plan({ scenarios, budgetMs: 500 });
  expect(suite).toBeNull();
  expect(planned[0]).toMatchObject({ id: 'mine', title: 'Mine', tasks: 8, measurement: { budgetMs: 500 } });
});

/** What is wrong; what the message must say: what was wanted, what came, what to do. */
const wrong: [input: object, message: RegExp][] = [
  [
    { targets: ['waitin'] },
    /got "waitin"\. Did you mean waiting\? Expected one of default, waiting, computing, http, cpu/,
  ],
  [{ targets: ['nothing-like-it'] }, /got "nothing-like-it". A module of your own is given by its path/],
  [{ targets: ['./none.js'] }, /\.\/none\.js: expected a file, got none at this path\. Check/],
  [{ executors: ['quue'] }, /executors: got "quue"\. Did you mean queue\? Expected one of sequential, .*/],
  [{ executors: [] }, /executors: expected a list of names, got \[\]\. Write for example/],
  [{ executors: ['queue', 'queue'] }, /expected each executor once, got "queue twice"/],
  [{ tasks: 0 }, /tasks: expected a whole number from 1 to 10,000,000, got 0\. Write for example tasks: 100/],
  [{ tasks: 2e7 }, /from 1 to 10,000,000, got 20000000/],
  [{ threads: [1, 1.5] }, /threads: expected a whole number from 1 to 1,024, got 1\.5/],
  [{ threads: [] }, /threads: expected at least one value, got nothing/],
  [{ threads: 1025 }, /got 1025/],
  [{ inFlight: Number.NaN }, /inFlight: expected a whole number from 1 to 1,000,000, got NaN/],
  [{ forks: 0 }, /forks: expected .* got 0/],
  [{ rounds: '5' }, /rounds: expected a whole number .*, got "5"/],
  [{ precision: 1 }, /precision: expected a share above 0 and below 1, got 1/],
  [{ precision: 0 }, /precision: .* got 0/],
  [{ budgetMs: 0 }, /budgetMs: expected a duration above 0, at most 24 h, got 0/],
  [{ taskTimeoutMs: 0.5 }, /taskTimeoutMs: expected a duration from 1 ms to 24 h, got 0\.5/],
  [{ maxFailed: 1.1 }, /maxFailed: expected a share from 0 to 1, or a bound such as failed<1%, got 1\.1/],
  [{ maxFailed: 'p99<1s' }, /maxFailed: expected a share from 0 to 1, or a bound such as failed<1%/],
  [{ maxFailed: 'failed>1%' }, /maxFailed: expected a share from 0 to 1/],
  [{ load: '500' }, /load: expected batch, rate=N\/s, .*, got "500"\. Write for example load: 'rate=500\/s'/],
  [{ load: 'rate=500' }, /load: expected batch, rate=N\/s/],
  [{ load: 'rate=0/s' }, /load: expected rates from 0\.1\/s to 1,000,000\/s/],
  [{ load: 'rate=9..3/s' }, /load: expected a sweep from a lower to a higher rate/],
  [{ load: 'rate=1..3/s:1' }, /load: expected 2 to 50 points/],
  [{ load: 'rate=5/s:3' }, /load: expected a number of points after a sweep only/],
  [{ durationMs: 5 }, /durationMs: expected a duration from 10 ms to 30 min, got 5/],
  [
    { durationMs: 1_000, tasks: 5 },
    /either a number of tasks or a duration, got tasks 5 and a duration of 1 s/,
  ],
  [{ load: 'rate=1000000/s', durationMs: 60_000 }, /at most 10,000,000 tasks in a trial, got 60,000,000/],
  [
    { slo: 'p99<50ms' },
    /slo: expected a latency objective with a rate or a duration only, got p99 in a batch/,
  ],
  [{ slo: 'p98<50ms' }, /slo: expected one of mean, p50, .*, got "p98"/],
  [{ equivalence: 0.6 }, /equivalence: expected a share from 0\.1 % to 50 %, got 0\.6/],
  [{ maxBacklog: 0 }, /maxBacklog: expected a whole number from 1/],
  [{ seed: -1 }, /seed: expected a whole number from 0 to 4,294,967,295, got -1/],
  [{ minForks: 9, maxForks: 3 }, /minForks: expected at most maxForks, 3, got 9/],
  [{ baseline: 'qeue', threads: [1, 2] }, /baseline: got "qeue"\. Did you mean queue\? Expected one of .*/],
  [{ baseline: 'non' }, /baseline: expected one of sequential, .*, got "non"\. Add it/],
  [{ params: { waitms: 5 } }, /params: got "waitms"\. Did you mean waitMs\? Expected one of waitMs, .*/],
  [
    { params: { waitMs: -1 } },
    /parameter waitMs of http: expected a number from 0 to 60000, got -1\. Leave it out for 50/,
  ],
  [{ params: { waitMs: '0x10' } }, /waitMs of http: .* got "0x10"/],
  [{ params: { client: 'curl' } }, /client of http: expected one of request, fetch, got "curl"/],
  [{ params: { headers: { a: 1 } } }, /expected headers to be .*, got \{"a":1\}/],
  [{ params: { headers: 'accept' } }, /headers of http: expected a JSON object of texts, got "accept"/],
  [{ options: { batchsize: 5 } }, /options: got "batchsize"\. Did you mean batchSize\? Expected one of .*/],
  [
    { options: { batchSize: 0 } },
    /option batchSize of batched: expected a whole number from 1 to 100, got 0/,
  ],
  [
    { executors: ['limited'], options: { batchSize: 5 } },
    /options: expected nothing, got "batchSize"\. No chosen/,
  ],
  [{ thread: 2 }, /thread: got "thread"\. Did you mean threads\? Expected one of .*/],
  [
    { targets: undefined, scenarios: [{ workload: 'cpu' }] },
    /name of a scenario: expected a name, got nothing/,
  ],
  [{ targets: undefined, scenarios: [{ name: 'a' }] }, /scenario a: workload: expected a name, got nothing/],
  [{ targets: undefined, scenarios: [{ name: 'a', workload: 'cpuu' }] }, /got "cpuu"\. Did you mean cpu/],
  [
    { targets: undefined, scenarios: [{ name: 'a', workload: 'cpu', tasks: -1 }] },
    /scenario a: tasks: expected .*, got -1/,
  ],
  [
    { targets: undefined, scenarios: [{ name: 'a', workload: 'cpu', params: { cpums: 1 } }] },
    /parameter of cpu: got "cpums"\. Did you mean cpuMs\? Expected one of cpuMs/,
  ],
  [
    {
      targets: undefined,
      scenarios: [{ name: 'a', workload: 'cpu', executors: ['queue'], baseline: 'limited' }],
    },
    /scenario a: baseline: expected one of queue, got "limited"/,
  ],
  [
    { targets: ['cpu'], scenarios: [{ name: 'cpu', workload: 'cpu' }] },
    /scenarios: expected a different name for each, got "cpu" twice/,
  ],
];

test.each(wrong)('%j is refused', async (input, message) => {
  const refused = plan({ targets: ['http'], ...input } as PlanInput);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toBeInstanceOf(UsageError);
});

test('a rate makes a trial of as many tasks as are due in a second, or in the duration, or as many as asked', async () => {
  const tasksOf = async (input: PlanInput) =>
    (await plan({ targets: ['http'], ...input })).scenarios[0]!.tasks;
  expect(await tasksOf({ load: 'rate=500/s' })).toBe(500);
  expect(await tasksOf({ load: 'rate=30/m' })).toBe(1);
  expect(await tasksOf({ load: 'rate=500/s', durationMs: 4_000 })).toBe(2_000);
  expect(await tasksOf({ load: 'rate=500/s', tasks: 60 })).toBe(60);
  expect(await tasksOf({ durationMs: 4_000 })).toBeNull();
});

test('several rates are variants along the axis rate, each with its load', async () => {
  const { scenarios } = await plan({ targets: ['http'], load: 'rate=400,100/s,poisson', maxBacklog: 50 });
  expect(scenarios.map(({ id, axis, load }) => ({ id, axis, load }))).toEqual(
    [100, 400].map(perSecond => ({
      id: `http rate=${perSecond}`,
      axis: { name: 'rate', value: perSecond },
      load: { kind: 'rate', perSecond, arrivals: 'poisson', maxBacklog: 50 },
    })),
  );
});

test('a load that says how long a trial takes has a budget for five forks, unless one is asked for', async () => {
  const budgetOf = async (input: PlanInput) =>
    (await plan({ targets: ['http'], executors: ['limited', 'queue'], ...input })).scenarios[0]!.measurement
      .budgetMs;
  // 6 forks × 2 executors × (1 s cold + 2 × 10 s + 1 s to start).
  expect(await budgetOf({ durationMs: 10_000 })).toBe(264_000);
  expect(await budgetOf({ load: 'rate=500/s' })).toBe(48_000);
  // 5 rounds of 200 tasks make the 1,000 that p99 needs; 5 of 100 do not, and there are no more.
  expect(await budgetOf({ load: 'rate=200/s' })).toBe(84_000);
  expect(await budgetOf({ load: 'rate=100/s' })).toBe(84_000);
  expect(await budgetOf({ durationMs: 100 })).toBe(20_000);
  expect(await budgetOf({ durationMs: 10_000, budgetMs: 5_000 })).toBe(5_000);
});

test('equivalence sets the precision to half of it, unless that is asked for', async () => {
  const measurementOf = async (input: PlanInput) =>
    (await plan({ targets: ['http'], ...input })).scenarios[0]!.measurement;
  expect(await measurementOf({ equivalence: 0.02 })).toMatchObject({ equivalence: 0.02, precision: 0.01 });
  expect(await measurementOf({ equivalence: 0.02, precision: 0.05 })).toMatchObject({ precision: 0.05 });
});

test('a note of what promise-all does in a load without an end', async () => {
  const codesOf = async (input: PlanInput) =>
    (await plan({ targets: ['http'], ...input })).scenarios[0]!.findings.map(({ code }) => code);
  expect(await codesOf({ load: 'rate=200/s' })).toEqual([]);
  expect(await codesOf({ durationMs: 1_000 })).toEqual(['repeated-batches']);
  expect(await codesOf({ durationMs: 1_000, executors: ['limited'] })).toEqual([]);
});

test('an objective and a bound of failures are predicates', async () => {
  const [scenario] = (
    await plan({
      targets: ['http'],
      load: 'rate=500/s',
      slo: 'p99 < 0.05s, failed<=1%',
      maxFailed: 'failed<2%',
    })
  ).scenarios;
  expect(scenario!.slo).toEqual([
    { metric: 'p99', operator: '<', value: 50 },
    { metric: 'failed', operator: '<=', value: 0.01 },
  ]);
  expect(scenario!.maxFailed).toEqual({ metric: 'failed', operator: '<', value: 0.02 });
});

test('a scenario that is asked for in another load keeps neither its number of tasks nor its budget', async () => {
  const spec = { name: 'mine', workload: 'http', tasks: 48, budgetMs: 5_000, executors: ['limited'] };
  const byRate = (await plan({ scenarios: [spec], load: 'rate=500/s' })).scenarios[0]!;
  expect([byRate.tasks, byRate.measurement.budgetMs]).toEqual([500, 24_000]);
  const asked = (await plan({ scenarios: [spec], load: 'rate=500/s', tasks: 60 })).scenarios[0]!;
  expect(asked.tasks).toBe(60);
  const own = (await plan({ scenarios: [{ ...spec, load: 'rate=500/s' }] })).scenarios[0]!;
  expect([own.tasks, own.measurement.budgetMs]).toEqual([48, 5_000]);
});

test('the limit in flight is the same along a sweep of rates, and every figure of a plan is a number', async () => {
  const { scenarios } = await plan({ targets: ['http'], load: 'rate=5,500/s' });
  expect(scenarios.map(({ inFlight }) => inFlight)).toEqual([64, 64]);
  const lasting = await plan({ targets: ['cpu'], executors: all, durationMs: 1_000 });
  const [scenario] = lasting.scenarios;
  expect(scenario!.executors.map(({ id, concurrency }) => [id, concurrency])).toEqual([
    ['sequential', 1],
    ['promise-all', 64],
    ['limited', 64],
    ['batched', 64],
    ['queue', 64],
    ['piscina', 64],
  ]);
  expect(JSON.parse(JSON.stringify(lasting))).toEqual(lasting);
});

test('a variant says what it has in common with others, along the axis and whatever its threads', async () => {
  const { scenarios } = await plan({
    targets: ['http'],
    executors: ['limited', 'queue'],
    threads: [1, 2],
    inFlight: [8, 16],
  });
  const said = scenarios[0]!.executors.map(({ id, label, series, axis }) => [
    id,
    label,
    series,
    axis?.value ?? null,
  ]);
  expect(said).toEqual([
    ['limited in-flight=8', 'limited in-flight=8', 'limited in-flight=8', null],
    ['limited in-flight=16', 'limited in-flight=16', 'limited in-flight=16', null],
    ['queue threads=1 in-flight=8', 'queue in-flight=8', 'queue in-flight=8', 1],
    ['queue threads=1 in-flight=16', 'queue in-flight=16', 'queue in-flight=16', 1],
    ['queue threads=2 in-flight=8', 'queue in-flight=8', 'queue in-flight=8', 2],
    ['queue threads=2 in-flight=16', 'queue in-flight=16', 'queue in-flight=16', 2],
  ]);
});

test('what the table of settings calls the default is what a plan has', async () => {
  const { measurement, taskTimeoutMs, maxFailed, load } = (
    await plan({ targets: ['http'], load: 'rate=10/s' })
  ).scenarios[0]!;
  const { minForks, maxForks, rounds, precision } = measurement;
  const said = (field: keyof typeof SETTINGS) => SETTINGS[field].usual!;
  expect({ taskTimeoutMs, maxFailed: maxFailed.value, minForks, maxForks, rounds, precision }).toEqual({
    taskTimeoutMs: durationMsOrText(said('taskTimeoutMs')),
    maxFailed: shareOrText(said('maxFailed')),
    minForks: Number(said('minForks')),
    maxForks: Number(said('maxForks')),
    rounds: Number(said('rounds')),
    precision: shareOrText(said('precision')),
  });
  expect(`${minForks} to ${maxForks}`).toBe(said('forks'));
  expect(load).toMatchObject({ maxBacklog: Number(said('maxBacklog')) });
  const [unhurried] = (await plan({ targets: ['http'] })).scenarios;
  const { budgetMs, mostBudgetMs } = unhurried!.measurement;
  expect(said('budgetMs').split(' to ').map(durationMsOrText)).toEqual([budgetMs, mostBudgetMs]);
  expect(unhurried!.inFlight).toBe(Number(said('inFlight')));
});

test.each([
  [
    { targets: 'http' },
    /^targets: expected a list of names or paths, got "http"\. Write for example \['http'\]/,
  ],
  [{ targets: [7] }, /^targets: expected a list of names or paths/],
  [{ scenarios: ['http'] }, /^scenarios: expected a list of scenarios/],
  [{ ca: 7 }, /^ca: expected .*, got 7/],
  [{ remoteRate: {} }, /^remoteRate: expected /],
])('input that is no type of its property is refused: %j', async (input, message) => {
  await expect(plan(input)).rejects.toThrow(message);
  await expect(plan(input)).rejects.toThrow(UsageError);
});
