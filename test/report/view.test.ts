import { expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import type { Section } from '../../src/report/view/section.js';
import { NEVER_DROPPED, right, tableOf } from '../../src/report/view/table.js';
import { view } from '../../src/report/view/view.js';
import { makeReport, mixedSweep, waitingScenario } from '../support/report-fixture.js';
import { reports } from './sample-reports.js';

it.each(Object.keys(reports))('%s is data, without colours, and is made anew each time alike', name => {
  const said = view(reports[name]!);
  expect(structuredClone(said)).toEqual(said);
  expect(view(reports[name]!)).toEqual(said);
  expect(JSON.stringify(said)).not.toContain('\\u001b');
});

it('a note of a finding has its code, for programs', () => {
  const notes = view(reports.notes!).groups.flatMap(group => group.notes);
  expect(notes.find(({ label }) => label === 'weak')).toMatchObject({ code: 'machine-busy', tone: 'WEAK' });
  expect(notes.find(({ label }) => label === 'try')).toMatchObject({ tone: 'strong' });
});

/** Has something to say of computing alone. */
const section: Section = ({ scenario }) =>
  scenario.params.cpuMs === 5
    ? {
        title: 'somebody else',
        table: tableOf([right('theirs', NEVER_DROPPED, (row: number) => String(row))], [42]),
        sentences: [{ label: 'differs', text: 'it is `theirs`', tone: null }],
      }
    : null;
const options = { width: 80, colour: false, sections: [section] };

it('a section of somebody else stands in every format, at its place', () => {
  const report = makeReport({ scenarios: [...mixedSweep(), waitingScenario({ params: { cpuMs: 5 } })] });
  const text = renderTerminal(report, options);
  expect(text).toContain(
    ['  at cpuMs 5:', '  somebody else', '  theirs', '      42', '  differs: it is `theirs`'].join('\n'),
  );
  expect(text.match(/somebody else/g)).toHaveLength(2);
  const markdown = renderMarkdown(report, options);
  expect(markdown).toContain(
    ['somebody else', '', '| theirs |', '| ---: |', '| 42 |', '', '- differs: it is \\`theirs\\`'].join('\n'),
  );
  expect(markdown.match(/somebody else/g)).toHaveLength(2);
});
