import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UiCommand } from '../../bench/support/ui-command.js';
import { useChromium } from './support/chromium.js';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

describe('the page of the command itself', () => {
  const chromium = useChromium();
  let command: UiCommand;
  let address: string;
  beforeAll(async () => {
    command = new UiCommand(MAIN);
    address = await command.address();
  });
  afterAll(() => command[Symbol.asyncDispose]());

  it.each(['waiting', 'computing', 'mixed', 'comments', 'todos', 'movies', 'feed', 'ping'])(
    'races %s',
    async name => {
      const { page } = await chromium.visit(address, { isStill: true });
      const cards = page.locator('.card');
      await cards.first().waitFor();
      const titles: Readonly<Record<string, string>> = { mixed: 'Waiting and computing' };
      await cards
        .filter({ has: page.getByText(titles[name] ?? new RegExp(`^${name}$`, 'i'), { exact: true }) })
        .click();
      await page.getByRole('button', { name: 'Race', exact: true }).click();
      await page.locator('.running').waitFor();
      await page.locator('.running').waitFor({ state: 'detached', timeout: 60_000 });
      expect(await page.locator('[role=alert]').allTextContents()).toEqual([]);
      await page.locator('#race tbody tr').first().waitFor();
      expect(await page.locator('#race tbody tr').count()).toBeGreaterThan(1);
      expect(await page.locator('#explain').textContent()).toContain('main loop');
    },
  );

  it('measures to a verdict, saves it, and opens its report', async () => {
    const { page } = await chromium.visit(address);
    await page.locator('.card').filter({ hasText: 'Computing' }).last().waitFor();
    await page.getByLabel('with a budget of').selectOption('10');
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.locator('#measure .verdict').first().waitFor({ timeout: 90_000 });
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Open the whole report' }).click();
    const tab = await opened;
    await tab.waitForURL(/^blob:/);
    expect(await tab.locator('h1').count()).toBe(1);
    await page.locator('#gallery li').first().waitFor();
  });

  it('stops a measurement, with what is finished', async () => {
    const { page } = await chromium.visit(address);
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.running').waitFor({ state: 'detached', timeout: 60_000 });
    expect(await page.getByRole('button', { name: 'Race', exact: true }).isEnabled()).toBe(true);
  });
});
