import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE, REPORT, raceOf, UiServer } from '../support/ui-server.js';
import { violationsOf } from './support/accessibility.js';
import { THEMES, useChromium, WIDTHS } from './support/chromium.js';
import { collidingTexts, overflowOf } from './support/layout.js';

/** Closed when its pages are: one whose server is gone complains. */
const servers: UiServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

const chromium = useChromium();

/** Half of what a frame has at 60 a second; the machine of a test is somebody else's too. */
const FRAME_MS = 8;

async function withServer(work: (server: UiServer, address: string) => Promise<void>): Promise<void> {
  const server = new UiServer();
  servers.push(server);
  await work(server, await server.listen());
}

const choose = (page: Page, title: string) =>
  page
    .locator('.card')
    .filter({ has: page.locator('b', { hasText: new RegExp(`^${title}$`) }) })
    .click();

async function race(page: Page, server: UiServer): Promise<void> {
  await page.getByRole('button', { name: 'Race', exact: true }).click();
  await page.locator('.running').waitFor();
  server.finish();
  await page.locator('#race canvas').waitFor();
}

async function raceToTheEnd(page: Page, server: UiServer): Promise<void> {
  await race(page, server);
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.locator('#race .won').first().waitFor();
}

/** In the page: what is unpacked first waits for `release`, which ends when all that follows from it has been done. */
function holdFirstUnpacking(): void {
  const Unpacking = DecompressionStream;
  let [isHeld, release, unpacked] = [false, () => {}, () => {}];
  const released = new Promise<void>(resolve => (release = resolve));
  const isUnpacked = new Promise<void>(resolve => (unpacked = resolve));
  const holding = () =>
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        await released;
        controller.enqueue(chunk);
      },
      flush: () => unpacked(),
    });
  function Held(format: CompressionFormat) {
    const unpacking = new Unpacking(format);
    if (isHeld) return unpacking;
    isHeld = true;
    return { writable: unpacking.writable, readable: unpacking.readable.pipeThrough(holding()) };
  }
  const frame = () => new Promise(requestAnimationFrame);
  Object.assign(window, {
    DecompressionStream: Held,
    async release() {
      release();
      await isUnpacked;
      await frame();
      await frame();
    },
  });
}

/** In the page: `observers` are those of changes of the document that are at work. */
function countObservers(): void {
  const observers = new Set<MutationObserver>();
  window.MutationObserver = class extends MutationObserver {
    override observe(...what: Parameters<MutationObserver['observe']>): void {
      observers.add(this);
      super.observe(...what);
    }
    override disconnect(): void {
      observers.delete(this);
      super.disconnect();
    }
  };
  Object.assign(window, { observers });
}

const atMs = (page: Page) =>
  page.locator('#race canvas').evaluate(canvas => Number((canvas as HTMLElement).dataset.atMs));

describe('choosing', () => {
  it.each(CATALOGUE.presets.map(({ name, title }) => ({ name, title })))(
    'asks for the preset $name',
    ({ name, title }) =>
      withServer(async (server, address) => {
        const { page } = await chromium.visit(address);
        await choose(page, title);
        await raceToTheEnd(page, server);
        expect(server.requests).toEqual([{ kind: 'race', plan: { preset: name } }]);
        const { executors } = CATALOGUE.presets.find(one => one.name === name)!.plan;
        expect(await page.locator('#race tbody tr').count()).toBe(executors.length);
      }),
  );

  it('takes sliders, numbers and executors, from the keyboard too', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await choose(page, 'Waiting');
      const slider = page.getByRole('slider', { name: 'Waiting for an answer, per task, ms' });
      await slider.focus();
      await page.keyboard.press('ArrowRight');
      const tasks = page.getByRole('spinbutton', { name: 'Tasks' });
      await tasks.fill('100');
      await tasks.press('Tab');
      await page.getByRole('checkbox', { name: 'promise-all' }).check();
      await race(page, server);
      expect(server.requests[0]!.plan).toEqual({
        preset: 'waiting',
        waitMs: 11,
        tasks: 100,
        executors: ['sequential', 'limited', 'promise-all', 'queue'],
      });
    }));

  it('shows no slider that the task does not have', () =>
    withServer(async (_server, address) => {
      const { page } = await chromium.visit(address);
      await choose(page, 'Waiting');
      expect(await page.getByRole('spinbutton', { name: 'Computing, per task' }).isVisible()).toBe(false);
    }));

  it('takes the token out of the address, and has it after a reload', () =>
    withServer(async (_server, address) => {
      const { page } = await chromium.visit(address);
      await page.locator('.card').first().waitFor();
      expect(page.url()).not.toContain('#');
      await page.reload();
      await page.locator('.card').first().waitFor();
    }));
});

