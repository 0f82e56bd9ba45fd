import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong with the page as it is now, by rule with its first elements: `color-contrast: p > a`. */
export async function violationsOf(page: Page): Promise<string[]> {
  if (await hasScripts(page)) return violationsHere(page);
  const copy = await copyOf(page);
  try {
    return await violationsHere(copy);
  } finally {
    await copy.context().close();
  }
}

async function violationsHere(page: Page): Promise<string[]> {
  // The debugger evaluates it, which no policy of a page forbids; once a page, as that takes a quarter of a second.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations.map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map(({ target }) => target.join(' '));
      return `${id} (${help}): ${where.join(', ')}${nodes.length > 3 ? `, and ${nodes.length - 3} more` : ''}`;
    });
  });
}

/** What is in `noscript` is text for a page that has them, and elements for one that has none. */
async function hasScripts(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const probe = document.createElement('div');
    probe.innerHTML = '<noscript><b></b></noscript>';
    return probe.querySelector('b') === null;
  });
}

/**
 * The same without its scripts, where there are some: axe-core waits for timers, which a page without scripts has none of.
 */
async function copyOf(page: Page): Promise<Page> {
  const html = (await page.content()).replace(/<script>[\s\S]*?<\/script>/g, '');
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const context = await page
    .context()
    .browser()!
    .newContext({ viewport: page.viewportSize(), colorScheme: isDark ? 'dark' : 'light' });
  const copy = await context.newPage();
  await copy.setContent(html);
  return copy;
}
