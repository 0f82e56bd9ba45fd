/** Adds something to a page that is complete without it. */
export type Feature<Page> = (page: Page) => void | Promise<void>;

/** Each may fail without hurting the others: what it would have added is missing then, and nothing else. */
export function enhance<Page>(page: Page, features: Readonly<Record<string, Feature<Page>>>): void {
  for (const [name, feature] of Object.entries(features)) {
    start(page, feature).catch((error: unknown) => console.error(`threads-vs-loop, ${name}:`, error));
  }
}

/** What it throws at once is a rejection too. */
async function start<Page>(page: Page, feature: Feature<Page>): Promise<void> {
  await feature(page);
}
