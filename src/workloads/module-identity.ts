import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readTaskFunctionUrl } from './task-function.js';

export interface ModuleIdentity {
  readonly url: string;
  /** SHA-256 of all that the module is made of: the same for a copy elsewhere, another for another version. */
  readonly contents: string;
}

/** What a module is made of, as far as its imports name it. */
export interface ModuleParts {
  /** Itself and what it imports by relative paths, by path from its folder. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** `name@version` of the packages that these import; `name@?` where there is none. */
  readonly packages: ReadonlySet<string>;
}

/** Specifiers that are written out in `import … from`, `export … from`, `import()` and `require()`, and as the `module` of a mix. */
const SPECIFIER =
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\b(?:import|require)\s*\(?\s*['"]([^'"]+)['"]|\bmodule:\s*['"](\.\.?\/[^'"#]+)/g;

export async function moduleIdentity(moduleUrl: string): Promise<ModuleIdentity> {
  // Loaded here: every thread loads this file, and few ever ask.
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  if (!moduleUrl.startsWith('file:'))
    return { url: moduleUrl, contents: hash.update(moduleUrl).digest('hex') };
  const { files, packages } = await moduleParts(moduleUrl);
  for (const [path, contents] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0${contents.length}\0`).update(contents);
  for (const name of [...packages].sort()) hash.update(`${name}\0`);
  const { exportName, argsUrl } = readTaskFunctionUrl(moduleUrl);
  if (exportName !== null) hash.update(`#${exportName}\0`);
  if (argsUrl !== null) hash.update(await readFile(new URL(argsUrl)));
  return { url: moduleUrl, contents: hash.digest('hex') };
}

/** @param moduleUrl of a file */
export async function moduleParts(moduleUrl: string): Promise<ModuleParts> {
  const entry = fileURLToPath(moduleUrl);
  const files = new Map<string, Buffer>();
  const packages = new Set<string>();
  const left = [entry];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    const path = relative(dirname(entry), file).replaceAll('\\', '/');
    const contents = files.has(path) ? null : await read(file);
    // What only looks like an import, such as one in a comment, may name nothing.
    if (contents === null) continue;
    files.set(path, contents);
    for (const [, from, called, mixed] of contents.toString().matchAll(SPECIFIER)) {
      const specifier = (from ?? called ?? mixed)!;
      if (/^\.\.?\//.test(specifier)) left.push(fileURLToPath(new URL(specifier, pathToFileURL(file))));
      else if (!specifier.startsWith('node:')) packages.add(await versionOf(specifier, dirname(file)));
    }
  }
  return { files, packages };
}

async function versionOf(specifier: string, folder: string): Promise<string> {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const found = await read(join(folder, 'node_modules', name, 'package.json'));
  if (found !== null) return `${name}@${(JSON.parse(found.toString()) as { version?: string }).version}`;
  return dirname(folder) === folder ? `${name}@?` : versionOf(specifier, dirname(folder));
}

async function read(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch {
    return null;
  }
}
