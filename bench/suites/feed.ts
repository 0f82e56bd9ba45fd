import { articleScenario } from '../../src/articles/scenario.js';
import { defineSuite } from '../../src/settings/suite.js';

const TITLE = 'Introduction to using async/await in Python';

const short = {
  scaledParams: ['waitMs'],
  executors: ['synchronous', 'gather'],
  baseline: 'synchronous',
  forks: 3,
  rounds: 2,
  warmup: '250ms',
  budgetMs: 3_000,
} as const;

export default defineSuite({
  name: 'feed',
  summary: `article "${TITLE}": posts and users, blocking calls, counters, threads`,
  scenarios: [
    articleScenario({
      ...short,
      name: 'feed-requests',
      title: 'FEED',
      summary: 'posts and users, 2 s each',
      workload: 'http',
      tasks: 2,
      params: { path: '/{posts|users}', waitMs: 2_000 },
      timeline: true,
      article: {
        title: TITLE,
        programs: [
          {
            program: 'sequential',
            executor: 'synchronous',
            wallMs: 4_000,
            atOnce: 1,
            claim: 'a little above four seconds',
          },
          { program: 'gather', executor: 'gather', atOnce: 2 },
        ],
      },
    }),
    articleScenario({
      ...short,
      name: 'feed-pair',
      title: 'PAIR',
      summary: '1 s and 2 s: the longer one is what all takes',
      workload: 'timer',
      tasks: 2,
      params: { waitMs: 1_000, stepMs: 1_000 },
      scaledParams: ['waitMs', 'stepMs'],
      article: {
        title: TITLE,
        programs: [
          { program: 'sequential', executor: 'synchronous', wallMs: 3_000, atOnce: 1 },
          { program: 'gather', executor: 'gather', wallMs: 2_000, atOnce: 2, claim: 'about 2 s' },
        ],
      },
    }),
    articleScenario({
      ...short,
      name: 'feed-blocking',
      title: 'BLOCKING',
      summary: 'time.sleep in a coroutine: one after the other, and the loop is frozen',
      workload: 'timer',
      tasks: 3,
      params: { waitMs: 1_000 },
      executors: ['synchronous', 'gather', 'time_sleep'],
      timeline: true,
    }),
    {
      name: 'counters',
      title: 'COUNTERS',
      summary: 'two counters that yield every 1,000 counts: the shorter one, started second, is done first',
      workload: 'yield',
      tasks: 2,
      executors: ['synchronous', 'gather', 'time_sleep'],
      baseline: 'synchronous',
      forks: 3,
      rounds: 3,
      warmup: '250ms',
      budgetMs: 5_000,
      timeline: true,
    },
    articleScenario({
      name: 'threads',
      title: 'THREADS',
      summary: 'which thread ran each task: one for promise-all, whatever people say',
      workload: 'timer',
      tasks: 12,
      params: { waitMs: 100 },
      scaledParams: ['waitMs'],
      executors: ['gather', { executor: 'queue', as: 'queue', threads: 3, inFlight: 12 }],
      baseline: 'gather',
      forks: 3,
      rounds: 3,
      warmup: '250ms',
      budgetMs: 5_000,
      timeline: true,
    }),
  ],
});
