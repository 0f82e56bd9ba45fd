import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/analysis/run-differences.js';
import { differenceNotes } from '../../src/report/words/run-differences.js';
import type { Broker, Environment, ExecutorVariant, Report, Scenario } from '../../src/schema/index.js';
import { makeMeasurement, withPlan, withVariant } from '../support/report-fixture.js';
import { ratiosScenario, runOf } from '../support/runs-fixture.js';

const plain = ratiosScenario({ queue: 2 });
const workload = { ...plain.scenario.workload, contents: 'a1', argsContents: 'a0' };
const scenario = withPlan(plain, { workload });
const base = runOf([scenario]);
const found = (next: Report) => differencesOf(base, next).filter(({ code }) => code !== 'time-between');
const codes = (next: Report) => found(next).map(({ code, isGrave }) => `${isGrave ? 'grave ' : ''}${code}`);

it('two runs of the same thing differ in nothing', () => {
  expect(found(runOf([ratiosScenario({ queue: 2.2 })]))).toEqual([]);
});

describe('of the machine', () => {
  const environment: readonly (readonly [string, Partial<Environment>])[] = [
    ['grave cpu-model', { cpuModel: 'Another CPU' }],
    ['grave platform', { arch: 'arm64' }],
    ['grave cores', { cores: 4 }],
    ['grave cgroup-cores', { cgroupCores: 1.5 }],
    ['grave available-cores', { availableParallelism: 1 }],
    ['grave node-major', { node: 'v22.20.2' }],
    ['node', { node: 'v20.21.0' }],
    ['os-release', { osRelease: '6.2.0' }],
    ['memory', { memoryBytes: 16_000_000_000 }],
    ['load-average', { loadAverage1m: 1.4 }],
    ['steal', { stealShare: 0.05 }],
    ['governor', { governor: 'powersave' }],
    ['uv-threads', { uvThreadpoolSize: 8 }],
    ['node-options', { nodeOptions: '--max-old-space-size=99' }],
    ['package', { versions: { 'threads-vs-loop': '0.1.0', undici: '7.30.2', piscina: '5.4.0' } }],
    ['kernel-speed', { cpuIterationsPerMs: 300_000 }],
  ];
  it.each(environment)('%s', (code, environment) => {
    expect(codes(runOf([scenario], { environment }))).toEqual([code]);
  });

  it('what is within a machine’s moods, or known of one run alone, is none', () => {
    const environment = {
      loadAverage1m: 0.8,
      stealShare: null,
      cpuIterationsPerMs: null,
      cpuModel: ' Example CPU @ 2.80GHz ',
      versions: { 'threads-vs-loop': '0.1.0' },
    };
    expect(codes(runOf([scenario], { environment }))).toEqual([]);
  });
});

describe('of a broker', () => {
  const broker: Broker = {
    ...{ backend: 'any', engine: 'redis', version: '7.0.15', url: null, roundTripMs: 0.04 },
    ...{ settings: {}, packages: { bullmq: '6.7.0' } },
  };
  const runBy = (one: Broker) => runOf([scenario], { brokers: [one] });
  const codesOf = (next: Broker) =>
    differencesOf(runBy(broker), runBy(next)).flatMap(({ code, isGrave }) =>
      code === 'time-between' ? [] : [`${isGrave ? 'grave ' : ''}${code}`],
    );

  it('that it is farther away', () => {
    expect(codesOf({ ...broker, rttMs: 1, roundTripMs: 1.1 })).toEqual(['grave broker']);
  });

  it('how fast it answered on that day is none', () => {
    expect(codesOf({ ...broker, roundTripMs: 0.05 })).toEqual([]);
  });
});

