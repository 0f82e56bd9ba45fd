import { articleScenario } from '../../src/articles/scenario.js';
import { defineSuite } from '../../src/settings/suite.js';

const TITLE = 'Why you should use async in Python';
/** 126.95 s ÷ 499: what a request of the blocking program took. */
const REQUEST_MS = 254;
/** 7.05 s ÷ 499 × 5 threads: what one took where connections were kept. The rest of the 254 ms went into a new one each time. */
const KNOWN_MS = 71;
const path = '/comments/{index}';
/** What the session of the async program keeps open at most. */
const SESSION_CONNECTIONS = 100;

/** @param blocking the executor that stands for the blocking program */
const programs = (blocking: string) => [
  { program: 'blocking', executor: blocking, wallMs: 126_950, atOnce: 1 },
  {
    program: 'queue, nb_threads=5',
    executor: 'queue-5',
    wallMs: 7_050,
    atOnce: 5,
    claim: 'a reduction of 94 %',
  },
  {
    program: 'async, one session',
    executor: 'async',
    wallMs: 488,
    atOnce: SESSION_CONNECTIONS,
  },
];

export default defineSuite({
  name: 'comments',
  summary: `article "${TITLE}": 499 comments, one by one, by threads, all at once`,
  scenarios: [
    articleScenario({
      name: 'comments-get',
      title: 'COMMENTS',
      summary: '499 GETs: one after the other, a queue drained by 5 threads, all at once',
      workload: 'http',
      tasks: 499,
      params: { path, waitMs: REQUEST_MS },
      scaledParams: ['waitMs'],
      inFlight: SESSION_CONNECTIONS,
      executors: [
        { executor: 'synchronous', as: 'blocking' },
        { executor: 'nb_threads', as: 'queue-5' },
        { executor: 'asynchronous', as: 'async' },
      ],
      baseline: 'blocking',
      forks: 3,
      rounds: 2,
      warmup: '250ms',
      budgetMs: 20_000,
      timeline: true,
      article: {
        title: TITLE,
        programs: programs('blocking'),
      },
    }),
    articleScenario({
      name: 'comments-connections',
      title: 'CONNECTIONS',
      summary: 'the same, the blocking program with a new connection for every request as in the article',
      workload: 'http',
      tasks: 499,
      params: { path, waitMs: KNOWN_MS, connectMs: REQUEST_MS - KNOWN_MS },
      scaledParams: ['waitMs', 'connectMs'],
      inFlight: SESSION_CONNECTIONS,
      executors: [
        { executor: 'synchronous', as: 'blocking-fresh', params: { connections: 'fresh' } },
        { executor: 'synchronous', as: 'blocking-shared' },
        { executor: 'nb_threads', as: 'queue-2', threads: 2, inFlight: 2 },
        { executor: 'nb_threads', as: 'queue-5' },
        { executor: 'asynchronous', as: 'async' },
      ],
      baseline: 'blocking-fresh',
      // Its longest trial takes as long as that of `comments`, and shows where a factor comes from that is no executor's.
      forks: 1,
      rounds: 2,
      warmup: '250ms',
      budgetMs: 5_000,
      article: {
        title: TITLE,
        programs: programs('blocking-fresh'),
      },
    }),
    articleScenario({
      name: 'comments-post',
      title: 'POST',
      summary: 'the same 499 by POST',
      workload: 'http',
      tasks: 499,
      params: {
        path: '/comments',
        method: 'POST',
        body: '{"postId":{index},"name":"a comment"}',
        waitMs: REQUEST_MS,
      },
      scaledParams: ['waitMs'],
      inFlight: SESSION_CONNECTIONS,
      executors: [
        { executor: 'nb_threads', as: 'queue-5' },
        { executor: 'asynchronous', as: 'async' },
      ],
      baseline: 'queue-5',
      // The ratio with an interval is that of `comments`.
      forks: 1,
      rounds: 2,
      warmup: '250ms',
      budgetMs: 3_000,
    }),
    articleScenario({
      name: 'comments-list',
      title: 'LIST',
      summary: 'one GET of 100 posts: one task, nothing to do at once',
      workload: 'http',
      tasks: 1,
      params: { path: '/posts', waitMs: REQUEST_MS },
      scaledParams: ['waitMs'],
      executors: ['synchronous', 'asynchronous'],
      baseline: 'synchronous',
      forks: 3,
      rounds: 5,
      warmup: '250ms',
      budgetMs: 3_000,
    }),
  ],
});
