import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../src/report/html/html.js';
import { placeOf } from '../../../src/report/view/map-picture.js';
import { boundary, makeMap, mapReport } from '../../support/map-fixture.js';
import { all, attributesOf, pageOf, textOf } from './parsed-page.js';

const task = { name: './render.ts#page', waitMs: 4, cpuMs: 0.3 };
const chartOf = (map: ReturnType<typeof makeMap>) =>
  all(pageOf(renderHtml({ ...mapReport(), map })), 'svg').find(one => /Threads ÷ loop/.test(textOf(one)))!;

describe('the heat map of a page', () => {
  it('has a symbol and a figure for each place, so that no colour is needed', () => {
    const texts = all(chartOf(makeMap()), 'text').map(textOf);
    for (const symbol of ['▲', '=', '▼', '░', '~', '·']) expect(texts).toContain(symbol);
    expect(texts).toEqual(expect.arrayContaining(['1.94', '0.71', '10.4']));
  });

  it('says to those who see nothing where the boundaries and the task are', () => {
    const map = makeMap({ task, boundaries: [boundary(0), boundary(5), boundary(100, { kind: 'never' })] });
    const [description] = all(chartOf(map), 'desc').map(textOf);
    expect(description).toMatch(/^\.\/render\.ts#page is at 5 ms, near 0\.5/);
    expect(description).toContain('0 ms: boundary between 0.1 and 0.1');
    expect(description).not.toContain('100 ms: boundary');
  });

  it('draws an interval in each row that has one, and marks the task', () => {
    const drawn = (map: ReturnType<typeof makeMap>) =>
      all(chartOf(map), 'path').map(one => attributesOf(one).d ?? '');
    const boundaries = [boundary(0), boundary(5, { kind: 'always', lowMs: null }), boundary(100)];
    expect(drawn(makeMap({ boundaries })).filter(d => /v8M/.test(d))).toHaveLength(2);
    expect(drawn(makeMap({ task: null })).filter(d => d.endsWith('l-7 -7z'))).toEqual([]);
    expect(drawn(makeMap({ task })).filter(d => d.endsWith('z') && d.includes('l7 7'))).toHaveLength(1);
    expect(all(chartOf(makeMap({ task })), 'text').map(textOf)).toContain('◆ ./render.ts#page');
  });
});

describe('where a time of computing is', () => {
  it.each([
    [1, 0.5],
    [10, 1.5],
    [100, 2.5],
    [Math.sqrt(10), 1],
    [0.2, 0],
    [0, 0],
    [1_000, 3],
  ])('%f ms: %f columns from the left', (ms, place) => {
    expect(placeOf([1, 10, 100], ms)).toBeCloseTo(place, 9);
  });
});
