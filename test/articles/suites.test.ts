import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/plan.js';

const ARTICLES = ['comments', 'ping', 'todos', 'feed', 'movies'];

test('every program of the articles is run, by the suite and by each name', async () => {
  const all = await makePlan({ targets: ['articles'] });
  expect(all.suite).toBe('articles');
  const each = await Promise.all(ARTICLES.map(name => makePlan({ targets: [name] })));
  expect(each.map(({ suite }) => suite)).toEqual(ARTICLES);
  expect(each.flatMap(({ scenarios }) => scenarios.map(({ id }) => id))).toEqual(
    all.scenarios.map(({ id }) => id),
  );
  expect(all.scenarios.flatMap(({ findings }) => findings)).toEqual([]);
});

test('what an article says of a program is said of an executor that is run', async () => {
  const { scenarios } = await makePlan({ targets: ['articles'] });
  for (const { article, executors } of scenarios)
    for (const { executor } of article?.programs ?? [])
      expect(executors.map(({ id }) => id)).toContain(executor);
});

test.each([
  [undefined, 25.4],
  [1, 254],
  [0.5, 127],
])('with --time-scale %s a comment takes %d ms on a new connection', async (timeScale, requestMs) => {
  const { scenarios } = await makePlan({ targets: ['comments'], timeScale });
  for (const { params, origin } of scenarios) {
    expect(Number(params.waitMs) + Number(params.connectMs)).toBeCloseTo(requestMs);
    expect(origin).toMatchObject({
      latency: { kind: 'fixed', ms: params.waitMs },
      connectMs: params.connectMs,
    });
  }
});

test.each([
  { threads: 2 },
  { inFlight: 10 },
  { options: { batchSize: 3 } },
  { tasks: 7 },
  { payloadBytes: 1 },
])('with %j it is not the work of the article, whose figures are left out', async overrides => {
  const { scenarios } = await makePlan({ targets: ['todos-programs'], ...overrides });
  expect(scenarios.map(({ article }) => article)).toEqual([null]);
});

test('an article that speaks of one number of tasks stands at that one', async () => {
  const { scenarios } = await makePlan({ targets: ['movies-sweep'] });
  expect(scenarios.filter(({ article }) => article !== null).map(({ tasks }) => tasks)).toEqual([450]);
});

test('the sweep goes from 50 to 450 pages, whose 57 ids repeat', async () => {
  const { scenarios } = await makePlan({ targets: ['movies-sweep'] });
  expect(scenarios.map(({ tasks }) => tasks)).toEqual([50, 100, 150, 200, 250, 300, 350, 400, 450]);
  expect(scenarios[0]!.params.path).toBe('/movies/{index%57}');
});

test('payload is swept from nothing to 10 MB, in every way that it can travel', async () => {
  const { scenarios } = await makePlan({ targets: ['payload'] });
  expect(scenarios.map(({ payloadBytes }) => payloadBytes)).toEqual([
    0, 10_000, 100_000, 1_000_000, 10_000_000,
  ]);
  const ways = scenarios[0]!.executors.map(({ name, options }) =>
    name === 'queue' ? options.payloadBy : name,
  );
  expect(ways).toEqual(['limited', 'clone', 'transfer', 'shared']);
});

test.each([{ tasks: 1_000 }, { params: { waitMs: 3 } }, { load: 'rate=50/s' }])(
  'with %j it is other work than the article is about, and its figures are not shown',
  async more => {
    const own = await makePlan({ targets: ['ping-sites'], timeScale: 1 });
    const other = await makePlan({ targets: ['ping-sites'], ...more });
    expect(own.scenarios[0]!.article?.title).toMatch(/asynchronous/);
    expect(other.scenarios[0]!.article).toBeNull();
  },
);
