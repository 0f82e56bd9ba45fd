import { gunzipSync } from 'node:zlib';
import type { DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/random.js';
import { figure } from '../../../src/report/html/charts/frame.js';
import { renderHtml } from '../../../src/report/html/html.js';
import { looksOf } from '../../../src/report/html/looks.js';
import { standaloneTimeline } from '../../../src/report/html/timeline.js';
import type { TrialData } from '../../../src/report/html/timeline-data.js';
import { view } from '../../../src/report/view/view.js';
import { unpackTasks } from '../../../src/stats/packed-tasks.js';
import { FAILED } from '../../../src/tasks/recorder.js';
import { makeExecutor, makeReport, makeScenario } from '../../support/report-fixture.js';
import { recordedTrace, type TaskRow, tableOf } from '../../support/task-tables.js';
import { HOSTILE } from '../page-reports.js';
import { all, attributesOf, pageOf, textOf } from './parsed-page.js';

type Element = DefaultTreeAdapterTypes.Element;

const groupOf = (executors: Readonly<Record<string, readonly TaskRow[]>>) =>
  view(
    makeReport({
      scenarios: [
        makeScenario({
          executors: Object.entries(executors).map(([name, rows]) =>
            makeExecutor({ name, id: name, trace: recordedTrace(rows) }),
          ),
        }),
      ],
    }),
  ).groups[0]!;

const timelineOf = (
  executors: Readonly<Record<string, readonly TaskRow[]>>,
  more: Parameters<typeof recordedTrace>[1] = {},
) => {
  const html = renderHtml(
    makeReport({
      scenarios: [
        makeScenario({
          executors: Object.entries(executors).map(([name, rows]) =>
            makeExecutor({ name, id: name, trace: recordedTrace(rows, more) }),
          ),
        }),
      ],
    }),
  );
  const page = pageOf(html);
  const timeline = all(page, 'div').find(one => attributesOf(one).class === 'timeline')!;
  return { html, page, timeline };
};

/** Rectangles of paths that are as full as that. */
const boxes = (timeline: Element, opacity: string) =>
  all(all(timeline, 'svg').find(one => attributesOf(one).role === 'img')!, 'path')
    .filter(one => attributesOf(one)['fill-opacity'] === opacity)
    .flatMap(one => [...attributesOf(one).d!.matchAll(/M(\d+) ([\d.]+)h(\d+)v([\d.]+)h-\3z/g)])
    .map(([, x, y, width]) => ({ x: Number(x), y: Number(y), width: Number(width) }));

const dataOf = (timeline: Element): readonly TrialData[] => {
  const template = all(timeline, 'template')[0]! as DefaultTreeAdapterTypes.Template;
  return JSON.parse(textOf(template.content)) as readonly TrialData[];
};

const three: readonly TaskRow[] = [
  { startedMs: 0, ranMs: 40 },
  { startedMs: 10, ranMs: 40, deliveryMs: 20 },
  { startedMs: 50, ranMs: 50, outcome: FAILED },
];

describe('the picture', () => {
  it('has a bar for each task, where and as long as it ran, rows where they overlap', () => {
    const { timeline } = timelineOf({ limited: three }, { wallMs: 100 });
    expect(boxes(timeline, '0.9').map(({ x, width }) => [x, width])).toEqual([
      [0, 3_990],
      [1_000, 3_990],
    ]);
    const [upper, lower] = boxes(timeline, '0.9');
    expect(lower!.y).toBeGreaterThan(upper!.y);
    // It has waited as long as its row was free, and its result came later.
    expect(boxes(timeline, '0.18')).toEqual([
      { x: 4_000, y: upper!.y, width: 1_000 },
      { x: 0, y: lower!.y, width: 1_000 },
    ]);
    expect(boxes(timeline, '0.5').map(({ x, width }) => [x, width])).toEqual([[5_000, 2_000]]);
  });

  it('marks what failed by a cross and a notch, not by colour alone', () => {
    const { timeline } = timelineOf({ limited: three }, { wallMs: 100 });
    const picture = all(timeline, 'svg').find(one => attributesOf(one).role === 'img')!;
    const failed = all(picture, 'g').filter(one => attributesOf(one).class === 'invalid');
    expect(failed.flatMap(group => all(group, 'path')).map(one => attributesOf(one).d)).toEqual([
      expect.stringMatching(/^M5000 [\d.]+h4990v[\d.]+h-4990z$/),
      expect.stringMatching(/^M5000 [\d.]+l4990 [\d.]+m0 -[\d.]+l-4990 [\d.]+$/),
      expect.stringMatching(/^M5000 [\d.]+h20v3h-20z$/),
    ]);
    expect(textOf(timeline)).toContain('failed or cancelled');
  });

  it('of one time for all: who took half as long is half as wide', () => {
    const { timeline } = timelineOf({
      limited: [{ startedMs: 0, ranMs: 100 }],
      queue: [{ startedMs: 0, ranMs: 50 }],
    });
    expect(boxes(timeline, '0.9').map(({ width }) => width)).toEqual([9_990, 4_990]);
  });

  it('shows spells of the main loop where they were recorded, and says so', () => {
    const hatched = (node: Element) =>
      all(node, 'rect').filter(one => attributesOf(one).fill?.startsWith('url('));
    const without = timelineOf({ limited: three }).timeline;
    expect(textOf(without)).not.toContain('main loop: busy');
    expect(hatched(without)).toHaveLength(0);
    const { timeline } = timelineOf(
      { limited: three },
      {
        wallMs: 100,
        loopBusy: [
          [0, 25],
          [50, 75],
        ],
      },
    );
    expect(textOf(timeline)).toContain('main loop: busy 50 % of the time');
    const picture = all(timeline, 'svg').find(one => attributesOf(one).role === 'img')!;
    expect(hatched(picture).map(one => [attributesOf(one).x, attributesOf(one).width])).toEqual([
      ['0.00%', '25.00%'],
      ['50.00%', '25.00%'],
    ]);
  });

  it('of very many tasks stays small, and has shades', () => {
    const random = createRandom(7);
    const rows = Array.from({ length: 20_000 }, (_, at) => ({
      startedMs: at / 20 + random.next(),
      ranMs: 20 * random.next(),
    }));
    const { timeline } = timelineOf({ limited: rows });
    const paths = all(timeline, 'path').map(one => attributesOf(one).d!.length);
    expect(paths.reduce((sum, length) => sum + length, 0)).toBeLessThan(200_000);
    expect(boxes(timeline, '0.45').length).toBeGreaterThan(0);
  });

  it('has every failure, even one among thousands', () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => ({
      startedMs: at,
      ranMs: 0.1,
      ...(at === 2_500 && { outcome: FAILED }),
    }));
    const { timeline } = timelineOf({ limited: rows });
    const picture = all(timeline, 'svg').find(one => attributesOf(one).role === 'img')!;
    const failed = all(picture, 'g').filter(one => attributesOf(one).class === 'invalid');
    expect(failed.flatMap(one => all(one, 'path')).map(one => attributesOf(one).d)).toEqual([
      expect.stringMatching(/^M5000 /),
    ]);
  });
});

