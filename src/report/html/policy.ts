import { createHash } from 'node:crypto';

/**
 * The Content-Security-Policy of a page that asks nobody for anything: its styles and scripts are those with these
 * contents, everything else is refused.
 */
export function policyFor(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src ${sourcesOf(styles)}`,
    `script-src ${sourcesOf(scripts)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The hashes of these contents. */
export function sourcesOf(contents: readonly string[]): string {
  if (contents.length === 0) return "'none'";
  return contents.map(text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}
