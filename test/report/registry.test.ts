import { describe, expect, it } from 'vitest';
import { findReporter, reporterNames } from '../../src/report/registry.js';
import { makeReport } from '../support/report-fixture.js';

describe('reporters', () => {
  it.each(reporterNames)('%s keeps to the contract', async name => {
    const reporter = await findReporter(name)!.load();
    expect(reporter.name).toBe(name);
    expect(reporter.summary).not.toBe('');
    expect(reporter.extension).toMatch(/^[a-z]+$/);
    const report = makeReport();
    const before = JSON.stringify(report);
    const options = { width: 80, colour: false };
    const text = reporter.render(report, options);
    expect(text).toMatch(/[^\n]\n$/);
    expect(reporter.render(report, options)).toBe(text);
    expect(JSON.stringify(report)).toBe(before);
  });

  it('knows no other', () => {
    expect(findReporter('xml')).toBeUndefined();
    expect(findReporter('toString')).toBeUndefined();
  });
});