describe('a race', () => {
  it('says what is measured, draws nothing meanwhile, and then is replayed in time', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await page.evaluate(() => {
        const frames: number[] = [];
        new PerformanceObserver(list => {
          for (const { name, duration } of list.getEntries())
            if (name === 'race-frame') frames.push(duration);
        }).observe({ entryTypes: ['measure'] });
        Object.assign(window, { frames });
      });
      await choose(page, 'Comments');
      await page.getByRole('button', { name: 'Race', exact: true }).click();
      await page.locator('.running').waitFor();
      server.progress('queue ×5: trial 2 of 3', 4_000);
      await page.getByText('queue ×5: trial 2 of 3').waitFor();
      expect(await page.locator('#race canvas').count()).toBe(0);
      server.finish();
      await page.waitForFunction(() => (window as unknown as { frames: number[] }).frames.length > 60);
      const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
      const middle = frames.toSorted((a, b) => a - b)[frames.length >> 1]!;
      expect(middle).toBeLessThan(FRAME_MS);
      // A page that is replayed for hours keeps none of them.
      expect(await page.evaluate(() => performance.getEntriesByName('race-frame').length)).toBe(0);
    }));

  it('tells nobody how it ends before it is over', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await choose(page, 'Comments');
      await race(page, server);
      expect(await page.locator('#race tbody').count()).toBe(0);
      expect(await page.locator('#explain .lead').filter({ hasText: 'A task is' }).count()).toBe(0);
      await page.getByRole('button', { name: 'End', exact: true }).click();
      await page.locator('#race tbody').waitFor();
      expect(await page.locator('#explain').textContent()).toContain('A task is');
    }));

  it('ends where all are over, whatever part of the time is shown', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await choose(page, 'Comments');
      await race(page, server);
      const part = page.getByLabel('Which part of the time');
      const whole = await part.inputValue();
      await part.selectOption({ index: 1 });
      await page.getByRole('button', { name: 'End', exact: true }).click();
      await page.locator('#race tbody').waitFor();
      expect(await part.inputValue()).toBe(whole);
      expect(await atMs(page)).toBeCloseTo(Number(whole), 2);
      await part.selectOption({ index: 1 });
      await page.locator('#race canvas').press('End');
      await expect.poll(() => part.inputValue()).toBe(whole);
    }));

  it('is the latest one, whichever is unpacked first', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await page.locator('.card').first().waitFor();
      await page.evaluate(holdFirstUnpacking);
      const plans = [{ preset: 'comments' }, { preset: 'computing' }];
      plans.forEach((plan, at) => {
        server.tell({ type: 'race-done', run: at + 1, result: raceOf({ kind: 'race', plan }) });
      });
      const shown = page.locator('#race canvas');
      await shown.waitFor();
      await page.evaluate(() => (window as unknown as { release(): Promise<void> }).release());
      expect(await shown.getAttribute('aria-label')).toContain('Race of sequential, limited, queue');
    }));

  it('leaves nothing behind that follows the theme when another race takes its place', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await page.locator('.card').first().waitFor();
      await page.evaluate(countObservers);
      const observers = async (preset: string, run: number, name: string) => {
        server.tell({ type: 'race-done', run, result: raceOf({ kind: 'race', plan: { preset } }) });
        await page.getByRole('img', { name }).waitFor();
        return page.evaluate(() => (window as unknown as { observers: Set<unknown> }).observers.size);
      };
      const first = await observers('comments', 1, 'Race of sequential, promise-all');
      expect(await observers('computing', 2, 'Race of sequential, limited')).toBe(first);
    }));

  it('is played, stepped and sought by keys', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address, { isStill: true });
      await race(page, server);
      await page.locator('#race .won').first().waitFor();
      const endMs = await atMs(page);
      await page.locator('#race canvas').focus();
      await page.keyboard.press('Home');
      await page.waitForFunction(() => document.querySelector('canvas')!.dataset.atMs === '0.000');
      await page.keyboard.press('ArrowRight');
      await page.waitForFunction(() => Number(document.querySelector('canvas')!.dataset.atMs) > 0);
      expect(await atMs(page)).toBeCloseTo(0.05 * endMs, 1);
      const stepped = await atMs(page);
      await page.keyboard.press(',');
      await page.waitForFunction(
        before => Number(document.querySelector('canvas')!.dataset.atMs) < before,
        stepped,
      );
      await page.keyboard.press(' ');
      await page.waitForFunction(
        ms => Number(document.querySelector('canvas')!.dataset.atMs) > ms,
        0.1 * endMs,
      );
      await page.keyboard.press(' ');
    }));

  it('compares what was tipped with what came', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await choose(page, 'Comments');
      await page.getByRole('radio', { name: 'queue' }).check();
      await page.getByLabel('How many times as fast').selectOption('8');
      await raceToTheEnd(page, server);
      expect(await page.locator('#race').textContent()).toContain('You tipped queue ×5, which came 2nd');
    }));

  it('moves the task on the map with a slider', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await choose(page, 'Mixed');
      await raceToTheEnd(page, server);
      const words = page.locator('#map-words');
      expect(await words.textContent()).toContain('computes 1 ms');
      await page.getByRole('spinbutton', { name: 'Computing, per task' }).fill('8');
      await page.keyboard.press('Tab');
      expect(await words.textContent()).toContain('computes 8 ms');
    }));
});

