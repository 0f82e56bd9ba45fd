import { expect, test } from 'vitest';
import { findProgram, programNames } from '../../src/articles/programs.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { notesOf } from '../support/sentences.js';
import { catalogue } from './catalogue.js';

const builtIn = async (input: PlanInput) =>
  (await makePlan(input, { defaultThreads: 2, randomSeed: () => 1 })).scenarios;
const planned = async (input: PlanInput) =>
  (await makePlan(input, { catalogue, defaultThreads: 2, randomSeed: () => 1 })).scenarios;

test.each(programNames)('%s, a program of an article, is an executor with options', async name => {
  const [scenario] = await builtIn({ targets: ['timer'], executors: [name] });
  const [variant] = scenario!.executors;
  const program = findProgram(name)!;
  expect(variant).toMatchObject({ id: name, name: program.executor });
  expect(variant!.options).toMatchObject(program.options ?? {});
  if (program.threads !== undefined) expect(variant!.threads).toBe(program.threads);
  if (program.inFlightPerWorker !== undefined) expect(variant!.inFlightPerWorker).toBe(1);
});

test('what a flag says beats what the program has', async () => {
  const [scenario] = await builtIn({
    targets: ['timer'],
    executors: ['joblib', 'asynchronous_ordered_batched', 'nb_threads'],
    threads: 4,
    inFlight: 8,
    options: { batchSize: 3 },
  });
  expect(scenario!.executors.map(({ id, threads, inFlight }) => [id, threads, inFlight])).toEqual([
    ['joblib', 4, 8],
    ['asynchronous_ordered_batched', 1, 8],
    ['nb_threads', 4, 8],
  ]);
  expect(scenario!.executors[1]!.options).toEqual({ batchSize: 3 });
});

test('a program with one task for each worker has that with any number of them', async () => {
  const [scenario] = await builtIn({
    targets: ['timer'],
    executors: ['nb_threads', 'joblib', 'queue'],
    threads: [1, 2, 4],
    inFlight: 4,
    options: {},
  });
  const [given] = await builtIn({
    targets: ['timer'],
    executors: ['nb_threads', 'joblib'],
    threads: [1, 2, 4],
  });
  expect(given!.executors.map(({ threads, inFlight }) => [threads, inFlight])).toEqual([
    [1, 1],
    [2, 2],
    [4, 4],
    [1, 1],
    [2, 2],
    [4, 4],
  ]);
  expect(given!.findings).toEqual([]);
  // What was asked for all is for all.
  expect(new Set(scenario!.executors.map(({ inFlight }) => inFlight))).toEqual(new Set([4]));
});

test('an executor may have settings of its own, under a name of its own', async () => {
  const [scenario] = await builtIn({
    scenarios: [
      {
        name: 'mine',
        workload: 'http',
        inFlight: 100,
        executors: [
          'sequential',
          { executor: 'queue', as: 'five', threads: 5, inFlight: 5 },
          { executor: 'sequential', as: 'fresh', params: { connections: 'fresh' } },
        ],
      },
    ],
  });
  expect(
    scenario!.executors.map(({ id, name, threads, inFlight, params }) => [
      id,
      name,
      threads,
      inFlight,
      params,
    ]),
  ).toEqual([
    ['sequential', 'sequential', 1, 1, {}],
    ['five', 'queue', 5, 5, {}],
    ['fresh', 'sequential', 1, 1, { connections: 'fresh' }],
  ]);
  expect(scenario!.findings).toEqual([]);
  expect(scenario!.baseline).toBe('sequential');
});

