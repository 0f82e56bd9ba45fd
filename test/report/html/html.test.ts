import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../../src/articles/section.js';
import { renderHtml } from '../../../src/report/html/html.js';
import { view } from '../../../src/report/view/view.js';
import { HOSTILE, pageReports } from '../page-reports.js';
import { all, attributesOf, pageOf, textOf, withoutCode } from './parsed-page.js';

const options = { sections: articleSections };
const names = Object.keys(pageReports);
const htmlOf = (name: string) => renderHtml(pageReports[name]!, options);

/** Those that are of a size to be read; the others are held against what every page must be. */
describe('golden files', () => {
  it.each(['single', 'notes', 'little', 'scaling', 'tune'])('%s', async name => {
    await expect(withoutCode(htmlOf(name))).toMatchFileSnapshot(`../golden/${name}.html.txt`);
  });
});

describe('a page without figures', () => {
  it.each([
    [
      'nothing',
      'Suite default',
      ['Interrupted: 0 of 0 scenarios measured, what was finished is shown', 'Nothing was measured.'],
    ],
    [
      'tune without an answer',
      'How many for ./render.ts?',
      ['./render.ts', 'No answer yet: interrupted after 7 forks; --resume goes on.'],
    ],
  ])('%s: says so, and how it was made', (name, heading, said) => {
    const page = pageOf(htmlOf(name));
    const text = (tag: string) => all(page, tag).map(textOf);
    expect(text('h1')).toEqual([heading]);
    expect(text('h2').at(-1)).toBe('How this was made');
    expect(text('pre')).toEqual(['threads-vs-loop run']);
    expect(text('caption')).toEqual(['The machine and the run']);
    expect(all(page, 'svg')).toEqual([]);
    for (const sentence of said) expect(textOf(page)).toContain(sentence);
  });
});

it('has the same script in all pages', () => {
  const scripts = new Set(names.map(name => textOf(all(pageOf(htmlOf(name)), 'script')[0]!)));
  expect(scripts.size).toBe(1);
});

