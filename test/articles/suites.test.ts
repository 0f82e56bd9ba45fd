import { expect, test } from 'vitest';
import { articleAttachmentSchema } from '../../src/articles/article.js';
import { articleScenario } from '../../src/articles/scenario.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import type { Scenario } from '../../src/schema/index.js';

const articleOf = ({ attachment }: Scenario) => articleAttachmentSchema.parse(attachment?.data).article;

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
  const modelled = scenarios.filter(({ attachment }) => attachment !== null);
  expect(modelled.filter(one => articleOf(one) !== null).length).toBeGreaterThan(5);
  for (const scenario of modelled)
    for (const { executor } of articleOf(scenario)?.programs ?? [])
      expect(scenario.executors.map(({ id }) => id)).toContain(executor);
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
  expect(scenarios.map(articleOf)).toEqual([null]);
});

test('an article that speaks of one number of tasks stands at that one', async () => {
  const { scenarios } = await makePlan({ targets: ['movies-sweep'] });
  const same = scenarios.filter(one => articleOf(one)?.tasks === one.tasks);
  expect(same.map(({ tasks }) => tasks)).toEqual([450]);
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
    expect(articleOf(own.scenarios[0]!)?.title).toMatch(/asynchronous/);
    expect(articleOf(other.scenarios[0]!)).toBeNull();
  },
);

test('the time scale multiplies the waits of a program, but not those that were set by hand', async () => {
  const scenarios = [
    articleScenario({
      name: 'x',
      title: 'X',
      summary: '',
      workload: 'http',
      params: { waitMs: 200 },
      scaledParams: ['waitMs'],
    }),
  ];
  const wait = async (more: PlanInput) => {
    const [scenario] = (await makePlan({ scenarios, ...more })).scenarios;
    const { timeScale } = articleAttachmentSchema.parse(scenario!.attachment?.data);
    return [scenario!.params.waitMs, timeScale];
  };
  expect(await wait({})).toEqual([20, 0.1]);
  expect(await wait({ timeScale: 1 })).toEqual([200, 1]);
  expect(await wait({ timeScale: 0.5, params: { waitMs: 7 } })).toEqual([7, 0.5]);
});

test('a time scale is refused where no scenario takes it, and by one that has its own and takes none', async () => {
  const refusal =
    'timeScale: expected a scenario that is modelled on a program with waits of its own, such as comments, got http.';
  await expect(makePlan({ targets: ['http'], timeScale: 1 })).rejects.toThrow(refusal);
  const scenarios = [{ name: 'http', workload: 'http', timeScale: 1 }];
  await expect(makePlan({ scenarios })).rejects.toThrow(`scenario http: ${refusal}`);
  const both = await makePlan({ targets: ['http', 'comments-list'], timeScale: 1 });
  expect(both.scenarios).toHaveLength(2);
});
