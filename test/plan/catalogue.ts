import { LOOP, THREADS } from '../../src/executors/capabilities.js';
import type { Executor } from '../../src/executors/executor.js';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';
import type { Catalogue } from '../../src/plan/catalogue.js';
import type { ParamSpecs } from '../../src/schema/index.js';
import { defineSuite } from '../../src/settings/suite.js';
import { defineWorkload, type Workload } from '../../src/workloads/workload.js';

const never = () => Promise.reject(new Error('a plan runs nothing'));

function executor(name: string, more: Partial<Executor> = {}): Executor {
  return { name, summary: `${name} in short`, capabilities: LOOP, options: {}, start: never, ...more };
}

const piscinaOptions: ParamSpecs = {
  atomics: { kind: 'choice', default: 'async', choices: ['async', 'sync', 'disabled'], summary: 'waiting' },
  stricterFIFO: { kind: 'boolean', default: true, summary: 'order' },
};

const executors: readonly Executor[] = [
  executor('sequential', { maxInFlight: 1 }),
  executor('promise-all', {
    options: {
      onError: { kind: 'choice', default: 'continue', choices: ['continue', 'abort'], summary: '' },
    },
    concurrency: ({ inFlight, tasks, connections }) => (connections ? inFlight : tasks),
  }),
  executor('limited'),
  executor('batched', {
    options: { batchSize: { kind: 'number', default: 10, min: 1, max: 100, integer: true, summary: 'size' } },
  }),
  executor('queue', { capabilities: THREADS }),
  executor('piscina', { capabilities: THREADS, options: piscinaOptions }),
];

const rest = { open: async () => null, task: never, close: async () => {} };

const workloads: readonly Workload[] = [
  defineWorkload({
    name: 'http',
    summary: 'requests',
    kind: 'wait',
    params: {
      waitMs: { kind: 'number', default: 50, min: 0, max: 60_000, summary: 'wait' },
      client: { kind: 'choice', default: 'request', choices: ['request', 'fetch'], summary: 'client' },
      path: { kind: 'text', default: '/', summary: 'path' },
      headers: { kind: 'record', default: {}, summary: 'headers' },
    },
    defaults: { tasks: 200 },
    requestsPerTask: 1,
    origin: ({ waitMs }) => ({ ...PLAIN_ORIGIN, latency: { kind: 'fixed', ms: waitMs } }),
    ...rest,
  }),
  defineWorkload({
    name: 'cpu',
    summary: 'computing',
    kind: 'cpu',
    params: { cpuMs: { kind: 'number', default: 5, min: 0.001, max: 10_000, summary: 'computing' } },
    defaults: { tasks: 20 },
    needsCalibration: true,
    ...rest,
  }),
];

const suites = [
  defineSuite({
    name: 'default',
    summary: 'two scenarios',
    scenarios: [
      { name: 'waiting', summary: 'requests', workload: 'http', params: { waitMs: 10 }, tasks: 100 },
      {
        name: 'computing',
        summary: 'computing',
        workload: 'cpu',
        params: { cpuMs: [1, 4] },
        executors: ['limited', 'queue'],
        baseline: 'limited',
        rounds: 7,
      },
    ],
  }),
];

function find<T extends { name: string }>(things: readonly T[], name: string) {
  const thing = things.find(one => one.name === name);
  return thing && { name, moduleUrl: `file:///built-in/${name}.js`, load: async () => thing };
}

/** The shapes of the real ones with nothing behind them. */
export const catalogue: Catalogue = {
  executorNames: executors.map(({ name }) => name),
  findExecutor: name => find(executors, name),
  usualExecutorNames: executors.map(({ name }) => name),
  workloadNames: workloads.map(({ name }) => name),
  findWorkload: name => find(workloads, name),
  suites: async () => suites,
};
