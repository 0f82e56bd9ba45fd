import { expect, it } from 'vitest';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { NEVER_DROPPED, right, tableOf } from '../../src/report/view/table.js';
import type { Sections } from '../../src/report/view/types.js';
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

const sections: Sections = {
  mine: data => ({
    remark: `mine are ${data}`,
    section: {
      title: 'somebody else',
      table: tableOf([right('theirs', NEVER_DROPPED, (row: number) => String(row))], [Number(data)]),
      sentences: [{ label: 'differs', text: 'it is `theirs`', tone: null }],
    },
  }),
};
const options = { width: 80, colour: false, sections };
const attached = (kind: string) => ({ attachment: { kind, data: 42 } });

it('a section of somebody else stands in every format, at its place', () => {
  const report = makeReport({
    scenarios: [
      ...mixedSweep().map(one =>
        one.scenario.params.cpuMs === 5
          ? { ...one, scenario: { ...one.scenario, ...attached('mine') } }
          : one,
      ),
      waitingScenario(attached('mine')),
      waitingScenario({ name: 'unknown', ...attached('of another version') }),
    ],
  });
  const text = renderTerminal(report, options);
  expect(text).toContain(
    ['  at cpuMs 5:', '  somebody else', '  theirs', '      42', '  differs: it is `theirs`'].join('\n'),
  );
  expect(text.match(/somebody else/g)).toHaveLength(2);
  expect(text.match(/mine are 42/g)).toHaveLength(1);
  const markdown = renderMarkdown(report, options);
  expect(markdown).toContain(
    ['somebody else', '', '| theirs |', '| ---: |', '| 42 |', '', '- differs: it is `theirs`'].join('\n'),
  );
  expect(markdown.match(/somebody else/g)).toHaveLength(2);
});
