import { articleScenario } from '../../src/articles/scenario.js';
import { defineSuite } from '../../src/settings/suite.js';

const TITLE = 'Get started with asynchronous programming in Python';
/** 2.8083 s ÷ 5 sites. */
const PING_MS = 562;

const ping = {
  workload: 'http',
  tasks: 5,
  scaledParams: ['waitMs'],
  executors: ['synchronous', 'gather_return_exceptions', 'limited', 'nb_threads'],
  baseline: 'synchronous',
  forks: 3,
  rounds: 2,
  warmup: '250ms',
  budgetMs: 4_000,
  timeline: true,
} as const;

const params = {
  path: '/sites/{search|news|shop|video|mail}',
  // Each ping opens a session of its own.
  connections: 'fresh',
  result: 'status',
  waitMs: PING_MS,
  browsersOnly: true,
  browsersOnlyPath: '/sites/shop',
} as const;

export default defineSuite({
  name: 'ping',
  summary: `article "${TITLE}": is a site there?`,
  scenarios: [
    articleScenario({
      ...ping,
      name: 'ping-sites',
      title: 'PING',
      summary: 'five sites, each with a connection of its own, by a client that looks like a browser',
      params: {
        ...params,
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' },
      },
      article: {
        title: TITLE,
        programs: [
          { program: 'for loop', executor: 'synchronous', wallMs: 2_808.3, atOnce: 1 },
          {
            program: 'gather',
            executor: 'gather_return_exceptions',
            wallMs: 876.9,
            atOnce: 5,
            claim: '1.9315 s less, roughly 68.68 %',
          },
        ],
      },
    }),
    articleScenario({
      ...ping,
      name: 'ping-refused',
      title: 'REFUSED',
      summary: "the same without a browser's User-Agent: one site answers 503",
      params,
      // Which of them fail is the same in every fork.
      forks: 1,
      warmup: '250ms',
      expectedFailures: ['http-503'],
    }),
  ],
});
