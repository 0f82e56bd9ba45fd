import { describe, expect, it } from 'vitest';
import { hitAt } from '../../../src/page/timeline/hit.js';
import { factsOf, type Model, modelOf, withRowScale } from '../../../src/page/timeline/model.js';
import { movedTo, nextRowScale } from '../../../src/page/timeline/row-scale.js';
import { spellsFrom } from '../../../src/page/timeline/spells.js';
import { stepped } from '../../../src/page/timeline/steps.js';
import { linesOfHit, linesOfTask } from '../../../src/page/timeline/words.js';
import type { TrialData } from '../../../src/report/html/timeline-data.js';
import { FAILED, NOT_STARTED } from '../../../src/tasks/recorder.js';
import { type TaskRow, tableOf } from '../../support/task-tables.js';

const trial = (executor: string, rows: readonly TaskRow[], more: Partial<TrialData> = {}) => ({
  data: {
    executor,
    tone: 'tone-0',
    symbol: '',
    family: 'threads',
    wallMs: 100,
    tasks: rows.length,
    unitMs: 1,
    packed: '',
    busy: null,
    firstTasks: [],
    ...more,
  } satisfies TrialData,
  table: tableOf(rows),
});

const queue = trial(
  'queue',
  [
    { startedMs: 0, ranMs: 20, deliveryMs: 5 },
    { startedMs: 10, ranMs: 40, worker: 1 },
    { startedMs: 30, ranMs: 20, outcome: FAILED },
    { startedMs: 35, ranMs: 20 },
    { startedMs: 0, ranMs: 0, outcome: NOT_STARTED },
  ],
  { busy: [0, 10, 20, 5], firstTasks: [{ index: 2, outcome: 'http-503', says: 'GET / - 503' }] },
);
const loop = trial('sequential', [{ startedMs: 0, ranMs: 90 }], { family: 'loop' });
const model = modelOf([queue, loop]);
const WIDTH = 1_000;
const WHOLE = { fromMs: 0, toMs: 100 };

const taskUnder = (x: number, y: number, view = WHOLE) => {
  const hit = hitAt(model, view, WIDTH, { x, y });
  return hit?.kind === 'task' ? factsOf(model, hit.task).index : null;
};

describe('the pointer', () => {
  const [first, second] = model.blocks[0]!.geometry.tracks;

  it('finds the task of that row at that time', () => {
    expect(taskUnder(100, first!.top + 3)).toBe(0);
    expect(taskUnder(400, first!.top + 3)).toBe(2);
    expect(taskUnder(400, first!.top + first!.lineHeight + 3)).toBe(3);
    expect(taskUnder(300, second!.top + 3)).toBe(1);
    expect(taskUnder(800, model.blocks[1]!.geometry.tracks[0]!.top + 3)).toBe(0);
    expect(taskUnder(250, first!.top + 3)).toBeNull();
    expect(taskUnder(500, first!.top + 3, { fromMs: 10, toMs: 12 })).toBe(0);
  });

  it('finds one beside it, but not far from it', () => {
    expect(taskUnder(203, first!.top + 3)).toBe(0);
    expect(taskUnder(208, first!.top + 3)).toBeNull();
  });

  it('tells how many wait, and when the main loop was busy', () => {
    const { waiting, busy } = model.blocks[0]!.geometry;
    const said = (x: number, y: number) => {
      const hit = hitAt(model, WHOLE, WIDTH, { x, y });
      return hit === null ? null : linesOfHit(model, hit);
    };
    expect(said(200, waiting!.top + 2)).toEqual(['queue, at 20 ms', '3 not started yet']);
    expect(said(310, busy!.top + 2)).toEqual(['main loop of queue', 'busy from 30 ms to 35 ms: 5.0 ms']);
    expect(said(200, busy!.top + 2)).toBeNull();
  });
});

