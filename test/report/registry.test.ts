import { expect, it } from 'vitest';
import { reporters } from '../../src/report/registry.js';
import { makeReport } from '../support/report-fixture.js';

it.each(reporters)('$name keeps to the contract', async ({ load, summary, extension }) => {
  expect(summary).not.toBe('');
  expect(extension).toMatch(/^[a-z]+$/);
  const render = await load();
  const report = makeReport();
  const before = JSON.stringify(report);
  const options = { width: 80, colour: false };
  const text = render(report, options);
  expect(text).toMatch(/[^\n]\n$/);
  expect(render(report, options)).toBe(text);
  expect(JSON.stringify(report)).toBe(before);
});

it('no two write the same file', () => {
  expect(new Set(reporters.map(({ extension }) => extension)).size).toBe(reporters.length);
});