describe.each(names)('the page of %s', name => {
  const page = pageOf(htmlOf(name));

  it('is well-formed: what a parser makes of it is what was meant', () => {
    expect(page.errors).toEqual([]);
  });

  it('has no inline style, no handler, and one style sheet and one script with the hashes that are allowed', () => {
    const keys = new Set(all(page, '*').flatMap(one => Object.keys(attributesOf(one))));
    expect([...keys].filter(key => key === 'style' || key.startsWith('on'))).toEqual([]);
    const hashOf = (tag: string) => {
      const [one, ...more] = all(page, tag);
      expect(more).toEqual([]);
      expect(attributesOf(one!)).toEqual({});
      return `'sha256-${createHash('sha256').update(textOf(one!)).digest('base64')}'`;
    };
    const policy = all(page, 'meta').find(
      one => attributesOf(one)['http-equiv'] === 'Content-Security-Policy',
    )!;
    expect(attributesOf(policy).content).toBe(
      `default-src 'none'; style-src ${hashOf('style')}; script-src ${hashOf('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it('asks nobody for anything', () => {
    const addresses = all(page, '*').flatMap(one => {
      const { href, src, ...rest } = attributesOf(one);
      // `data`, `srcset`, `action`, `poster`, `xlink:href`, … are none of its attributes.
      const others = Object.keys(rest).filter(key =>
        /src|href|action|poster|background|cite|manifest/.test(key),
      );
      return [...[href, src].filter(value => value !== undefined), ...others];
    });
    expect(addresses.filter(value => !value.startsWith('#'))).toEqual([]);
    const loading = [
      'link',
      'img',
      'iframe',
      'object',
      'embed',
      'form',
      'base',
      'use',
      'image',
      'foreignobject',
    ];
    expect(loading.flatMap(tag => all(page, tag))).toEqual([]);
    expect(textOf(all(page, 'style')[0]!)).not.toMatch(/url\(|@import/);
  });

  it('has ids that are unique, and no way that leads nowhere', () => {
    const ids = all(page, '*').flatMap(one => attributesOf(one).id ?? []);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    const wanted = all(page, '*').flatMap(one => {
      const { href, 'aria-labelledby': labelledBy } = attributesOf(one);
      return [
        ...(href === undefined ? [] : [href.slice(1)]),
        ...(labelledBy ?? '').split(' ').filter(Boolean),
      ];
    });
    expect(wanted.filter(id => !ids.includes(id))).toEqual([]);
  });

  it('has tables with a caption, headings of columns and of rows', () => {
    for (const table of all(page, 'table')) {
      expect(all(table, 'caption').map(textOf)).toEqual([expect.stringMatching(/\S/)]);
      for (const heading of all(table, 'th')) {
        expect(attributesOf(heading).scope).toMatch(/^(col|row)$/);
        expect(textOf(heading)).not.toBe('');
      }
      const columns = all(all(table, 'thead')[0]!, 'th').length;
      expect(columns).toBeGreaterThan(0);
      for (const row of all(all(table, 'tbody')[0]!, 'tr'))
        expect(all(row, 'td').length + all(row, 'th').length).toBe(columns);
    }
  });

  it('has charts with a title and a description, and without numbers that are none', () => {
    for (const chart of all(page, 'svg').filter(one => attributesOf(one)['aria-hidden'] !== 'true')) {
      expect(attributesOf(chart).role).toBe('img');
      const own = (tag: string) => all(chart, tag).filter(({ parentNode }) => parentNode === chart);
      for (const tag of ['title', 'desc'])
        expect(own(tag).map(textOf)).toEqual([expect.stringMatching(/\S/)]);
      // What a part says of itself.
      for (const part of all(chart, 'g').filter(one => attributesOf(one).class === 'mark'))
        expect(all(part, 'title').map(textOf)).toEqual([expect.stringMatching(/\S/)]);
      expect(all(chart, 'style')).toEqual([]);
    }
    expect(withoutCode(htmlOf(name))).not.toMatch(/\bNaN\b|\bInfinity\b|\bundefined\b|="null"/);
  });

  it('is no larger than what is mailed', () => {
    expect(Buffer.byteLength(htmlOf(name))).toBeLessThan(3e6);
  });

  it('has one heading at the top, and leaves out no level', () => {
    const levels = all(page, '*').flatMap(({ tagName }) =>
      /^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : [],
    );
    expect(levels.filter(level => level === 1)).toHaveLength(1);
    levels.forEach((level, at) => {
      expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it('says every verdict in words', () => {
    const text = textOf(page);
    for (const { headline } of view(pageReports[name]!, options).groups)
      expect(text).toContain(headline.replaceAll('`', ''));
  });
});

describe('hostile names', () => {
  const page = pageOf(htmlOf('hostile'));

  it.each(HOSTILE.map(name => name.slice(0, 40)))('%s is text', start => {
    // Marks that reorder text are shown as what they are not.
    const shown = start.replaceAll(/[\u202e\u2066]/g, '�');
    expect(textOf(page)).toContain(shown);
    const keys = new Set(all(page, '*').flatMap(one => Object.keys(attributesOf(one))));
    expect([...keys].filter(key => /^on|^src$/.test(key))).toEqual([]);
  });

  it('leave elements as they are', () => {
    const harmless = ['single', 'notes'].flatMap(name => all(pageOf(htmlOf(name)), '*'));
    const known = new Set(harmless.map(({ tagName }) => tagName));
    const own = new Set(all(page, '*').map(({ tagName }) => tagName));
    expect([...own].filter(tag => !known.has(tag))).toEqual([]);
  });

  it('of any length leave headings and charts of a length', () => {
    for (const tag of ['h1', 'h2', 'text'])
      for (const one of all(page, tag)) expect(textOf(one).length).toBeLessThan(200);
  });
});

it('is made of the same report alike each time', () => {
  expect(htmlOf('single')).toBe(htmlOf('single'));
});