describe('keys', () => {
  const indexes = (...steps: readonly Parameters<typeof stepped>[2][]) => {
    let at: ReturnType<typeof stepped> = null;
    return steps.map(step => {
      at = stepped(model, at, step);
      return at === null ? null : `${at.block}:${factsOf(model, at).index}`;
    });
  };

  it('go along a row, and stop at its ends', () => {
    expect(indexes('next', 'next', 'next', 'previous', 'last', 'first')).toEqual([
      '0:0',
      '0:2',
      '0:2',
      '0:0',
      '0:2',
      '0:0',
    ]);
  });

  it('go to the nearest task of the next row, of the next worker, of the next executor', () => {
    expect(indexes('down', 'down', 'down', 'down', 'down', 'up')).toEqual([
      '0:0',
      '0:3',
      '0:1',
      '1:0',
      '1:0',
      '0:1',
    ]);
  });

  it('go nowhere where there is no task', () => {
    expect(stepped(modelOf([trial('a', [])]), null, 'next')).toBeNull();
  });
});

it('a task is told with its worker, its times and what became of it', () => {
  const place = model.blocks[0]!.picture.layout.index.indexOf(2);
  expect(linesOfTask(model, { block: 0, place })).toEqual([
    'task 2 · queue · thread 1',
    'http-503: GET / - 503',
    'queued at 0 ms, waited 30 ms',
    'started at 30 ms',
    'finished at 50 ms, ran 20 ms',
    'delivered at 50 ms, 0 ms later',
  ]);
});

it('knows all tasks that started', () => {
  expect(model.tasks).toBe(5);
  expect(model.wholeMs).toBe(100);
});

it('busy spells are sums of their steps', () => {
  expect(spellsFrom([0, 10, 20, 5], 0.5)).toEqual([
    [0, 5],
    [15, 17.5],
  ]);
});

describe('taller rows', () => {
  const crowd = modelOf([
    trial(
      'promise-all',
      Array.from({ length: 100 }, () => ({ startedMs: 0, ranMs: 50 })),
    ),
    trial(
      'queue',
      Array.from({ length: 40 }, (_, worker) => ({ startedMs: 0, ranMs: 50, worker })),
    ),
  ]);
  const scalesOf = (one: Model): number[] => {
    const next = nextRowScale(one, true);
    return next === null ? [] : [next, ...scalesOf(withRowScale(one, next))];
  };

  it('are there until each row has the usual height, and are none where all have it', () => {
    expect(scalesOf(crowd)).toEqual([2, 4, 8]);
    const [loop, threads] = withRowScale(crowd, 8).blocks;
    expect(loop!.tracks[0]!.geometry).toMatchObject({ lineHeight: 12, height: 1_200 });
    expect(threads!.tracks.map(({ geometry }) => geometry.lineHeight)).toEqual(Array(40).fill(12));
    expect(threads!.geometry.sharedBaseline).toBeNull();
    expect(crowd.blocks[1]!.geometry.sharedBaseline).not.toBeNull();
    expect(nextRowScale(model, true)).toBeNull();
    expect(nextRowScale(crowd, false)).toBeNull();
    expect(nextRowScale(withRowScale(crowd, 4), false)).toBe(2);
  });

  it('are no higher than a canvas may be', () => {
    const rows = Array.from({ length: 5_000 }, () => ({ startedMs: 0, ranMs: 50 }));
    const [huge, last] = [modelOf([trial('promise-all', rows)]), 16];
    expect(scalesOf(huge).at(-1)).toBe(last);
    expect(withRowScale(huge, last).geometry.height).toBeLessThanOrEqual(4_000);
  });

  it('have the same tasks under the pointer, where it is moved to', () => {
    const tall = withRowScale(crowd, 4);
    const { top, height } = crowd.blocks[0]!.tracks[0]!.geometry;
    for (const share of [0.1, 0.5, 0.9]) {
      const y = top + share * height;
      const there = hitAt(tall, WHOLE, WIDTH, { x: 100, y: movedTo(crowd, tall, y) });
      const task = there?.kind === 'task' ? there.task.place : null;
      expect(task).toBeCloseTo(100 * share, -0.5);
    }
    expect(movedTo(crowd, tall, 3)).toBe(3);
  });
});
