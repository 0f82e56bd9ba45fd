/** Adds something to a page that is complete without it. */
export type Feature = (page: Document) => void | Promise<void>;

/** Each may fail without hurting the others: what it would have added is missing then, and nothing else. */
export function enhance(page: Document, features: Readonly<Record<string, Feature>>): void {
  for (const [name, feature] of Object.entries(features)) {
    start(page, feature).catch((error: unknown) => console.error(`threads-vs-loop, ${name}:`, error));
  }
}

/** What it throws at once is a rejection too. */
async function start(page: Document, feature: Feature): Promise<void> {
  await feature(page);
}
