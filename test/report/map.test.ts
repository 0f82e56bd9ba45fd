import { describe, expect, it } from 'vitest';
import { renderTerminal } from '../../src/report/terminal/terminal.js';
import { mapView } from '../../src/report/view/map.js';
import { mapWords, nearestWait, taskSentence } from '../../src/report/words/map.js';
import type { MapBoundary, ThreadsMap, Tune } from '../../src/schema/index.js';
import { boundary, makeMap, mapReport } from '../support/map-fixture.js';

const wordsOf = (more: Partial<ThreadsMap> = {}) => mapWords({ interrupted: false }, makeMap(more));
const headlineOf = (...boundaries: MapBoundary[]) =>
  wordsOf({ boundaries, waitsMs: boundaries.map(({ waitMs }) => waitMs) }).headline;

const NEVER = { kind: 'never', atMs: null, lowMs: 10, highMs: null } as const;
const ALWAYS = { kind: 'always', atMs: null, lowMs: null, highMs: 0.02 } as const;
const OPEN = { kind: 'open', atMs: null, lowMs: 0.1, highMs: null } as const;
const MIXED = { kind: 'mixed', atMs: null, lowMs: 2, highMs: 0.5 } as const;

describe('the headline', () => {
  it('is one time of computing where waiting makes no difference', () => {
    expect(headlineOf(boundary(0), boundary(5, { atMs: 0.2 }))).toBe(
      'Threads pay from about 0.18 ms of computing a task on, whatever it waits',
    );
  });

  it('has both ends where it does', () => {
    expect(wordsOf().headline).toBe(
      'Threads pay from about 0.16 ms of computing a task on where it does not wait, from about 1.6 ms on where it waits 100 ms',
    );
    expect(headlineOf(boundary(0, ALWAYS), boundary(5), boundary(100, NEVER))).toBe(
      'Threads pay from 0.02 ms of computing a task on where it does not wait, not even with 10 ms of computing where it waits 100 ms',
    );
  });

  it('says plainly that they never pay', () => {
    expect(headlineOf(boundary(0, NEVER), boundary(5, NEVER))).toBe(
      'Threads do not pay up to 10 ms of computing a task, whatever it waits',
    );
  });

  it('speaks of what is known alone', () => {
    expect(headlineOf(boundary(0), boundary(5, OPEN))).toBe(
      'Threads pay from about 0.16 ms of computing a task on where it does not wait',
    );
    expect(headlineOf(boundary(0, OPEN), boundary(5, MIXED))).toBe(
      'Undecided: no boundary was found within this budget',
    );
  });

  it('of nothing says why', () => {
    expect(wordsOf({ cells: [] }).headline).toBe('No map: nothing could be measured');
    expect(mapWords({ interrupted: true }, makeMap({ cells: [] })).headline).toBe(
      'No map yet: interrupted before a cell was measured',
    );
  });
});

describe('the sentences', () => {
  it('give each boundary with its interval, how far filled cells may be trusted, and what it took', () => {
    expect(wordsOf().sentences).toEqual([
      'Drawn is how many times as much threads do: queue with 2 threads against limited, 64 tasks in flight. They pay where that is 5.0 % more, surely (95 %)',
      'Without waiting: threads pay from about 0.16 ms of computing on [0.1 ms, 0.2 ms]',
      'Waiting 5 ms: threads pay from about 0.078 ms of computing on [0.02 ms, 0.1 ms]',
      'Waiting 100 ms: threads pay from about 1.6 ms of computing on [0.5 ms, 2 ms]',
      'Filled cells (~) come from a model, within 8.0 % on 10 measured cells that it had not seen; 2 are left blank, since it is too far off there or was not checked',
      'Measured: 10 cells in 30 forks, 120 trials, 2.9 min; --budget 360s narrows the boundaries. Not covered: tasks that block or have others compute, other numbers in flight, other machines',
    ]);
  });

  it.each([
    [ALWAYS, 'Waiting 5 ms: threads pay from 0.02 ms of computing on, the least that was asked about'],
    [NEVER, 'Waiting 5 ms: threads do not pay up to 10 ms of computing'],
    [OPEN, 'Waiting 5 ms: undecided; threads do not pay at 0.1 ms of computing'],
    [MIXED, 'Waiting 5 ms: no boundary; threads pay at 0.5 ms of computing, and do not at 2 ms'],
    [
      { kind: 'open', atMs: null, lowMs: null, highMs: null } as const,
      'Waiting 5 ms: undecided; no cell that was measured is sure',
    ],
  ])('%j', (more, text) => {
    expect(wordsOf({ boundaries: [boundary(5, more)] }).sentences[1]).toBe(text);
  });

  it('say nothing of a model that has filled nothing', () => {
    const places = makeMap().places.filter(({ low }) => low !== null);
    expect(wordsOf({ places, model: null }).sentences.join()).not.toContain('odel');
  });

  it('say where a busy machine makes it unsure', () => {
    const cells = makeMap().cells.map((cell, at) => ({ ...cell, busy: at < 3 }));
    expect(wordsOf({ cells }).sentences).toContain(
      'Unsure, since the machine was busy with others at 3 of 10 cells',
    );
  });

  it('of one that was interrupted tell how to go on', () => {
    expect(mapWords({ interrupted: true }, makeMap()).sentences.at(-1)).toBe(
      'Interrupted after 10 cells in 30 forks, 120 trials, 2.9 min; --resume goes on',
    );
  });
});

