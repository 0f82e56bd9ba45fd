import { existsSync, readFileSync } from 'node:fs';

const ROOT = findRoot(new URL('.', import.meta.url));

/** Text of a file of this project, known by its path from the root: `node_modules` lies there in a checkout. */
export function readProjectFile(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** The sources and what they compile to lie at different depths. */
function findRoot(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const parent = new URL('..', folder);
  if (parent.href === folder.href) throw new Error(`no package.json above ${import.meta.url}`);
  return findRoot(parent);
}
