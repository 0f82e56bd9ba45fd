import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from '../../../bench/support/chromium.js';
import { type Complaints, collectComplaints } from './complaints.js';
import { servedPages } from './served-pages.js';

export const WIDTHS = [375, 768, 1440] as const;
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const HEIGHT = 900;

interface Setting {
  /** Pixels; default: the widest. */
  readonly width?: number;
  readonly theme?: Theme;
  /** False: as in Jenkins, and other places that forbid scripts. */
  readonly hasScripts?: boolean;
  /** Served from this machine with this Content-Security-Policy; default: it is opened as a file. */
  readonly hostPolicy?: string;
  /** For those who want nothing to move. */
  readonly isStill?: boolean;
  /** It is meant to: for pages that a checker must reject. All others fail the test at its end when they do. */
  readonly mayComplain?: boolean;
}

export interface OpenedPage {
  readonly page: Page;
  readonly complaints: Complaints;
}

/** Opens pages in the one browser of this file of tests. */
export interface Chromium {
  /** As a file of its own, in a profile of its own, which ends with the test. */
  open(html: string, setting?: Setting): Promise<OpenedPage>;
  /** As its server sends it; that one alone may be asked, by anything that the page opens too. */
  visit(address: string, setting?: Setting): Promise<OpenedPage>;
}

/**
 * To be called once in a file, outside of tests. Whatever a page does that it must not (messages, errors, dialogs, refusals of
 * its policy, requests) fails the test that opened it.
 */
export function useChromium(): Chromium {
  let browser: Browser;
  let folder: string;
  let number = 0;
  const opened: (OpenedPage & { readonly mayComplain: boolean })[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tvl-browser-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const asFile = (html: string) => {
    const file = join(folder, `page-${++number}.html`);
    writeFileSync(file, html);
    return pathToFileURL(file).href;
  };
  const served = servedPages();
  afterEach(async () => {
    await served.close();
    const all = opened.splice(0);
    for (const { page } of all) await page.context().close();
    const complaints = all.flatMap(one => (one.mayComplain ? [] : one.complaints));
    expect(complaints, 'what pages must not do').toEqual([]);
  });

  async function goTo(
    address: string,
    mayAsk: (url: string) => boolean,
    { width = 1440, theme = 'light', hasScripts = true, mayComplain = false, isStill = false }: Setting = {},
  ): Promise<OpenedPage> {
    const context = await browser.newContext({
      viewport: { width, height: HEIGHT },
      colorScheme: theme,
      javaScriptEnabled: hasScripts,
      reducedMotion: isStill ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const complaints = await collectComplaints(page, mayAsk);
    opened.push({ page, complaints, mayComplain });
    await page.goto(address);
    return { page, complaints };
  }

  return {
    async open(html, setting = {}) {
      const { hostPolicy } = setting;
      const address =
        hostPolicy === undefined
          ? asFile(html)
          : await served.open(html, { 'content-security-policy': hostPolicy });
      return goTo(address, url => url === address, setting);
    },
    visit(address, setting) {
      const { origin } = new URL(address);
      const mayAsk = (url: string) => url.startsWith(`${origin}/`) || url.startsWith(`blob:${origin}/`);
      return goTo(address, mayAsk, setting);
    },
  };
}
