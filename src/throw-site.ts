import { readFileSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCompiled, originalPlace, type Place } from './compiled-source.js';

const PACKAGES = `${sep}node_modules${sep}`;
const OWN = fileURLToPath(new URL('../', import.meta.url));
/** `at task (file:///app/render.mjs:12:5)`, `at async file:///app/render.mjs:12:5`, `at /app/render.cjs:12:5`. */
const FRAME = /^at (?:async )?(?:.*?\()?(file:\/\/.*|\/.*):(\d+):(\d+)\)?$/;

/**
 * Where in a user's own code something was thrown: ` (render.ts:12)`, relative to the working directory; empty where that is not
 * known. Of TypeScript it is the source.
 */
export function throwSite(thrown: unknown): string {
  const place = thrown instanceof Error ? placeOf(thrown) : null;
  return place === null ? '' : siteAt(place);
}

export function siteAt({ path, line }: Pick<Place, 'path' | 'line'>): string {
  return ` (${relative(process.cwd(), path)}:${line})`;
}

function placeOf({ stack, message }: Error): Place | null {
  if (typeof stack !== 'string') return null;
  const [first = '', ...frames] = stack.split('\n');
  return headingPlace(first) ?? framePlace(frames) ?? importPlace(message);
}

/** Above a syntax error Node writes where it is: `file:///app/render.mjs:2`. */
function headingPlace(first: string): Place | null {
  const [, at = '', line] = /^(file:\/\/.*|\/.*):(\d+)$/.exec(first) ?? [];
  const path = pathOf(at);
  return path === null ? null : usersPlace({ path, line: Number(line), column: 1 });
}

function framePlace(frames: readonly string[]): Place | null {
  for (const frame of frames) {
    const [, at = '', line, column] = FRAME.exec(frame.trim()) ?? [];
    const path = pathOf(at);
    if (path === null) continue;
    // Whatever called this program threw nothing.
    if (path.startsWith(OWN)) return null;
    const place = usersPlace({ path, line: Number(line), column: Number(column) });
    if (place !== null) return place;
  }
  return null;
}

/** Null: it is a package's. */
function usersPlace(place: Place): Place | null {
  // What TypeScript was compiled to lies among the packages.
  if (isCompiled(place.path)) return originalPlace(place);
  return place.path.includes(PACKAGES) ? null : place;
}

const NOT_FOUND = /^Cannot find (?:package|module) '(.+)' imported from (.+)$/m;

/** Of an import without a target Node tells the file alone. */
function importPlace(message: string): Place | null {
  const [, target = '', path = ''] = NOT_FOUND.exec(message) ?? [];
  return path === '' ? null : placeOfImport(pathOf(path) ?? path, target);
}

/** The first line of a file that has a text that could be the import of a package or a file. */
export function placeOfImport(path: string, target: string): Place | null {
  const isFile = target.startsWith(sep) || target.startsWith('.');
  const name = isFile ? basename(target) : target;
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const specifier = new RegExp(isFile ? `['"][^'"]*\\b${literal}['"]` : `['"]${literal}(?:/[^'"]*)?['"]`);
  const lines = readLines(path);
  const at = lines.findIndex(text => specifier.test(text));
  if (at < 0) return null;
  return usersPlace({ path, line: at + 1, column: lines[at]!.search(specifier) + 1 });
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function pathOf(place: string): string | null {
  if (!place.startsWith('file:')) return place.startsWith(sep) ? place : null;
  try {
    return fileURLToPath(place);
  } catch {
    return null;
  }
}
