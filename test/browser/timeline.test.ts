/** The timeline in a real browser: drawn whole, told task by task, moved by pointer and keys, and fast enough. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { factsOf, type Model, modelOf, type TaskRef } from '../../src/page/timeline/model.js';
import { linesOfTask } from '../../src/page/timeline/words.js';
import { createRandom } from '../../src/random.js';
import { renderHtml } from '../../src/report/html/html.js';
import { rowAt } from '../../src/stats/timeline/layout.js';
import { COMPLETED, FAILED } from '../../src/tasks/recorder.js';
import { makeExecutor, makeReport, makeScenario } from '../support/report-fixture.js';
import { recordedTrace, type TaskRow, tableOf } from '../support/task-tables.js';
import { violationsOf } from './support/accessibility.js';
import { THEMES, useChromium } from './support/chromium.js';

const chromium = useChromium();

const PAGE_EXECUTORS = ['sequential', 'promise-all', 'queue'] as const;
type Rows = Readonly<Record<(typeof PAGE_EXECUTORS)[number], readonly TaskRow[]>>;

/** One at a time, all at once, and on two threads; every 50th fails. */
function rowsOf(tasks: number): Rows {
  const random = createRandom(3);
  const outcome = (at: number) => (at % 50 === 49 ? FAILED : COMPLETED);
  const [ranMs, threads] = [1, 2];
  const make = (of: (at: number) => Omit<TaskRow, 'outcome'>) =>
    Array.from({ length: tasks }, (_, at): TaskRow => ({ ...of(at), outcome: outcome(at) }));
  return {
    sequential: make(at => ({ startedMs: at * ranMs, ranMs: ranMs * (0.6 + 0.3 * random.next()) })),
    'promise-all': make(at => ({ startedMs: at * 0.001, ranMs: (tasks / 20) * (0.5 + random.next()) })),
    queue: make(at => ({
      startedMs: Math.floor(at / threads) * ranMs,
      ranMs: ranMs * (0.6 + 0.3 * random.next()),
      deliveryMs: 0.05,
      worker: at % threads,
    })),
  };
}

function pageOf(rows: Rows): string {
  return renderHtml(
    makeReport({
      scenarios: [
        makeScenario({
          executors: PAGE_EXECUTORS.map(name =>
            makeExecutor({
              name,
              kind: name === 'queue' ? 'threads' : 'loop',
              trace: recordedTrace(rows[name], { loopBusy: [[0, 3]] }),
            }),
          ),
        }),
      ],
    }),
  );
}

/** What the page makes of the same rows, so that places on the canvas are known. */
function modelOfPage(rows: Rows): Model {
  return modelOf(
    PAGE_EXECUTORS.map(name => ({
      data: {
        executor: name,
        tone: '',
        symbol: '',
        family: name === 'queue' ? ('threads' as const) : ('loop' as const),
        wallMs: recordedTrace(rows[name]).wallMs,
        tasks: rows[name].length,
        unitMs: 1e-4,
        packed: '',
        busy: [0, 30_000],
        firstTasks: [],
      },
      table: tableOf(rows[name]),
    })),
  );
}

/** Where the middle of a task is on a canvas that shows all. */
function middleOf(
  model: Model,
  { block, place }: TaskRef,
  width: number,
): { readonly x: number; readonly y: number } {
  const { picture, tracks } = model.blocks[block]!;
  const row = rowAt(picture.layout, place);
  const { track, geometry } = tracks.find(one => row < one.track.firstRow + one.track.rows)!;
  const [start, end] = [picture.layout.startedMs[place]!, picture.layout.endedMs[place]!];
  const y = geometry.top + ((row - track.firstRow + 0.5) * geometry.height) / track.rows;
  return { x: ((start + end) / 2 / model.wholeMs) * width, y };
}

