import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { articleSections } from '../../../src/articles/section.js';
import { UsageError } from '../../../src/errors.js';
import { TONES } from '../../../src/report/html/looks.js';
import { INK } from '../../../src/report/html/style.js';
import { renderCharts } from '../../../src/report/svg/charts.js';
import { makeReport, makeScenario } from '../../support/report-fixture.js';
import { pageReports } from '../page-reports.js';

const options = { sections: articleSections };
const filesOf = (name: string) => renderCharts(pageReports[name]!, options);

/** Every element and attribute, in the order of the file. */
type Node = Readonly<Record<string, unknown>>;
const parser = new XMLParser({ ignoreAttributes: false, preserveOrder: true, attributeNamePrefix: '' });
const attributesOf = (node: Node): Node => (node[':@'] ?? {}) as Node;
const tagOf = (node: Node): string => Object.keys(node).find(key => key !== ':@')!;
function all(nodes: readonly Node[]): Node[] {
  return nodes.flatMap(node => {
    const children = node[tagOf(node)];
    return [node, ...(Array.isArray(children) ? all(children) : [])];
  });
}
const nodesOf = (contents: string) =>
  all(parser.parse(contents) as Node[]).filter(node => tagOf(node) !== '#text');

/** Nothing was completed in them. */
const EMPTY = ['failed', 'tune without an answer', 'nothing'];
const drawn = Object.keys(pageReports).filter(name => !EMPTY.includes(name));

describe.each(drawn)('the charts of %s', name => {
  const files = filesOf(name);

  it('are well-formed XML', () => {
    expect(files.length).toBeGreaterThan(0);
    for (const { name: file, contents } of files)
      expect([file, XMLValidator.validate(contents)]).toEqual([file, true]);
  });

  it('need no style sheet, run nothing and ask nobody', () => {
    for (const { contents } of files) {
      const nodes = nodesOf(contents);
      const tags = new Set(nodes.map(tagOf));
      expect([...tags].filter(tag => /script|style|image|foreignObject|^a$|use/.test(tag))).toEqual([]);
      const pairs = nodes.flatMap(node => Object.entries(attributesOf(node)));
      expect(pairs.filter(([key]) => key === 'class' || key === 'style' || /^on|href/.test(key))).toEqual([]);
      const urls = pairs.map(([, value]) => String(value)).filter(value => value.includes('url('));
      expect(urls.filter(value => !value.startsWith('url(#'))).toEqual([]);
    }
  });

  it('point to what is in the same file', () => {
    for (const { contents } of files) {
      const attributes = nodesOf(contents).map(attributesOf);
      const ids = attributes.flatMap(({ id }) => (id === undefined ? [] : [String(id)]));
      expect(new Set(ids).size).toBe(ids.length);
      const named = attributes
        .flatMap(one => Object.values(one).map(String))
        .flatMap(value => /^url\(#(.+)\)$/.exec(value)?.[1] ?? []);
      expect(['title', 'desc', ...named].filter(id => !ids.includes(id))).toEqual([]);
    }
  });

  it('are there for light and for dark, under names that every file system takes', () => {
    const names = files.map(file => file.name);
    expect(new Set(names.map(one => one.toLowerCase())).size).toBe(names.length);
    expect(
      names.filter(one => !/^[a-z0-9][a-z0-9-]*-(?:light|dark)\.svg$/.test(one) || one.length > 180),
    ).toEqual([]);
    const light = names.filter(one => one.endsWith('-light.svg'));
    expect(names.filter(one => one.endsWith('-dark.svg'))).toEqual(
      light.map(one => one.replace('-light', '-dark')),
    );
  });
});

const paintsIn = (contents: string) =>
  new Set(
    nodesOf(contents).flatMap(node => [attributesOf(node).color, attributesOf(node).fill].filter(Boolean)),
  );

it.each(['light', 'dark'] as const)('has the colours of the %s page', theme => {
  const other = theme === 'light' ? 'dark' : 'light';
  const coloursOf = (of: 'light' | 'dark') => [...Object.values(INK[of]), ...TONES.map(tone => tone[of])];
  for (const { contents } of filesOf('single').filter(file => file.name.endsWith(`-${theme}.svg`))) {
    const paints = paintsIn(contents);
    expect(coloursOf(other).filter(colour => paints.has(colour))).toEqual([]);
    expect(paints).toContain(INK[theme].text);
    expect(paints).toContain(INK[theme].paper);
  }
});

it('draws the recorded tasks, under the name of their scenario', () => {
  const names = filesOf('recorded').map(({ name }) => name);
  expect(names).toContain('recorded-timeline-light.svg');
  expect(names).toContain('recorded-throughput-dark.svg');
});

it('says what it is of and where it was measured', () => {
  const { contents } = filesOf('recorded').find(({ name }) => name === 'recorded-timeline-dark.svg')!;
  expect(contents).toContain('RECORDED');
  expect(contents).toMatch(/Node \d+/);
});

it('names that are alike are told apart', () => {
  const scenarios = ['a b', 'A/b', 'a\u202eb', '../../a b'].map(name => makeScenario({ name, title: name }));
  const names = renderCharts(makeReport({ scenarios }), options).map(({ name }) => name);
  expect(names).toContain('a-b-throughput-light.svg');
  expect(names).toContain('a-b-throughput-2-light.svg');
  expect(new Set(names).size).toBe(names.length);
});

it.each(EMPTY)('refuses %s', name => {
  expect(() => filesOf(name)).toThrow(UsageError);
  expect(() => filesOf(name)).toThrow(/svg: expected results with something to draw/);
});
