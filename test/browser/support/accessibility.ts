import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong with the page as it is now, by rule with its first elements: `color-contrast: p > a`. */
export async function violationsOf(page: Page): Promise<string[]> {
  // The debugger evaluates it, which no policy of a page forbids.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // A page without scripts has no timers: what axe-core puts off would never be done.
    window.setTimeout = ((run: () => void) => queueMicrotask(run)) as unknown as typeof window.setTimeout;
    const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run(document, {
      resultTypes: ['violations'],
      // Styles of other files, of which there are none, are waited for with a timer.
      preload: false,
    });
    return violations.map(({ id, help, nodes }) => {
      const where = nodes.slice(0, 3).map(({ target }) => target.join(' '));
      return `${id} (${help}): ${where.join(', ')}${nodes.length > 3 ? `, and ${nodes.length - 3} more` : ''}`;
    });
  });
}