const canvasOf = async (page: Page) => {
  await page.waitForSelector('.timeline.live canvas[data-drawn]');
  const canvas = page.locator('.timeline canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  const numbers = () =>
    canvas.evaluate(({ dataset: { tasks, drawn, bars } }) => ({
      tasks: Number(tasks),
      drawn: Number(drawn),
      bars: Number(bars),
    }));
  return { canvas, box, numbers };
};

const small = rowsOf(200);
const smallPage = pageOf(small);

describe('a timeline', () => {
  it('draws every task that was recorded, one by one where there is room', async () => {
    const { page } = await chromium.open(smallPage);
    const { numbers } = await canvasOf(page);
    expect(await numbers()).toEqual({ tasks: 600, drawn: 600, bars: expect.any(Number) });
    expect((await numbers()).bars).toBeGreaterThanOrEqual(400);
  });

  it('tells the worker and the times of a task under the pointer', async () => {
    const { page } = await chromium.open(smallPage);
    const { box } = await canvasOf(page);
    const model = modelOfPage(small);
    for (const task of [
      { block: 0, place: 150 },
      { block: 2, place: 20 },
      { block: 2, place: 190 },
    ]) {
      const { x, y } = middleOf(model, task, box.width);
      await page.mouse.move(box.x + x, box.y + y);
      const said = (await page.locator('.task-tip').textContent())!;
      const { index, executor } = factsOf(model, task);
      expect(said.split('\n')[0]).toBe(
        `task ${index} · ${executor} · ${executor === 'queue' ? `thread ${(index % 2) + 1}` : 'loop'}`,
      );
      expect(said).toMatch(/started at .* ms\nfinished at .* ms, ran .*\ndelivered at/);
    }
    await page.mouse.move(box.x + 5, box.y - 40);
    expect(await page.locator('.task-tip').isVisible()).toBe(false);
  });

  it('goes from task to task by keys, and reads them out', async () => {
    const { page } = await chromium.open(smallPage);
    const { canvas } = await canvasOf(page);
    await canvas.focus();
    const model = modelOfPage(small);
    const live = page.locator('.stage [role="status"]');
    await page.keyboard.press('ArrowRight');
    expect(await live.textContent()).toMatch(/^task 0 · sequential · loop\. completed\. queued at 0 ms/);
    await page.keyboard.press('ArrowRight');
    expect((await live.textContent())!.split('. ')[0]).toBe(linesOfTask(model, { block: 0, place: 1 })[0]);
    await page.keyboard.press('End');
    expect(await live.textContent()).toMatch(/^task 199 · sequential/);
    await page.keyboard.press('ArrowDown');
    expect(await live.textContent()).toMatch(/ · promise-all · loop/);
  });

  it('zooms with the wheel, the keys and the buttons, moves when it is dragged, and shows all again', async () => {
    const { page } = await chromium.open(smallPage);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const { canvas, box, numbers } = await canvasOf(page);
    const range = page.locator('.range');
    const all = await range.textContent();
    expect(all).toMatch(/^all of /);
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    // Not its own yet: the page scrolls.
    await page.mouse.wheel(0, -1);
    expect(await range.textContent()).toBe(all);
    await canvas.focus();
    await page.mouse.wheel(0, -600);
    await expect.poll(() => range.textContent()).not.toBe(all);
    expect((await numbers()).drawn).toBeLessThan(600);
    const zoomed = await range.textContent();
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => range.textContent()).not.toBe(zoomed);
    await page.getByRole('button', { name: 'Show all of the time' }).click();
    await expect.poll(() => range.textContent()).toBe(all);
    await canvas.focus();
    await page.keyboard.press('+');
    await expect.poll(() => range.textContent()).not.toBe(all);
    await page.keyboard.press('0');
    await expect.poll(() => range.textContent()).toBe(all);
  });

  it('makes rows taller and lower again, by buttons, keys and the wheel with Alt', async () => {
    const { page } = await chromium.open(smallPage);
    const { canvas, box, numbers } = await canvasOf(page);
    const heightOf = async () => (await canvas.boundingBox())!.height;
    const usual = await heightOf();
    expect(usual).toBe(box.height);
    const [taller, lower] = ['Taller rows', 'Lower rows'].map(name => page.getByRole('button', { name }));
    expect(await lower!.isDisabled()).toBe(true);
    const { bars } = await numbers();
    await taller!.click();
    const once = await heightOf();
    expect(once).toBeGreaterThan(usual);
    expect((await numbers()).bars).toBeGreaterThanOrEqual(bars);
    await lower!.click();
    expect(await heightOf()).toBe(usual);
    await canvas.focus();
    await page.keyboard.press('Shift+ArrowUp');
    expect(await heightOf()).toBe(once);
    await page.keyboard.press('Shift+ArrowDown');
    expect(await heightOf()).toBe(usual);
    await canvas.hover({ position: { x: 100, y: 100 } });
    await page.keyboard.down('Alt');
    await page.mouse.wheel(0, -100);
    await expect.poll(heightOf).toBe(once);
  });

  it('has the colours of the theme, at once when it changes', async () => {
    const { page } = await chromium.open(smallPage);
    const { canvas } = await canvasOf(page);
    const picture = () => canvas.evaluate(one => (one as HTMLCanvasElement).toDataURL());
    const light = await picture();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(picture).not.toBe(light);
  });

  it.each(THEMES)('has nothing that axe-core finds, %s', async theme => {
    const { page } = await chromium.open(smallPage, { theme });
    const { canvas } = await canvasOf(page);
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    expect(await violationsOf(page)).toEqual([]);
  });

  it('is a picture without scripts, on paper, and where data cannot be unpacked', async () => {
    const isSeen = (page: Page) => page.locator('.timeline .chart > svg').isVisible();
    const { page: still } = await chromium.open(smallPage, { hasScripts: false });
    expect(await isSeen(still)).toBe(true);
    const { page: printed } = await chromium.open(smallPage);
    await canvasOf(printed);
    expect(await isSeen(printed)).toBe(false);
    await printed.emulateMedia({ media: 'print' });
    expect(await isSeen(printed)).toBe(true);
    expect(await printed.locator('.timeline canvas').isVisible()).toBe(false);
    const { page: old } = await chromium.open(smallPage);
    await old.addInitScript(() => Reflect.deleteProperty(window, 'DecompressionStream'));
    await old.reload();
    expect(await isSeen(old)).toBe(true);
    expect(await old.locator('.timeline').textContent()).toContain('cannot unpack');
  });
});

