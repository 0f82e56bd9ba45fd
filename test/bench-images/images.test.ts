import { readdirSync, readFileSync, statSync } from 'node:fs';
import { XMLValidator } from 'fast-xml-parser';
import { expect, it, test } from 'vitest';
import { chartsNamed } from '../../bench/images/charts.js';
import { legendOf, marksOf, overlayOf } from '../../bench/images/marks.js';
import { partOf } from '../../bench/images/timeline-picture.js';
import { meaningOf } from '../../src/report/words/glossary.js';
import { TIMELINE_PARTS } from '../../src/report/words/timeline.js';
import { pageReports } from '../report/page-reports.js';

const ROOT = new URL('../../', import.meta.url);
const IMAGES = new URL('docs/images/', ROOT);
const textOf = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');
const LARGEST_BYTES = 200_000;

test('what the numbers on the picture of the page say is what the page says', () => {
  const legend = /<!-- marks -->([\s\S]*?)<!-- end -->/.exec(textOf('docs/report-page.md'))![1]!;
  const lines = [...legend.matchAll(/^(\d+)\. \*\*(.+?)\*\*: (.+)$/gm)];
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.map(([, number]) => Number(number))).toEqual(lines.map((_, at) => at + 1));
  expect(lines.map(([, , word, meaning]) => [word, meaning])).toEqual(
    lines.map(([, , word]) => [word, meaningOf(word!)]),
  );
});

test('what the numbers on the picture of the timeline say is what the program says of its parts', () => {
  const legend = /<!-- timeline-marks -->([\s\S]*?)<!-- end -->/.exec(textOf('docs/report-page.md'))![1]!;
  const lines = [...legend.matchAll(/^(\d+)\. \*\*(.+?)\*\*: (.+)$/gm)];
  expect(lines.map(([, number]) => Number(number))).toEqual(lines.map((_, at) => at + 1));
  expect(Object.fromEntries(lines.map(([, , word, meaning]) => [word, meaning]))).toEqual(TIMELINE_PARTS);
});

it('knows the parts of a timeline by what is written there', () => {
  const [chart] = chartsNamed('recorded-timeline', pageReports.recorded!);
  const texts = [...chart!.contents.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)];
  const parts = texts.map(([, attributes, text]) =>
    partOf({ text: text!, isStrong: attributes!.includes('font-weight'), isDotted: false }),
  );
  expect(new Set(parts)).toEqual(
    new Set([null, 'a name', '… tasks in …', 'not started yet', 'a track', 'main loop', 'time']),
  );
  expect(partOf({ text: '', isStrong: false, isDotted: true })).toBe('the dotted line');
  expect(partOf({ text: 'Enlarged: the first 2.7 s', isStrong: true, isDotted: false })).toBe('Enlarged');
});

test('every picture is shown, and every picture that is shown is there', () => {
  const shown = [
    ...textOf('README.md').matchAll(/docs\/images\/([\w.-]+)/g),
    ...textOf('docs/report-page.md').matchAll(/\(images\/([\w.-]+)/g),
  ].map(([, name]) => name!);
  expect([...new Set(shown)].sort()).toEqual(readdirSync(IMAGES).sort());
});

it.each(readdirSync(IMAGES))('%s is small, and what its name says', name => {
  const file = new URL(name, IMAGES);
  expect(statSync(file).size).toBeLessThanOrEqual(LARGEST_BYTES);
  if (name.endsWith('.svg')) expect(XMLValidator.validate(readFileSync(file, 'utf8'))).toBe(true);
  else expect(readFileSync(file).subarray(1, 4).toString('latin1')).toBe('PNG');
});

it('numbers the first place of each word that has a meaning, from top to bottom', () => {
  const at = (word: string, x: number, y: number) => ({ word, box: { x, y, width: 40, height: 10 } });
  const marks = marksOf([
    at('cores', 90, 5),
    at('p50', 0, 50),
    at('tasks/s', 10, 5),
    at('queue ×2', 0, 20),
    at('cores', 0, 90),
  ]);
  expect(marks.map(({ number, word }) => [number, word])).toEqual([
    [1, 'tasks/s'],
    [2, 'cores'],
    [3, 'p50'],
  ]);
  expect(overlayOf(marks).match(/>\d+</g)).toEqual(['>1<', '>2<', '>3<']);
  expect(legendOf('images/x.png', 'a page', marks)).toContain(`\n3. **p50**: ${meaningOf('p50')}`);
});

it('takes one chart in both themes, and says what there is instead', () => {
  const names = chartsNamed('recorded-timeline', pageReports.recorded!).map(({ name }) => name);
  expect(names).toEqual(['recorded-timeline-light.svg', 'recorded-timeline-dark.svg']);
  expect(() => chartsNamed('recorded', pageReports.recorded!)).toThrow(/got recorded-timeline-light\.svg, /);
});