describe('a measurement', () => {
  it('draws its intervals fork by fork, says the verdict, and opens its report', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await page.getByRole('button', { name: 'Measure', exact: true }).click();
      await page.locator('.running').waitFor();
      expect(server.requests[0]).toMatchObject({ kind: 'measure', budgetSeconds: 20 });
      for (const forks of [1, 2, 3]) server.fork(forks);
      await page.locator('#measure figure').filter({ hasText: 'After 3 forks' }).waitFor();
      expect(await page.locator('#measure .old').count()).toBe(4);
      server.finish();
      await page.locator('#measure .verdict').waitFor();
      expect(await page.locator('#measure').textContent()).toContain('Use the loop');
      const opened = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Open the whole report' }).click();
      const tab = await opened;
      await tab.waitForURL(/^blob:/);
      expect(REPORT).toContain(await tab.locator('h1').textContent());
      expect(await page.locator('#gallery li').count()).toBe(2);
    }));

  it('is stopped, and says so', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address);
      await page.getByRole('button', { name: 'Measure', exact: true }).click();
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect.poll(() => server.stops).toBe(1);
      server.finish(true);
      await page.getByText('It was stopped').waitFor();
    }));
});

describe('the connection', () => {
  it('is taken up again where it broke', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address, { mayComplain: true });
      await page.getByRole('button', { name: 'Measure', exact: true }).click();
      await page.locator('.running').waitFor();
      server.fork(1);
      await page.getByText('After 1 fork,').waitFor();
      server.breakStreams();
      server.fork(2);
      await page.getByText('After 2 forks,').waitFor();
      expect(await page.locator('#measure .old').count()).toBe(2);
      expect(await page.locator('[role=alert]').count()).toBe(0);
    }));

  it('shows a page that is opened in mid-run what is under way, and one at a time', () =>
    withServer(async (server, address) => {
      const first = await chromium.visit(address);
      await choose(first.page, 'Comments');
      await first.page.getByRole('button', { name: 'Race', exact: true }).click();
      await first.page.locator('.running').waitFor();
      const second = await chromium.visit(address);
      await second.page.locator('.running').waitFor();
      expect(await second.page.locator('.running').textContent()).toContain('by somebody else: comments');
      expect(await second.page.getByRole('button', { name: 'Race', exact: true }).isDisabled()).toBe(true);
      server.finish();
      await second.page.locator('#race canvas').waitFor();
    }));

  it('lists saved runs after a run that was under way when the page was opened, whatever came of it', () =>
    withServer(async (server, address) => {
      const first = await chromium.visit(address);
      for (const end of [() => server.finish(), () => server.fail('nobody came to the end')]) {
        await first.page.getByRole('button', { name: 'Race', exact: true }).click();
        await first.page.locator('.running').waitFor();
        const { page } = await chromium.visit(address);
        const gallery = page.locator('#gallery');
        await gallery.getByText('when it is over').waitFor();
        expect(await gallery.textContent()).not.toContain('None yet');
        end();
        await gallery.locator('li').waitFor();
        expect(await gallery.getByText('when it is over').isVisible()).toBe(false);
      }
    }));

  it('keeps the saved runs it has where they cannot be read anew', () =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address, { mayComplain: true });
      const gallery = page.locator('#gallery');
      await gallery.locator('li').waitFor();
      server.isGalleryRefused = true;
      server.tell({ type: 'state', state: 'idle' });
      await gallery.getByText('when it is over').waitFor();
      expect(await gallery.locator('li').count()).toBe(1);
    }));

  it('says what to do without a token, and with a wrong one', () =>
    withServer(async (_server, address) => {
      const { page } = await chromium.visit(address.replace(/#.*/, ''));
      expect(await page.getByRole('alert').textContent()).toContain(
        'the address that the program has printed',
      );
      const wrong = await chromium.visit(address.replace(/#.*/, '#wrong'), { mayComplain: true });
      expect(await wrong.page.getByRole('alert').textContent()).toContain('token is not the one');
    }));
});

describe.each(THEMES)('in a %s theme', theme => {
  it.each(WIDTHS)('is whole and accessible at %d pixels, from choosing to the verdict', width =>
    withServer(async (server, address) => {
      const { page } = await chromium.visit(address, { width, theme });
      await choose(page, 'Comments');
      expect(await violationsOf(page), 'before').toEqual([]);
      await raceToTheEnd(page, server);
      await page.getByRole('button', { name: 'Measure', exact: true }).click();
      await page.locator('.running').waitFor();
      for (const forks of [1, 2, 3, 4, 5]) server.fork(forks);
      server.finish();
      await page.locator('#measure .verdict').waitFor();
      expect(await violationsOf(page), 'after').toEqual([]);
      expect(await overflowOf(page)).toEqual([]);
      expect(await collidingTexts(page)).toEqual([]);
    }),
  );
});

it('has large type for a projector, which fits too', () =>
  withServer(async (server, address) => {
    const { page } = await chromium.visit(address, { width: 1_024 });
    await page.getByRole('button', { name: 'Large type' }).click();
    await choose(page, 'Comments');
    await raceToTheEnd(page, server);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('22px');
    expect(await overflowOf(page)).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
  }));
