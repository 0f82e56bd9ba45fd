import type { Report, Tune, TuneAnswer, TunePoint, TuneStanding } from '../../src/schema/index.js';
import { makeExecutor, makeReport, makeScenario } from './report-fixture.js';

const RULES = {
  within: 0.03,
  order: ['limited', 'piscina'],
  mostForks: 12,
  confirmForks: 6,
  mostScreened: 50,
};

function point(workers: number, inFlightPerWorker: number, bound: number | null = null): TunePoint {
  const executor = workers === 0 ? 'limited' : 'piscina';
  const inFlight = Math.max(1, workers) * inFlightPerWorker;
  const id = [executor, ...(workers === 0 ? [] : [`threads=${workers}`]), `in-flight=${inFlight}`].join(' ');
  return { id, executor, workers, inFlightPerWorker, uvThreads: null, setting: '', bound, tier: 0 };
}

export const LOOP = point(0, 16, 100);
const POINTS = [
  LOOP,
  point(1, 1, 100),
  point(2, 1, 200),
  point(4, 1, 400),
  point(4, 4, 400),
  point(8, 1, 400),
];
export const [, ONE, TWO, FOUR, FOUR_BY_FOUR, EIGHT] = POINTS.map(({ id }) => id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const standing = (id: string, state: TuneStanding['state'], ratio: number | null = null) => ({
  id,
  state,
  ratio,
});

export const ANSWER: TuneAnswer = {
  choice: FOUR,
  loop: LOOP.id,
  runnerUp: EIGHT,
  toLoop: { median: 3.7, low: 3.6, high: 3.8 },
  toRunnerUp: { median: 1.01, low: 0.99, high: 1.03 },
  standings: [
    standing(LOOP.id, 'bounded', 0.27),
    standing(ONE, 'bounded'),
    standing(TWO, 'behind', 0.52),
    standing(FOUR, 'choice', 1),
    standing(FOUR_BY_FOUR, 'as good', 1.01),
    standing(EIGHT, 'as good', 0.99),
  ],
};

/** A search over a piscina pool, confirmed. */
export function tuneReport(more: Partial<Tune> = {}, other: Partial<Report> = {}): Report {
  const executors = [
    makeExecutor({
      name: 'limited',
      id: LOOP.id,
      perSecond: 100,
      inFlight: 16,
      cpuMsPerTask: 8.1,
      memoryBytes: 5e6,
    }),
    makeExecutor({
      name: 'piscina',
      id: FOUR,
      threads: 4,
      inFlight: 4,
      perSecond: 370,
      cpuMsPerTask: 8.7,
      memoryBytes: 46e6,
      startupMs: 160,
      options: { atomics: 'async', stricterFIFO: true },
    }),
  ];
  const scenario = makeScenario({ name: 'render', title: 'CONFIRMED', executors, kind: 'cpu' });
  const fork = (phase: 'screen' | 'confirm') => ({ phase, logs: { [FOUR]: [5.9, 5.9] }, unfit: [] });
  const tune: Tune = {
    target: './render.ts',
    asked: './render.ts#renderPage',
    module: { file: './render.js', exportName: 'renderPage', isCompiled: true },
    poolFile: null,
    points: POINTS,
    forks: [fork('screen'), ...Array.from({ length: 6 }, () => fork('confirm'))],
    rules: RULES,
    alone: {
      tasks: 20,
      serviceMs: 8.5,
      cpuMs: 8.1,
      parts: { computesMs: 8.1, blocksMs: 0, offThreadMs: 0, childrenMs: 0, waitsMs: 0.4 },
    },
    warmUp: { cpuMs: 2_550, tasks: 300, settled: true, givenMs: 2_500 },
    cores: 8,
    trials: 118,
    elapsedMs: 71_000,
    budgetMs: 90_000,
    hurried: false,
    unscreened: 0,
    answer: ANSWER,
    ...more,
  };
  return { ...makeReport({ scenarios: [scenario] }), tune, ...other };
}