test.each<[string, PlanInput, string]>([
  [
    'the same name twice',
    {
      scenarios: [
        { name: 'x', workload: 'timer', executors: ['queue', { executor: 'limited', as: 'queue' }] },
      ],
    },
    'expected each executor once, got "queue twice"',
  ],
  [
    'a setting that no executor has',
    { scenarios: [{ name: 'x', workload: 'timer', executors: [{ executor: 'queue', thread: 1 } as never] }] },
    'expected an executor with executor, as, options, params, threads, inFlight, got "thread"',
  ],
  [
    'a parameter that the workload has not',
    {
      scenarios: [{ name: 'x', workload: 'timer', executors: [{ executor: 'queue', params: { wait: 1 } }] }],
    },
    'parameter of timer: got "wait". Did you mean waitMs? Expected one of waitMs, stepMs',
  ],
  ['an executor that is none', { targets: ['timer'], executors: ['gahter'] }, 'Did you mean gather?'],
  [
    'blocking, where nothing can block',
    { targets: ['dns'], executors: ['blocking'] },
    'expected executors that can run the workload dns, got blocking, which calls taskSync, and dns has none.',
  ],
])('%s is refused', async (_, input, message) => {
  await expect(builtIn(input)).rejects.toThrow(message);
});

test('what a worker can have in flight is its own to limit', async () => {
  const [scenario] = await builtIn({
    targets: ['timer'],
    executors: ['workerpool', 'limited'],
    threads: 2,
    inFlight: 16,
  });
  expect(
    scenario!.executors.map(({ id, inFlight, inFlightPerWorker }) => [id, inFlight, inFlightPerWorker]),
  ).toEqual([
    ['workerpool', 2, 1],
    ['limited', 16, 16],
  ]);
});

test('a way of an option that one executor knows and another does not is left out of the other, and said', async () => {
  const [scenario] = await builtIn({
    targets: ['noop'],
    executors: ['queue', 'poolifier', 'processes', 'limited'],
    payloadBytes: 100,
    options: { payloadBy: ['transfer', 'shared'] },
  });
  expect(scenario!.executors.map(({ id }) => id)).toEqual([
    'queue payloadBy=transfer',
    'queue payloadBy=shared',
    'poolifier',
    'processes',
    'limited',
  ]);
  expect(scenario!.executors[2]!.options).toEqual({ payloadBy: 'shared' });
  expect(scenario!.executors[3]!.options).toEqual({ payloadBy: 'clone' });
  expect(notesOf(scenario!)).toEqual([
    '`poolifier` knows no payloadBy=transfer, and runs without',
    '`processes` knows no payloadBy=transfer,shared, and runs without',
  ]);
  const wrong = builtIn({ targets: ['noop'], executors: ['queue'], options: { payloadBy: 'pigeon' } });
  await expect(wrong).rejects.toThrow(
    'option payloadBy of queue: expected one of clone, transfer, shared, got "pigeon"',
  );
});

test('ways for a payload that there is not are refused', async () => {
  const none = builtIn({
    targets: ['noop'],
    executors: ['queue'],
    options: { payloadBy: ['clone', 'shared'] },
  });
  await expect(none).rejects.toThrow(
    'payloadBytes: expected data to go clone, shared, got none. Write for example payloadBytes: 64_000.',
  );
});

test("threads of libuv's pool make variants", async () => {
  const [scenario] = await planned({ targets: ['http'], executors: ['limited'], uvThreads: [2, 8] });
  expect(scenario!.executors.map(({ id, uvThreads, axis }) => [id, uvThreads, axis])).toEqual([
    ['limited uv-threads=2', 2, { name: 'uvThreads', value: 2 }],
    ['limited uv-threads=8', 8, { name: 'uvThreads', value: 8 }],
  ]);
  expect(
    (await planned({ targets: ['http'], executors: ['limited'] }))[0]!.executors[0]!.uvThreads,
  ).toBeNull();
});

test('sizes of a payload make scenarios along an axis', async () => {
  const scenarios = await planned({
    targets: ['http'],
    executors: ['limited', 'queue'],
    payloadBytes: [0, 64_000],
  });
  expect(scenarios.map(({ id, payloadBytes, axis }) => [id, payloadBytes, axis])).toEqual([
    ['http payload=0', 0, { name: 'payload', value: 0 }],
    ['http payload=64000', 64_000, { name: 'payload', value: 64_000 }],
  ]);
  await expect(planned({ targets: ['http'], payloadBytes: 10_000_001 })).rejects.toThrow(
    'payloadBytes: expected a whole number from 0 to 10,000,000, got 10000001.',
  );
});
