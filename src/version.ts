import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

let version: string | undefined;

/** Of this package: two folders up from the compiled file, one from the source. */
const ROOT = new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url);

export function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as { version: string })
    .version;
  return version;
}

export function packageFolder(): string {
  return fileURLToPath(ROOT).replace(/[\\/]$/, '');
}
