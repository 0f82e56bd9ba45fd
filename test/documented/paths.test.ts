import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);

/** Paths of a text; a bare name after a path is of the same folder. */
function pathsIn(text: string): string[] {
  return text.split('\n').flatMap(line => {
    let folder = '';
    return [
      ...line.matchAll(/\b((?:src|workers|bench|test|docs)\/[\w./-]+\.\w+|[a-z][\w-]*\.ts)\b/g),
    ].flatMap(([path]) => {
      if (path.includes('/')) folder = dirname(path);
      else if (folder === '') return [];
      return [path.includes('/') ? path : `${folder}/${path}`];
    });
  });
}

it.each(['docs/architecture.md', 'CONTRIBUTING.md', 'docs/methodology.md'])(
  '%s names files that there are',
  page => {
    const paths = pathsIn(readFileSync(new URL(page, ROOT), 'utf8'));
    expect(paths.length).toBeGreaterThan(5);
    // NAME stands for what a reader will write.
    const missing = paths.filter(path => !path.includes('NAME') && !existsSync(new URL(path, ROOT)));
    expect(missing).toEqual([]);
  },
);
