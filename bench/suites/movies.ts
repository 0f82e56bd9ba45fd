import { articleScenario } from '../../src/articles/scenario.js';
import { defineSuite } from '../../src/settings/suite.js';

const TITLE = 'The primer on asyncio that I wish I had';
/** 44.47 s ÷ 57 pages. */
const PAGE_MS = 780;
const SESSION_CONNECTIONS = 100;
const sleeping = {
  workload: 'timer',
  tasks: 3,
  scaledParams: ['waitMs'],
  executors: ['sync_run', 'gather'],
  baseline: 'sync_run',
  forks: 3,
  rounds: 2,
  warmup: '250ms',
  budgetMs: 3_000,
} as const;

export default defineSuite({
  name: 'movies',
  summary: `article "${TITLE}": 57 pages by one, by 8 processes, all at once; the sweep; parsing`,
  scenarios: [
    articleScenario({
      ...sleeping,
      name: 'chores',
      title: 'CHORES',
      summary: 'wash, cook, bake: three times 60 minutes, a minute being 10 ms',
      params: { waitMs: 600 },
      article: {
        title: TITLE,
        programs: [
          { program: 'one by one', executor: 'sync_run', wallMs: 10_800_000, atOnce: 1 },
          { program: 'interleaved', executor: 'gather', wallMs: 3_600_000, atOnce: 3 },
        ],
      },
    }),
    articleScenario({
      ...sleeping,
      name: 'sleep',
      title: 'SLEEP',
      summary: 'three sleeps of 1 s',
      params: { waitMs: 1_000 },
      timeline: true,
      article: {
        title: TITLE,
        programs: [
          { program: 'sync_run', executor: 'sync_run', wallMs: 3_000, atOnce: 1 },
          { program: 'gather', executor: 'gather', wallMs: 1_000, atOnce: 3 },
        ],
      },
    }),
    articleScenario({
      name: 'movies-pages',
      title: 'MOVIES',
      summary: '57 pages: one after the other, 8 processes, all at once',
      workload: 'http',
      tasks: 57,
      params: { path: '/movies/{index}', waitMs: PAGE_MS },
      scaledParams: ['waitMs'],
      inFlight: SESSION_CONNECTIONS,
      executors: ['sync_run', 'joblib', 'gather'],
      baseline: 'sync_run',
      forks: 3,
      rounds: 1,
      warmup: '250ms',
      budgetMs: 9_000,
      timeline: true,
      article: {
        title: TITLE,
        programs: [
          { program: 'sequential', executor: 'sync_run', wallMs: 44_470, atOnce: 1 },
          { program: 'joblib, 8 processes', executor: 'joblib', wallMs: 9_720, atOnce: 8 },
          { program: 'asyncio', executor: 'gather', atOnce: 57, claim: 'fastest' },
        ],
      },
    }),
    articleScenario({
      name: 'movies-sweep',
      title: 'SWEEP',
      summary: '50 to 450 pages: 8 processes against one loop',
      workload: 'http',
      tasks: [50, 100, 150, 200, 250, 300, 350, 400, 450],
      params: { path: '/movies/{index%57}', waitMs: PAGE_MS },
      scaledParams: ['waitMs'],
      inFlight: SESSION_CONNECTIONS,
      article: {
        title: TITLE,
        tasks: 450,
        programs: [
          { program: 'joblib, 8 processes', executor: 'joblib', atOnce: 8 },
          { program: 'asyncio', executor: 'gather', wallMs: 2_000, atOnce: SESSION_CONNECTIONS },
        ],
      },
      executors: ['joblib', 'gather'],
      baseline: 'joblib',
      forks: 1,
      rounds: 1,
      warmup: '250ms',
      budgetMs: 2_000,
    }),
    articleScenario({
      name: 'movies-parse',
      title: 'PARSE',
      summary: 'each page is parsed when it has come: from which size on do threads pay?',
      workload: 'http',
      // Few pages: parsing has to be warm for what it costs to be seen, and that takes trials.
      tasks: 12,
      params: {
        path: '/movies/{index}',
        waitMs: PAGE_MS,
        result: 'parsed',
        payloadBytes: [10_000, 30_000, 100_000],
      },
      scaledParams: ['waitMs'],
      inFlight: 12,
      executors: ['gather', { executor: 'queue', as: 'queue', threads: 2, inFlight: 12 }],
      baseline: 'gather',
      forks: 3,
      rounds: 4,
      warmup: '250ms',
      budgetMs: 20_000,
    }),
  ],
});
