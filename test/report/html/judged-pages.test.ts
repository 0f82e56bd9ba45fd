import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/html.js';
import { renderHtmlTrends } from '../../../src/report/html/trends.js';
import { judgementView } from '../../../src/report/view/judgement.js';
import { trendsView } from '../../../src/report/view/trends.js';
import { NEXT } from '../../support/runs-fixture.js';
import { comparisons, judgedPages as pages } from '../judged-pages.js';
import { trends } from '../sample-trends.js';
import { all, attributesOf, pageOf, textOf, withoutCode } from './parsed-page.js';

describe.each(Object.keys(pages))('the page of %s', name => {
  const html = pages[name]!;
  const page = pageOf(html);

  it('is well-formed, and has no script, style or address but its own', () => {
    expect(page.errors).toEqual([]);
    const keys = new Set(all(page, '*').flatMap(one => Object.keys(attributesOf(one))));
    expect([...keys].filter(key => key === 'style' || key === 'src' || key.startsWith('on'))).toEqual([]);
    const hashOf = (tag: string) => {
      const [one, ...more] = all(page, tag);
      expect(more).toEqual([]);
      return `'sha256-${createHash('sha256').update(textOf(one!)).digest('base64')}'`;
    };
    const [policy] = all(page, 'meta').filter(one => attributesOf(one)['http-equiv'] !== undefined);
    expect(attributesOf(policy!).content).toContain(
      `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; `,
    );
    for (const link of all(page, 'a')) expect(attributesOf(link).href).toMatch(/^#/);
  });

  it('has ids that are unique, and no way that leads nowhere', () => {
    const ids = all(page, '*').flatMap(one => attributesOf(one).id ?? []);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const wanted = all(page, '*').flatMap(one => {
      const { href = '#main', 'aria-labelledby': labelledBy = '' } = attributesOf(one);
      return [href.slice(1), ...labelledBy.split(' ').filter(Boolean)];
    });
    expect(wanted.filter(id => !ids.includes(id))).toEqual([]);
  });

  it('has headings in their order, and tables and charts that say what they are', () => {
    const levels = all(page, '*').flatMap(({ tagName }) =>
      /^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : [],
    );
    expect(levels.filter(level => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const table of all(page, 'table')) expect(textOf(all(table, 'caption')[0]!)).toMatch(/\S/);
    for (const chart of all(page, 'svg').filter(one => attributesOf(one)['aria-hidden'] !== 'true')) {
      expect(attributesOf(chart).role).toBe('img');
      expect(textOf(all(chart, 'desc')[0]!)).toMatch(/\S/);
    }
    expect(withoutCode(html)).not.toMatch(/\bNaN\b|\bInfinity\b|\bundefined\b|="null"/);
  });

  it('leaves headings of a length', () => {
    for (const tag of ['h1', 'h2', 'text'])
      for (const one of all(page, tag)) expect(textOf(one).length).toBeLessThan(200);
  });
});

test('a comparison says every verdict and gate at the top, each with the way to its figures', () => {
  for (const [name, all_] of Object.entries(comparisons)) {
    const page = pageOf(pages[`${name}, compared`]!);
    const [nav] = all(page, 'nav');
    for (const one of all_) {
      const { changes, gates } = judgementView(one);
      for (const { headline } of [...changes!.groups, ...gates])
        expect(textOf(nav!)).toContain(headline.replaceAll('`', ''));
    }
    const expected = all_.reduce((sum, one) => sum + one.changes.scenarios.length + one.gates.length, 0);
    expect(all(nav!, 'a')).toHaveLength(expected);
  }
});

test('a comparison has each run’s facts in a column, and what differs in bold', () => {
  const page = pageOf(pages['forced, compared']!);
  const tables = all(page, 'table').filter(one => /^base\.json beside/.test(textOf(all(one, 'caption')[0]!)));
  expect(tables).toHaveLength(1);
  const rows = all(tables[0]!, 'tr').map(row => [...all(row, 'th'), ...all(row, 'td')].map(textOf));
  expect(rows).toContainEqual(['CPU', expect.stringContaining('Example CPU'), 'Another CPU']);
  const bold = all(tables[0]!, 'strong').map(textOf);
  expect(bold).toContain('Another CPU');
  expect(bold).not.toContain('linux x64');
});

test('what restricts a run is explained on the page', () => {
  const page = pageOf(pages['several, compared']!);
  expect(textOf(page)).toContain('in worse.json');
  expect(all(page, 'dt').map(textOf)).toContain('failed-tasks');
});

test('a run’s page has what changed and the gates, and without them is as it was', () => {
  const page = pageOf(pages['story, run']!);
  expect(textOf(page)).toContain('queue gained: 1.95× → 2.10× limited');
  expect(all(page, 'section').map(one => attributesOf(one).id)).toEqual(
    expect.arrayContaining(['changes', 'gate-1']),
  );
  const empty = { changes: null, gates: [] };
  expect(renderHtml(NEXT.report, { judgement: empty })).toBe(renderHtml(NEXT.report));
});

test('a trend is drawn with a point for each run, which says what it is, and as a table', () => {
  const page = pageOf(pages['loss, trends']!);
  const [chart] = all(page, 'svg').filter(one => attributesOf(one).role === 'img');
  const titles = all(chart!, 'g').flatMap(group =>
    all(group, 'g').length > 0 ? [] : all(group, 'title').map(textOf),
  );
  expect(titles).toHaveLength(14);
  expect(titles[9]).toMatch(/^2026-01-14 06:00 UTC · 0909090909 · run-09\.json · 1\.50× \[\d.*\] · 6 forks$/);
  const [figure] = all(page, 'figure');
  expect(all(all(figure!, 'tbody')[0]!, 'tr')).toHaveLength(14);
  for (const { headline } of trendsView(trends.loss!).machines[0]!.groups)
    expect(textOf(page)).toContain(headline.replaceAll('`', ''));
});

test('hundreds of runs are drawn too', () => {
  const [machine] = trends.loss!.trends.machines;
  const [scenario] = machine!.scenarios;
  const [series] = scenario!.series;
  const points = Array.from({ length: 500 }, (_, index) => ({
    ...series!.points[index % 14]!,
    startedAt: new Date(Date.UTC(2025, 0, 1) + index * 3_600_000).toISOString(),
  }));
  const html = renderHtmlTrends({
    ...trends.loss!,
    trends: { machines: [{ ...machine!, scenarios: [{ ...scenario!, series: [{ ...series!, points }] }] }] },
  });
  expect(all(pageOf(html), 'circle')).toHaveLength(500);
});
