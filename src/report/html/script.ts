import { readFileSync } from 'node:fs';
import { compiledUrl } from '../../entry.js';

/** What would end a script element early, or begin a comment in it. */
const ENDS_SCRIPT = /<(?:\/script|!--)/i;

const scripts = new Map<string, string>();

/** What `src/page` is bundled to: one for all pages. */
export function pageScript(): string {
  return bundledScript('page/main.js');
}

/** @param path within `src`, of what `npm run build:page` writes */
export function bundledScript(path: string): string {
  const known = scripts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(compiledUrl(path)), 'utf8').trim();
  if (ENDS_SCRIPT.test(text))
    throw new Error('Expected a script that can stand in a page, got one that ends its element.');
  scripts.set(path, text);
  return text;
}