describe('the data', () => {
  it('are the columns of all tasks, in an element that is no script', () => {
    const { timeline } = timelineOf({ limited: three, queue: three });
    const trials = dataOf(timeline);
    expect(trials.map(({ executor }) => executor)).toEqual(['limited', 'queue']);
    const { packed, tasks, unitMs } = trials[0]!;
    const table = unpackTasks(gunzipSync(Buffer.from(packed, 'base64')), tasks, unitMs);
    expect([...table.outcome]).toEqual([...tableOf(three).outcome]);
    expect(table.startedMs[2]).toBeCloseTo(50, 3);
  });

  it('take 50,000 tasks to a page in less than 300 kB', () => {
    const random = createRandom(1);
    const rows = Array.from({ length: 50_000 }, (_, at) => ({
      startedMs: 0.02 * at + random.next(),
      ranMs: 10 + 2 * random.next(),
      deliveryMs: random.next() / 10,
      worker: at % 4,
    }));
    const { timeline } = timelineOf({ limited: rows });
    expect(JSON.stringify(dataOf(timeline)).length).toBeLessThan(300_000);
  });

  it.each(HOSTILE.map(name => [name.slice(0, 30), name] as const))(
    'are inert with the name %s',
    (_, name) => {
      const { page, timeline, html } = timelineOf({ [name]: three });
      expect(page.errors).toEqual([]);
      expect(all(page, 'script')).toHaveLength(1);
      expect(dataOf(timeline)).toHaveLength(1);
      expect(html).not.toContain('<img');
      for (const text of all(page, 'text')) expect(textOf(text).length).toBeLessThan(200);
    },
  );
});

it('a trial of which no task was kept has its picture by worker', () => {
  const html = renderHtml(
    makeReport({
      scenarios: [
        makeScenario({ executors: [makeExecutor({ trace: { ...recordedTrace(three), all: null } })] }),
      ],
    }),
  );
  expect(html).not.toContain('<div class="timeline"');
  expect(html).toContain('What each worker did in one trial');
});

it('who was not recorded task by task is named', () => {
  const html = renderHtml(
    makeReport({
      scenarios: [
        makeScenario({
          executors: [
            makeExecutor({ name: 'limited', trace: recordedTrace(three) }),
            makeExecutor({ name: 'queue', trace: { ...recordedTrace(three), all: null } }),
          ],
        }),
      ],
    }),
  );
  expect(html).toContain('in the table alone: queue.');
});

it('stands alone in a file with its key, and as wide as it says', () => {
  const timeline = groupOf({ limited: three }).timeline!;
  const drawing = standaloneTimeline(timeline, looksOf(['limited']));
  const { markup } = figure({ id: 'a', title: 'a', method: null, drawing, table: null });
  const page = pageOf(`<!doctype html><title></title>${markup}`);
  const [outer] = all(page, 'svg');
  expect(attributesOf(outer!)).toMatchObject({
    width: '860',
    viewBox: `0 0 860 ${Math.ceil(drawing.height)}`,
  });
  expect(textOf(outer!)).toContain('failed or cancelled');
});