/** At most, at the 95th percentile of a pass: to draw a frame, from frame to frame; and till the first picture. */
const FRAME_MS = 8;
const BETWEEN_MS = 34;
const FIRST_MS = 1_000;
/** Neighbours on a shared machine slow single passes: the bounds are for what the drawing can do. */
const MOST_PASSES = 5;

it('of 50,000 tasks of three executors is drawn soon, and moves smoothly', async () => {
  const { page } = await chromium.open(pageOf(rowsOf(50_000)));
  const { box, numbers } = await canvasOf(page);
  expect(await numbers()).toMatchObject({ tasks: 150_000, drawn: 150_000 });
  const firstMs = await page.evaluate(
    () => performance.getEntriesByName('timeline-first-picture')[0]!.duration,
  );
  await page.mouse.move(box.x + box.width / 3, box.y + 60);
  const p95 = (values: readonly number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(0.95 * values.length)]!;
  const passes: { readonly drawingMs: number; readonly betweenMs: number }[] = [];
  const isSmooth = () =>
    passes.some(({ drawingMs, betweenMs }) => drawingMs <= FRAME_MS && betweenMs <= BETWEEN_MS);
  while (passes.length < MOST_PASSES && !isSmooth()) {
    const { frames, between } = await framesWhile(page);
    expect(frames.length).toBeGreaterThan(100);
    passes.push({ drawingMs: p95(frames), betweenMs: p95(between) });
  }
  console.log(`first picture ${firstMs.toFixed(0)} ms; p95 of each pass ${JSON.stringify(passes)}`);
  expect(firstMs).toBeLessThanOrEqual(FIRST_MS);
  expect(isSmooth()).toBe(true);
});

/** Zooms in and out and moves, a step a frame; how long frames took to draw, and how far they were apart. */
function framesWhile(page: Page): Promise<{ readonly frames: number[]; readonly between: number[] }> {
  return page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.timeline canvas')!;
    const frames: number[] = [];
    const between: number[] = [];
    const observer = new PerformanceObserver(list => {
      for (const { duration } of list.getEntriesByName('timeline-frame')) frames.push(duration);
    });
    observer.observe({ entryTypes: ['measure'] });
    const frame = () => new Promise<number>(resolve => requestAnimationFrame(resolve));
    const wheel = (deltaX: number, deltaY: number) => {
      const { left, top, width } = canvas.getBoundingClientRect();
      const at = {
        clientX: left + width / 3,
        clientY: top + 60,
        bubbles: true,
        cancelable: true,
        ctrlKey: deltaX === 0,
      };
      canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaX, deltaY }));
    };
    let last = await frame();
    for (const [deltaX, deltaY, steps] of [
      [0, -60, 60],
      [40, 0, 30],
      [0, 60, 60],
    ] as const) {
      for (let step = 0; step < steps; step++) {
        wheel(deltaX, deltaY);
        const now = await frame();
        between.push(now - last);
        last = now;
      }
    }
    await frame();
    await new Promise(resolve => setTimeout(resolve, 100));
    return { frames, between };
  });
}
