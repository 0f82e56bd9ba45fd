import { articleScenario } from '../../src/articles/scenario.js';
import { defineSuite } from '../../src/settings/suite.js';

const TITLE = 'Speed up requests: asyncio for requests in Python';
const path = '/todos/{index}';
const PROGRAMS = [
  'synchronous',
  'asynchronous_fail',
  'asynchronous',
  'asynchronous_ordered',
  'asynchronous_ordered_batched',
] as const;

const FAST = 'up to 4 × as fast; can sometimes be better';

/** The article gives no time of a request: 30 ms, and no two alike, so that the order of completion is another. */
const todos = {
  workload: 'http',
  tasks: 199,
  scaledParams: ['waitMs'],
  inFlight: 199,
  baseline: 'synchronous',
  forks: 3,
  rounds: 2,
  warmup: '250ms',
  budgetMs: 5_000,
  timeline: true,
} as const;

export default defineSuite({
  name: 'todos',
  summary: `article "${TITLE}": 199 todos, order and batches; walls, bricks and laundry`,
  scenarios: [
    articleScenario({
      ...todos,
      name: 'todos-programs',
      title: 'TODOS',
      summary: '199 GETs by the five programs: order of results, order of completion',
      params: { path, waitMs: 30, latency: 'uniform', spread: 0.9 },
      executors: PROGRAMS,
      article: {
        title: TITLE,
        programs: [
          { program: 'synchronous', executor: 'synchronous', atOnce: 1 },
          {
            program: 'asynchronous_fail',
            executor: 'asynchronous_fail',
            atOnce: 1,
            ratio: 1,
            claim: 'the same time',
          },
          { program: 'asynchronous', executor: 'asynchronous', ratio: 4, claim: FAST },
          { program: 'asynchronous_ordered', executor: 'asynchronous_ordered', ratio: 4, claim: FAST },
          {
            program: 'asynchronous_ordered_batched',
            executor: 'asynchronous_ordered_batched',
            atOnce: 10,
            ratio: 4,
            claim: 'up to 4 × as fast; fast and stable',
          },
        ],
      },
    }),
    articleScenario({
      ...todos,
      name: 'todos-limit',
      title: 'LIMIT',
      summary: 'an origin that answers 503 past 50 requests at once: all at once, and in batches of 10',
      params: { path, waitMs: 30, limit: 50, overLimit: '503', result: 'status' },
      executors: ['asynchronous_ordered_batched', 'asynchronous_ordered'],
      baseline: 'asynchronous_ordered_batched',
      expectedFailures: ['http-503'],
    }),
    articleScenario({
      name: 'walls',
      title: 'WALLS',
      summary: 'walls that must set: work, then wait',
      workload: 'mixed',
      tasks: 20,
      params: { first: 'compute', waitMs: 200, cpuMs: 2 },
      scaledParams: ['waitMs'],
      executors: ['synchronous', 'asynchronous'],
      baseline: 'synchronous',
      forks: 3,
      rounds: 3,
      warmup: '250ms',
      budgetMs: 4_000,
    }),
    {
      name: 'bricks',
      title: 'BRICKS',
      summary: 'laying bricks: pure computing',
      workload: 'cpu',
      tasks: 20,
      params: { cpuMs: 5 },
      executors: ['synchronous', 'asynchronous', 'nb_threads'],
      baseline: 'synchronous',
      threads: 2,
      forks: 3,
      rounds: 3,
      warmup: '250ms',
      budgetMs: 4_000,
    },
    articleScenario({
      name: 'laundry',
      title: 'LAUNDRY',
      summary: 'wash, then dry, then fold: one chain of requests, and several side by side',
      workload: 'chain',
      tasks: [1, 4],
      params: { steps: 3, waitMs: 200 },
      scaledParams: ['waitMs'],
      executors: ['synchronous', 'asynchronous'],
      baseline: 'synchronous',
      forks: 3,
      rounds: 2,
      warmup: '250ms',
      budgetMs: 3_000,
    }),
  ],
});