describe('of a scenario', () => {
  const plans: readonly (readonly [string, Partial<Scenario>])[] = [
    ['grave workload', { workload: { ...scenario.scenario.workload, name: 'mixed' } }],
    ['grave params', { params: { cpuMs: 6 } }],
    ['grave payload', { payloadBytes: 64_000 }],
    ['grave load', { load: { kind: 'duration', durationMs: 1_000 } }],
    ['grave tasks', { tasks: 100 }],
    ['grave in-flight', { inFlight: 16 }],
    ['grave warmup', { measurement: makeMeasurement({ warmup: { kind: 'none' } }) }],
    ['grave task-timeout', { taskTimeoutMs: 1_000 }],
    ['grave expected-failures', { expectedFailures: ['http-503'] }],
    ['grave remote', { remote: { requests: [], perSecond: 20, total: null } }],
    ['rounds', { measurement: makeMeasurement({ rounds: 9 }) }],
    ['equivalence', { measurement: makeMeasurement({ equivalence: 0.5 }) }],
    ['max-failed', { maxFailed: { metric: 'failed', operator: '<=', value: 0.5 } }],
    ['budget', { measurement: makeMeasurement({ budgetMs: 1 }) }],
    ['precision', { measurement: makeMeasurement({ precision: 0.2 }) }],
    ['objective', { slo: [{ metric: 'p99', operator: '<', value: 5 }] }],
    ['grave args', { workload: { ...scenario.scenario.workload, argsContents: 'b0' } }],
    ['code', { workload: { ...scenario.scenario.workload, contents: 'b1' } }],
    ['module', { workload: { ...scenario.scenario.workload, moduleUrl: './elsewhere.mjs' } }],
  ];
  it.each(plans)('%s', (code, more) => {
    expect(codes(runOf([withPlan(scenario, more)]))).toEqual([code]);
  });

  it('what an earlier version did not tell, and commits of which one is unknown, are no difference', () => {
    expect(codes(runOf([plain], { commit: 'c1' }))).toEqual([]);
  });

  it('commits are told, of the checkout and of a revision', () => {
    const at = (commit: string) => {
      const executors = scenario.scenario.executors.map(one => ({
        ...one,
        revision: { name: 'HEAD', commit },
      }));
      return runOf([withPlan(scenario, { executors })], { commit });
    };
    const differences = differencesOf(at('c1'), at('c2')).filter(({ code }) => code !== 'time-between');
    expect(differences.map(({ code }) => code)).toEqual(['revision', 'revision', 'commit']);
    expect(differenceNotes(differences).map(({ text }) => text)).toEqual([
      'commit of the revision c1 → c2 in computing (limited) and c1 → c2 in computing (queue)',
      'commit c1 → c2',
    ]);
  });

  it('the order of parameters is no difference', () => {
    const one = runOf([withPlan(scenario, { params: { cpuMs: 5, size: 1 } })]);
    const other = runOf([withPlan(scenario, { params: { size: 1, cpuMs: 5 } })]);
    expect(differencesOf(one, other).filter(({ code }) => code === 'params')).toEqual([]);
  });

  const variants: readonly (readonly [string, Partial<ExecutorVariant>])[] = [
    ['grave executor-module', { name: './my-queue.ts' }],
    ['grave executor-options', { options: { batchSize: 2 } }],
    ['grave executor-options', { results: 'keep' }],
    ['grave executor-threads', { threads: 8 }],
    ['grave executor-in-flight', { inFlight: 8 }],
    ['grave executor-params', { params: { lib: 'marked' } }],
    ['grave executor-uv-threads', { uvThreads: 8 }],
    ['grave executor-call', { sync: true }],
  ];
  it.each(variants)('%s of an executor', (code, more) => {
    const executors = scenario.scenario.executors.map(one =>
      one.id === 'queue' ? { ...one, ...more } : one,
    );
    const next = runOf([withPlan(scenario, { executors })]);
    expect(codes(next)).toEqual([code]);
    expect(found(next)[0]).toMatchObject({ scenario: 'computing', executor: 'queue' });
  });

  it('an executor that only one run has differs in nothing', () => {
    const executors = scenario.executors.filter(({ variant }) => variant.id !== 'queue');
    const renamed = [...executors, withVariant(scenario.executors[1]!, { id: 'other' })];
    const next = withPlan(scenario, { executors: renamed.map(({ variant }) => variant) });
    expect(codes(runOf([next]))).toEqual([]);
  });
});

it('the time between is from the end of the one to the start of the other, whichever is named first', () => {
  const later = runOf([scenario], { startedAt: '2025-11-20T21:01:01.200Z' });
  const betweenOf = (a: Report, b: Report) =>
    differencesOf(a, b).find(({ code }) => code === 'time-between')?.next;
  expect(betweenOf(base, later)).toBe(3_600_000);
  expect(betweenOf(later, base)).toBe(3_600_000);
  expect(betweenOf(base, base)).toBe(-61_200);
});

it('grave ones come first', () => {
  const next = runOf([withPlan(scenario, { tasks: 1 })], { seed: 8, environment: { osRelease: '7' } });
  expect(codes(next)).toEqual(['grave tasks', 'os-release', 'seed']);
});
