import { readFileSync } from 'node:fs';

let version: string | undefined;

/** Of this package, from its package.json: two folders up from the compiled file, one from the source. */
export function packageVersion(): string {
  const root = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json';
  version ??= (JSON.parse(readFileSync(new URL(root, import.meta.url), 'utf8')) as { version: string })
    .version;
  return version;
}
