import { describe, expect, it } from 'vitest';
import { drawBars } from '../../../../src/report/html/charts/bars.js';
import { dashesOf } from '../../../../src/report/html/charts/dashes.js';
import { describe as described, figure, WIDTH } from '../../../../src/report/html/charts/frame.js';
import { drawMap } from '../../../../src/report/html/charts/heat-map.js';
import { drawLines } from '../../../../src/report/html/charts/lines.js';
import { drawStacks } from '../../../../src/report/html/charts/stacks.js';
import { looksOf } from '../../../../src/report/html/looks.js';
import type { ChartView } from '../../../../src/report/view/types.js';
import { view } from '../../../../src/report/view/view.js';
import { tuneReport } from '../../../support/tune-fixture.js';
import { all, attributesOf, pageOf, textOf } from '../parsed-page.js';

const looks = looksOf(['limited', 'queue']);
const drawn = (drawing: ReturnType<typeof drawBars>) => {
  const { markup } = figure({ id: 'a', title: 'a title', method: null, drawing, table: null });
  const page = pageOf(`<!doctype html><title></title>${markup}`);
  const numbers = (tag: string, key: string) => all(page, tag).map(one => Number(attributesOf(one)[key]));
  return { page, numbers, markup };
};

const bar = (executor: string, value: number, interval: readonly [number, number] | null = null) => ({
  label: `${executor} ×2`,
  executor,
  value,
  interval,
  text: `${value}/s`,
});

describe('bars', () => {
  const words = { title: '', method: '', table: null, quantity: 'perSecond', mark: null } as const;
  const chart = { ...words, bars: [bar('limited', 100, [90, 110]), bar('queue', 50)] };

  it('are as long as their values, and have names, figures and an interval', () => {
    const { page, numbers } = drawn(drawBars(chart, looks));
    const [long, short] = numbers('rect', 'width');
    expect(long! / short!).toBeCloseTo(2, 1);
    const texts = all(page, 'text').map(textOf);
    expect(texts).toEqual(expect.arrayContaining(['limited ×2', '100/s', 'queue ×2', '50/s', '0']));
    expect(textOf(all(page, 'desc')[0]!)).toBe('limited ×2 100/s; queue ×2 50/s');
    expect(all(page, 'path').filter(one => attributesOf(one)['stroke-width'] === '1.4')).toHaveLength(1);
  });

  it('leave room for the mark', () => {
    const { numbers } = drawn(drawBars({ ...chart, mark: 200 }, looks));
    expect(numbers('rect', 'width')[0]).toBeLessThan(WIDTH / 2);
  });
});

it('stacks are as long as their parts together, one behind the other', () => {
  const words = { title: '', method: '', table: null, quantity: 'durationMs', parts: ['a', 'b'] } as const;
  const stacks = [{ label: 'queue', executor: 'queue', values: [3, 1], text: '4 ms' }];
  const { numbers } = drawn(drawStacks({ ...words, stacks }, looks));
  // The first two are the legend's.
  const [, , first, second] = numbers('rect', 'x');
  const [, , firstWidth, secondWidth] = numbers('rect', 'width');
  expect(firstWidth! / secondWidth!).toBeCloseTo(3, 1);
  expect(second).toBeCloseTo(first! + firstWidth!, 0);
});

describe('lines', () => {
  const line = (label: string, executor: string) => ({
    label,
    executor,
    family: 'loop' as const,
    isLevel: false,
    points: [
      { x: 1, y: 10, band: [9, 11] as const },
      { x: 2, y: 20, band: [18, 22] as const },
    ],
  });
  const chart: ChartView = {
    title: 'tasks/s by threads',
    lines: [line('queue a', 'queue'), line('queue b', 'queue'), line('limited', 'limited')],
    leftOut: [],
    xTicks: [
      { x: 1, label: 'one' },
      { x: 2, label: 'two' },
    ],
    yMarks: [],
    lessIsBetter: false,
    mayBeLogarithmic: false,
  };

  it('have a band, a symbol for each point and their name at the end', () => {
    const { page } = drawn(drawLines({ ...chart, lines: [chart.lines[2]!] }, looks));
    const paths = all(page, 'path');
    expect(paths.filter(one => attributesOf(one)['fill-opacity'] !== undefined)).toHaveLength(1);
    expect(paths.filter(one => attributesOf(one).transform !== undefined)).toHaveLength(2);
    expect(all(page, 'text').map(textOf)).toEqual(expect.arrayContaining(['limited', 'one', 'two']));
  });

  it('of one executor differ in their dashes', () => {
    expect(dashesOf(chart.lines)).toEqual([null, expect.any(String), null]);
  });

  it('that are levels go from end to end, without symbols', () => {
    const level = { ...line('p99<50ms', ''), family: null, isLevel: true, points: [{ x: 1, y: 15 }] };
    const { page } = drawn(drawLines({ ...chart, lines: [level] }, looks));
    const [path] = all(page, 'path').map(one => attributesOf(one).d!);
    expect(path).toMatch(/^M[\d.]+,([\d.]+)L[\d.]+,\1$/);
    expect(all(page, 'path')).toHaveLength(1);
  });

  it('beside a law are points alone', () => {
    const law = { ...line('law', 'queue'), isModel: true, points: [1, 1.5, 2].map(x => ({ x, y: 10 * x })) };
    const { page } = drawn(drawLines({ ...chart, lines: [line('measured', 'queue'), law] }, looks));
    const paths = all(page, 'path').map(attributesOf);
    expect(paths.filter(({ fill }) => fill === 'none').map(({ d }) => d!.match(/L/g)!.length)).toEqual([2]);
    expect(paths.filter(({ transform }) => transform !== undefined)).toHaveLength(2);
  });

  it('that have no room for their names are told in words', () => {
    const lines = Array.from({ length: 30 }, (_, at) => line(`variant ${at}`, 'queue'));
    const { page } = drawn(drawLines({ ...chart, lines }, looks));
    expect(textOf(all(page, 'desc')[0]!)).toContain('variant 0 from 10 at one to 20 at two');
    const names = all(page, 'text').map(textOf);
    expect(names.filter(text => text.startsWith('variant'))).toHaveLength(15);
  });
});

it('a map outlines what is as good, once around, and frames what is chosen', () => {
  const [map] = view(tuneReport()).answer!.maps;
  const { page } = drawn(drawMap(map!, looksOf(['piscina'])));
  const outline = attributesOf(all(page, 'path').at(-1)!).d!;
  // An L of three fields has eight sides.
  expect(outline.match(/M/g)).toHaveLength(8);
  expect(all(page, 'rect').filter(one => attributesOf(one).stroke !== undefined)).toHaveLength(1);
});

it('a description ends where nobody would listen any longer', () => {
  const parts = Array.from({ length: 100 }, (_, at) => `variant number ${at} does ${at} tasks`);
  expect(described(parts)).toMatch(/; and \d+ more$/);
  expect(described(parts).length).toBeLessThan(1_100);
});
