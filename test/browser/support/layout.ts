import type { Page } from 'playwright-core';

/** Elements that stand out of the page at its right, which would have to be scrolled sideways; boxes that scroll may. */
export async function overflowOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX) ||
        scrolls(element.parentElement));
    const outside = [...document.body.querySelectorAll('*')].filter(
      element => element.getBoundingClientRect().right > clientWidth + 0.5 && !scrolls(element.parentElement),
    );
    const named = outside.slice(0, 5).map(({ tagName, textContent }) => {
      return `${tagName.toLowerCase()} ${textContent.trim().slice(0, 40)}`;
    });
    return [`${scrollWidth} of ${clientWidth} pixels`, ...named];
  });
}

/** As if the reader had opened everything that is folded. */
export async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
}

/** What is wrong with charts: without a size, empty, or larger than the page. */
export async function brokenCharts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const page = document.documentElement.clientWidth;
    return [...document.querySelectorAll('svg[role="img"]')].flatMap(chart => {
      const name = chart.querySelector('title')?.textContent ?? 'without a title';
      if (!chart.checkVisibility()) return [`${name}: folded away`];
      const { width, height, left, right } = chart.getBoundingClientRect();
      const shapes = [...chart.querySelectorAll('path, rect, line, text')].map(shape =>
        shape.getBoundingClientRect(),
      );
      const isDrawn = shapes.some(shape => shape.width > 0 && shape.height > 0);
      return [
        ...(width > 0 && height > 0 ? [] : [`${name}: ${width} × ${height}`]),
        ...(isDrawn ? [] : [`${name}: nothing in it is to be seen`]),
        ...(left >= 0 && right <= page + 0.5 ? [] : [`${name}: out of the page`]),
      ];
    });
  });
}

/** Text of charts that is cut by the edge of its chart, or runs into other text of it. */
export async function collidingTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const overlaps = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    return [...document.querySelectorAll('svg[role="img"]')].flatMap(chart => {
      const name = chart.querySelector('title')?.textContent ?? 'without a title';
      const texts = [...chart.querySelectorAll('text')].map(text => ({
        said: text.textContent,
        box: text.getBoundingClientRect(),
      }));
      return texts.flatMap(({ said, box }, at) => {
        const other = texts.slice(at + 1).find(one => overlaps(box, one.box));
        return other === undefined ? [] : [`${name}: "${said}" and "${other.said}"`];
      });
    });
  });
}

/** Ways in the page that lead nowhere, or to something that cannot be seen once one has got there. */
export async function deadLinks(page: Page): Promise<string[]> {
  const links = await page.evaluate(() => [
    ...new Set([...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href')!)),
  ]);
  const dead: string[] = [];
  for (const link of links) {
    const isThere = await page.evaluate(href => {
      const target = href.startsWith('#') ? document.getElementById(href.slice(1)) : null;
      if (target === null) return false;
      location.hash = href;
      const { top, width, height } = target.getBoundingClientRect();
      return target.checkVisibility() && width > 0 && height > 0 && top < innerHeight;
    }, link);
    if (!isThere) dead.push(link);
  }
  return dead;
}
