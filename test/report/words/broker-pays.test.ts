import { expect, it } from 'vitest';
import { PROCESSES } from '../../../src/executors/capabilities.js';
import { brokerNotes, brokerNotesAlong, brokerPaysFromMs } from '../../../src/report/words/broker-pays.js';
import { tuneWords } from '../../../src/report/words/tune.js';
import type { Broker } from '../../../src/schema/index.js';
import { makeExecutor, makeScenario } from '../../support/report-fixture.js';
import { LOOP, tuneReport } from '../../support/tune-fixture.js';

const CAPABILITIES = { ...PROCESSES, hasBroker: true };
const BROKER: Broker = {
  backend: 'any',
  engine: 'redis',
  version: '7.0.15',
  url: null,
  settings: { appendonly: 'yes' },
  packages: {},
};
const HERE = { cores: 2, brokers: [BROKER] };

const limited = () => makeExecutor({ cpuMsPerTask: 1, perSecond: 1_000 });
const bullmq = (threads = 2, cpuMsPerTask = 1.4) =>
  makeExecutor({
    name: 'bullmq',
    capabilities: CAPABILITIES,
    threads,
    cpuMsPerTask,
    perSecond: 1_250,
    loop: { ...makeExecutor().loop!, utilization: 0.125 },
  });
const run = (...executors: ReturnType<typeof makeExecutor>[]) => makeScenario({ executors });

it('with n workers a job has to compute its cost ÷ (n − 1), and as long as the controller is busy for it', () => {
  expect(brokerPaysFromMs({ overheadMs: 0.6, controllerMs: 0.1 }, 2)).toBe(0.6);
  expect(brokerPaysFromMs({ overheadMs: 0.6, controllerMs: 0.1 }, 4)).toBeCloseTo(0.2, 12);
  expect(brokerPaysFromMs({ overheadMs: 0.6, controllerMs: 0.1 }, 16)).toBe(0.1);
  expect(brokerPaysFromMs({ overheadMs: 0.6, controllerMs: 0.1 }, 1)).toBeNull();
});

it('says what a task costs more through a broker, which one, and from what size on that is gained', () => {
  expect(brokerNotes(run(limited(), bullmq()), HERE).map(({ text }) => text)).toEqual([
    'a task costs 400 µs more CPU time in `bullmq` than in `limited`: on 2 workers through Redis 7.0 (appendonly) a broker pays above about 400 µs of computing per task',
  ]);
});

it('counts cores where there are fewer of them than workers', () => {
  const [note] = brokerNotes(run(limited(), bullmq(8)), { ...HERE, cores: 4 });
  expect(note!.text).toMatch(/on 4 cores .* pays above about 133 µs/);
});

it('counts the cores of the machines where workers are', () => {
  const worker = { host: 'one', cores: 4, node: 'v24', threads: 4, concurrency: 1 };
  const workers = [worker, worker].map(one => ({ ...one, clockOffsetMs: 0, clockErrorMs: 0 }));
  const [note] = brokerNotes(run(limited(), bullmq(5)), { cores: 2, brokers: [{ ...BROKER, workers }] });
  // The controller is busy for 100 µs a job, as long as five workers take for it.
  expect(note!.text).toMatch(/on 5 workers .* pays above about 100 µs/);
});

it('names the one of several brokers that its tasks went through', () => {
  const other: Broker = {
    ...BROKER,
    backend: 'postgres',
    engine: 'postgres',
    version: '15.18',
    settings: {},
  };
  const brokers = [{ ...BROKER, settings: {} }, other];
  const through = ['any', 'postgres'].map(backend => ({ id: backend, options: { backend } }));
  const executors = through.map(variant => ({ ...bullmq(), variant: { ...bullmq().variant, ...variant } }));
  const texts = brokerNotes(run(limited(), ...executors), { cores: 2, brokers }).map(({ text }) => text);
  expect(texts[0]).toContain('on 2 workers through Redis 7.0 a broker');
  expect(texts[1]).toContain('on 2 workers through PostgreSQL 15.18 a broker');
});

it('says of one worker that it never pays', () => {
  const [note] = brokerNotes(run(limited(), bullmq(1)), HERE);
  expect(note!.text).toMatch(/with one worker through Redis 7.0 .* a broker does no more than the loop$/);
});

it.each([
  ['no executor goes through a broker', run(limited(), makeExecutor({ name: 'queue', cpuMsPerTask: 3 }))],
  ['there is no loop beside it', run(bullmq())],
  ['a task costs no more in it', run(limited(), bullmq(2, 0.9))],
  ['its trials are cold', run(limited(), { ...bullmq(), coldOnly: true })],
  ['it is INVALID', run(limited(), { ...bullmq(), validity: 'INVALID' })],
])('says nothing where %s', (_, result) => {
  expect(brokerNotes(result, HERE)).toEqual([]);
});

it.each(['cold', 'not warm', 'no steady state'] as const)('says nothing of code that is %s', state => {
  const result = run(limited(), bullmq());
  expect(brokerNotes({ ...result, steadiness: { ...result.steadiness, state } }, HERE)).toEqual([]);
});

it('gives the span of it along an axis, once for each executor', () => {
  const places = [bullmq(2, 1.3), bullmq(2, 1.4)].map(executor => run(limited(), executor));
  expect(brokerNotesAlong(places, HERE).map(({ text }) => text)).toEqual([
    '`bullmq ×2`, on 2 workers through Redis 7.0 (appendonly) a broker pays above 300 µs to 400 µs of computing per task',
  ]);
});

const POINT = { ...LOOP, id: 'bullmq threads=2', executor: 'bullmq', workers: 2, hasBroker: true as const };

/** A search that saw bullmq do so many tasks a second, in a screen. */
function tuned(perSecond: number, bound: number) {
  const before = tuneReport();
  const tune = before.tune!;
  const screen = { phase: 'screen' as const, logs: { [POINT.id]: [Math.log(perSecond), null] }, unfit: [] };
  const alone = { ...tune.alone!, cpuMs: 1 };
  const seen = { id: POINT.id, state: 'behind' as const, ratio: 0.5 };
  const answer = { ...tune.answer!, standings: [...tune.answer!.standings, seen] };
  const found = {
    ...tune,
    answer,
    alone,
    points: [...tune.points, { ...POINT, bound }],
    forks: [...tune.forks, screen],
  };
  const report = {
    ...before,
    tune: found,
    brokers: [BROKER],
    environment: { ...before.environment, cores: 2 },
  };
  return tuneWords(report, found).sentences.find(text => text.includes('broker'));
}

it('a tune says it of what it saw the best point through a broker do', () => {
  expect(tuned(1_250, 2_000)).toBe(
    '`bullmq`: on 2 workers through Redis 7.0 (appendonly) a broker pays above about 600 µs of computing per task',
  );
});

it('a tune whose tasks wait says at most from when, and nothing where there is no broker', () => {
  expect(tuned(1_250, 1_300)).toContain('pays above 600 µs or less of computing');
  const { tune, ...report } = tuneReport();
  expect(tuneWords({ ...report, tune }, tune!).sentences.join()).not.toContain('broker');
});
