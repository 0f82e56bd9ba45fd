import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where TypeScript is compiled to, in a project's `node_modules` or beside the file. */
export const CACHE_FOLDERS = ['node_modules', '.cache', 'threads-vs-loop'] as const;
export const FOLDER_BESIDE = '.threads-vs-loop';

/** In a file that somebody has written. Line and column count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export function isCompiled(path: string): boolean {
  return [CACHE_FOLDERS.join(sep), FOLDER_BESIDE].some(folder => path.includes(sep + folder + sep));
}

/** The place in TypeScript that a place in what it was compiled to came from; null where that is not known. */
export function originalPlace({ path, line, column }: Place): Place | null {
  const map = sourceMapOf(path);
  if (map === null) return null;
  const entry = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in entry)) return null;
  const source = pathOfSource(map.payload, entry.originalSource);
  return { path: source, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

/** The file that was compiled, which is last: what it imports comes first. A file that was not is its own source. */
export function sourceFileOf(path: string): string {
  const map = isCompiled(path) ? sourceMapOf(path) : null;
  const entry = map?.payload.sources.at(-1);
  return map == null || entry === undefined ? path : pathOfSource(map.payload, entry);
}

function pathOfSource({ sourceRoot }: SourceMapPayload, source: string): string {
  return fileURLToPath(new URL(source, sourceRoot));
}

/** Read once: a task may throw a thousand times. */
const maps = new Map<string, SourceMap | null>();

function sourceMapOf(path: string): SourceMap | null {
  const known = maps.get(path);
  if (known !== undefined) return known;
  const read = readInlineMap(path);
  maps.set(path, read);
  return read;
}

const INLINE_MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

function readInlineMap(path: string): SourceMap | null {
  try {
    const [, base64] = INLINE_MAP.exec(readFileSync(path, 'utf8')) ?? [];
    if (base64 === undefined) return null;
    const payload = JSON.parse(Buffer.from(base64, 'base64').toString()) as SourceMapPayload;
    return new SourceMap({ ...payload, sourceRoot: payload.sourceRoot || pathToFileURL(path).href });
  } catch {
    return null;
  }
}