describe('the task of a tune', () => {
  const task = { name: 'render', waitMs: 4, cpuMs: 8.1 };

  it('is told beside the nearest wait', () => {
    expect(taskSentence(makeMap({ task }))).toBe(
      'On the map of 2025-11-20 (64 tasks in flight): at 5 ms of waiting threads pay from about 0.078 ms of computing a task on; render computes 8.1 ms and waits 4 ms',
    );
    const boundaries = [boundary(5, OPEN)];
    expect(taskSentence(makeMap({ task, boundaries }))).toContain('it is undecided where threads pay');
    expect(taskSentence(makeMap({ task: { ...task, waitMs: 0.0001 } }))).toContain('does not wait');
    expect(taskSentence(makeMap())).toBeNull();
  });

  it.each([
    [0, 0],
    [0.02, 0],
    [0.9, 1],
    [2, 1],
    [11, 5],
    [4_000, 100],
  ])('of %s ms of waiting is in the row of %s ms', (waitMs, row) => {
    const rows = [0, 1, 5, 25, 100].map(ms => ({ waitMs: ms }));
    expect(nearestWait(rows, waitMs).waitMs).toBe(row);
  });

  it('is marked where it computes and waits as much, in place of what the cell is', () => {
    const text = renderTerminal(mapReport({ task }), { width: 80, colour: false });
    expect(text).toMatch(/^ +5 ms .*◆1\.93$/m);
    expect(text).toContain('◆ render');
    const blank = { ...task, cpuMs: 2 };
    expect(renderTerminal(mapReport({ task: blank }), { width: 80, colour: false })).toMatch(
      /^ +5 ms .* ◆ /m,
    );
  });
});

it('beside a tune its task is the headline, and the rest the map has said in its own report', () => {
  const map = makeMap({ task: { name: 'render', waitMs: 4, cpuMs: 8.1 } });
  const { headline, sentences, heatMap } = mapView({ ...mapReport(), tune: {} as Tune }, map);
  expect(headline).toMatch(/^On the map of 2025-11-20 .* render computes 8\.1 ms and waits 4 ms$/);
  expect(sentences).toEqual([]);
  expect(heatMap!.legend).toContain('◆ render');
});

describe('the drawing', () => {
  it('has figures where there is room, else the symbols alone, and is as readable without colour', () => {
    const wide = renderTerminal(mapReport(), { width: 80, colour: false });
    expect(wide).toContain('0 ms   ▼0.71 ░1.05 ▲1.62 ~1.90 ▲1.94');
    const narrow = renderTerminal(mapReport(), { width: 40, colour: false });
    expect(narrow).toMatch(/^ {2}0 ms {3}(?:▼0\.71 |▼ ░ ▲ ~ ▲)/m);
    const cpusMs = Array.from({ length: 14 }, (_, at) => at + 1);
    const places = cpusMs.map(cpuMs => ({ ...makeMap().places[0]!, cpuMs }));
    const many = renderTerminal(mapReport({ cpusMs, places, waitsMs: [0] }), { width: 80, colour: false });
    expect(many).toMatch(/^ {2}0 ms {2}(?:▼ ){13}▼$/m);
  });
});
