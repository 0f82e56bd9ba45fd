import { expect, it } from 'vitest';
import { reporters } from '../../src/report/registry.js';
import { makeReport } from '../support/report-fixture.js';
import { recorded } from './exports/recorded.js';

it.each(reporters)('$name keeps to the contract', async ({ load, summary, extension, isBinary = false }) => {
  expect(summary).not.toBe('');
  expect(extension).toMatch(/^[a-z]+(\.[a-z]+)*$/);
  const render = await load();
  const report = makeReport({ scenarios: recorded.scenarios });
  const before = JSON.stringify(report);
  const options = { width: 80, colour: false };
  const rendered = render(report, options);
  expect(typeof rendered).toBe(isBinary ? 'object' : 'string');
  if (typeof rendered === 'string') expect(rendered).toMatch(/[^\n]\n$/);
  expect(render(report, options)).toEqual(rendered);
  expect(JSON.stringify(report)).toBe(before);
});

it('no two write the same file', () => {
  expect(new Set(reporters.map(({ extension }) => extension)).size).toBe(reporters.length);
});
