import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderMarkdownJudgement } from '../../src/report/markdown-judgement.js';
import { reporters } from '../../src/report/registry.js';
import { renderTerminalJudgement } from '../../src/report/terminal/judgement.js';
import { widthOf } from '../../src/report/text.js';
import { judgementView } from '../../src/report/view/judgement.js';
import { judgements } from './sample-judgements.js';

const terminal = (name: string, width = 80, colour = false) =>
  renderTerminalJudgement(judgements[name]!, { width, colour });

it('golden files', async () => {
  await expect(terminal('mixed')).toMatchFileSnapshot('golden/compare-mixed.txt');
  await expect(renderMarkdownJudgement(judgements.mixed!)).toMatchFileSnapshot('golden/compare-mixed.md.txt');
});

/** As read: on lines that are long enough, and without what keeps text from being markup. */
const formats = {
  terminal: (name: string) => terminal(name, 1_000),
  Markdown: (name: string) => renderMarkdownJudgement(judgements[name]!).replaceAll('\\', ''),
};

describe.each(Object.entries(formats))('in %s', (_, read) => {
  /** Notes of a label. */
  const notes = (name: string, label: string) =>
    [...read(name).matchAll(new RegExp(`^ *(?:- )?${label}: (.*)$`, 'gm'))].map(([, text]) => text);

  it('two runs of a thing say what changed, and how far they are apart', () => {
    const text = read('story');
    expect(text).toContain('`queue` gained: 1.95× → 2.10× `limited`, 1.08× [1.06, 1.09]');
    expect(text).toContain('`limited`: 200 → 200 tasks/s itself, without a verdict');
    expect(text).toContain('Passes: slower > 5 % (1 of 1)');
    expect(notes('story', 'mind')).toEqual([
      'saved runs from different hours, 7 days apart: what changed did so between these runs, and whether the code did it is not in the figures',
    ]);
  });

  it('runs that answer different questions are refused, each difference by its name', () => {
    expect(notes('refused', 'refused')).toEqual([
      'CPU Example CPU @ 2.80GHz → Another CPU',
      'cores 2 → 8',
      "the cgroup's cores none → 1.5",
      'Node 20 → 22',
      'parameters cpuMs 5 → 7 in computing',
      'tasks 200 → 100 in computing',
    ]);
    expect(notes('refused', 'so')).toEqual([
      'nothing is compared; threads-vs-loop compare --force does it all the same, and says what it costs',
    ]);
    expect(read('refused')).toContain('Undecided: slower > 5 %, nothing was compared with the earlier run');
    expect(read('refused')).not.toMatch(/COMPUTING|gained|verdict/);
  });

  it('by force they are compared, and each difference says what it costs', () => {
    const machine = 'threads may pay more or less on another machine, whatever the code does';
    expect(notes('forced', 'forced')).toEqual([
      `CPU Example CPU @ 2.80GHz → Another CPU: ${machine}`,
      `cores 2 → 8: ${machine}`,
      `the cgroup's cores none → 1.5: ${machine}`,
      "Node 20 → 22: V8 and libuv are others, so that the change may be Node's",
      'parameters cpuMs 5 → 7 in computing: the ratios answer different questions',
      'tasks 200 → 100 in computing: the ratios answer different questions',
    ]);
    expect(read('forced')).toContain('`queue` gained: 1.95× → 2.40× `limited`, 1.23× [1.22, 1.25]');
    expect(read('forced')).toContain('Passes: slower > 5 % (1 of 1)');
    // Apart by less than an hour, not from different ones.
    expect(notes('forced', 'mind')).toEqual([expect.stringMatching(/^saved runs, 8\.8 s apart: /)]);
  });

  it('gates without an earlier run pass, fail and are undecided, with what would decide them', () => {
    const text = read('gates');
    expect(text).not.toContain('Changes');
    expect([...text.matchAll(/GATE:? +(.*)$/gm)].map(([, verdict]) => verdict)).toEqual([
      'Passes: queue/limited ratio > 1.5 (1 of 1)',
      'Undecided: queue/limited ratio > 1.93 (1 of 1)',
      'Fails: queue/limited ratio < 1.5 (1 of 1)',
      'Fails: slo (2 of 4, 1 undecided)',
    ]);
    expect(notes('gates', 'fails')).toEqual([
      'computing: queue ÷ limited is 1.95× [1.91, 1.99]',
      'service rate=400: limited misses p99 < 50 ms: 60 ms [57 ms, 63 ms]',
      'service rate=400: processes misses p99 < 50 ms: overloaded',
    ]);
    expect(notes('gates', 'undecided')).toEqual([
      'computing: queue ÷ limited is 1.95× [1.91, 1.99]; about 24 forks would decide it, if it stays there',
      'service rate=400: piscina may miss p99 < 50 ms: 49 ms [47 ms, 51 ms]; about 36 forks would decide it, if it stays there',
    ]);
    expect(notes('gates', 'for the gate')).toEqual(['--forks 24 --budget 80s', '--forks 36 --budget 2m']);
  });

  it('names that do harm are shown as what they are, and cut where they never end', () => {
    const text = read('evil');
    const start = 'e␛[31mv�il␍␊␉name 漢字漢字';
    const short = `\`${start} …\``;
    expect(text.split('\n')[0]).toMatch(/Changes:? e␛\[31mv�il␍␊␉name .*… → e␛\[31mv�il␍␊␉name .*…$/);
    expect(text).toContain(`${short} lost: 2.00× → 1.00× ${short}, 0.500× [0.494, 0.506]`);
    expect(notes('evil', 'differs')).toEqual([
      `NODE_OPTIONS ${start} | <b>\`*_[x](y) that goes on and on an… → none`,
    ]);
    expect(notes('evil', 'mind')).toEqual(['both are the same run: nothing can have changed']);
    expect(notes('evil', 'fails')).toEqual([
      `${start} | <b>\`*_[x](y) that goes on and on and never comes to an end : ${start} | … is 0.500× [0.494, 0.506] of what it was`,
    ]);
  });
});

it('the headline is the documented one', () => {
  const [group] = judgementView(judgements.story!).changes!.groups;
  expect(group).toMatchObject({
    title: 'COMPUTING',
    headline: '`queue` gained: 1.95× → 2.10× `limited`, 1.08× [1.06, 1.09]',
  });
});

it('fits every width, whatever the names are, and has no control character', () => {
  for (const name of Object.keys(judgements)) {
    for (let width = 40; width <= 120; width += 8) {
      const text = terminal(name, width);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the claim
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      for (const line of text.split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
    }
  }
});

it('is the same with and without colour', () => {
  for (const name of Object.keys(judgements)) {
    const trimmed = (text: string) => text.split('\n').map(line => line.trimEnd());
    expect(trimmed(stripVTControlCharacters(terminal(name, 80, true)))).toEqual(trimmed(terminal(name)));
  }
});

it('names are text in Markdown, never markup', () => {
  const text = renderMarkdownJudgement(judgements.evil!);
  expect(text).not.toMatch(/(?<!\\)<b>|[^\\]\|<|\]\(y\)(?<!\\\]\(y\))/);
  // Every row has as many cells as the heading.
  const rows = text.split('\n').filter(line => line.startsWith('| '));
  const cells = (row: string) => row.match(/(?<!\\)\|/g)!.length;
  expect(new Set(rows.map(cells)).size).toBe(1);
});

it.each(reporters.filter(({ loadJudgement }) => loadJudgement !== undefined))(
  '$name lays out changes too, and changes nothing',
  async ({ loadJudgement }) => {
    const render = await loadJudgement!();
    const before = JSON.stringify(judgements);
    for (const judgement of Object.values(judgements))
      expect(render(judgement, { width: 80, colour: false })).toMatch(/[^\n]\n$/);
    expect(JSON.stringify(judgements)).toBe(before);
  },
);
