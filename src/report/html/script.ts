import { readFileSync } from 'node:fs';
import { compiledUrl } from '../../entry.js';

/** What would end a script element early, or begin a comment in it. */
const ENDS_SCRIPT = /<(?:\/script|!--)/i;

let script: string | null = null;

/** What `src/page` is bundled to: one for all pages. */
export function pageScript(): string {
  script ??= readScript();
  return script;
}

function readScript(): string {
  const text = readFileSync(new URL(compiledUrl('page/main.js')), 'utf8').trim();
  if (ENDS_SCRIPT.test(text))
    throw new Error('Expected a script that can stand in a page, got one that ends its element.');
  return text;
}
