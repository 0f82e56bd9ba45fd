import { createRequire } from 'node:module';
import { dirname, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceFileOf } from './compiled-source.js';
import { describeThrown, messageOf } from './errors.js';
import { placeOfImport, siteAt, throwSite } from './throw-site.js';
import { packageFolder } from './version.js';

/** Why a user's module does not load: what came, with file and line where they can be found out, and what to do. */
export interface LoadFailure {
  readonly got: string;
  /** The end of that: ` (render.ts:12)`, or nothing. */
  readonly site: string;
  readonly remedy: string;
}

export function explainLoadFailure(error: unknown, moduleUrl: string): LoadFailure {
  const file = moduleUrl.startsWith('file:') ? fileURLToPath(moduleUrl) : null;
  const site = throwSite(error) || (file === null ? '' : siteWithoutStack(error, file));
  // Node 26 tells of a failed await at the top no place at all: the file is better than nothing.
  const where =
    site ||
    (file !== null && error instanceof Error ? ` (${relative(process.cwd(), sourceFileOf(file))})` : '');
  return { got: `${describeShortly(error)}${where}`, site, remedy: remedyOf(error, file) };
}

/** A line of it. Where it was imported from is its site. */
export function describeShortly(error: unknown): string {
  return describeThrown(error)
    .split('\n', 1)[0]!
    .replace(/ imported from .*$/, '');
}

export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

const NO_ATTRIBUTE = /^Module "(.+)" needs an import (?:attribute|assertion) of type "json"/;

function siteWithoutStack(error: unknown, file: string): string {
  if (error instanceof SyntaxError) return syntaxErrorSite(file);
  const [, json] = NO_ATTRIBUTE.exec(messageOf(error)) ?? [];
  const target = json === undefined ? packageOf(error) : `./${json}`;
  const place = target === undefined ? null : placeOfImport(file, target);
  return place === null ? '' : siteAt(place);
}

/** The package in which it was thrown. */
function packageOf(error: unknown): string | undefined {
  const stack: unknown = error instanceof Error ? error.stack : undefined;
  if (typeof stack !== 'string') return undefined;
  const names = stack.matchAll(/[\\/]node_modules[\\/]((?:@[^\\/\s]+[\\/])?[^.\\/\s][^\\/\s]*)[\\/]/g);
  return names.next().value?.[1]?.replace('\\', '/');
}

/** Of an ES module Node does not tell where its syntax is wrong: a compiler does, for all that it imports by path. */
function syntaxErrorSite(file: string): string {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const folder = dirname(file);
  const common = { bundle: true, write: false, packages: 'external', platform: 'node' } as const;
  try {
    buildSync({ ...common, entryPoints: [file], absWorkingDir: folder, format: 'esm', logLevel: 'silent' });
    return '';
  } catch (failure) {
    const { location } = (failure as Partial<import('esbuild').BuildFailure>).errors?.[0] ?? {};
    return location == null ? '' : siteAt({ path: `${folder}/${location.file}`, line: location.line });
  }
}

const OWN_NAME = 'threads-vs-loop';
const MISSING = /^Cannot find (?:package|module) '([^']+)'/;
const NO_EXPORT = /(?:does not provide an export named|^Named export) '([^']+)'/;

const REMEDIES: Readonly<Record<string, string>> = {
  ERR_IMPORT_ATTRIBUTE_MISSING: "Write import … with { type: 'json' }.",
  ERR_IMPORT_ASSERTION_TYPE_MISSING: "Write import … with { type: 'json' }.",
  ERR_UNKNOWN_FILE_EXTENSION: 'Node does not import such files: read it, by new URL(…, import.meta.url).',
  ERR_DLOPEN_FAILED: 'Build it for this Node and this machine: npm rebuild.',
};

function remedyOf(error: unknown, file: string | null): string {
  const message = messageOf(error);
  const missing = MISSING.exec(message)?.[1];
  if (missing !== undefined) return remedyOfMissing(missing);
  const name = NO_EXPORT.exec(message)?.[1];
  if (name !== undefined)
    return message.startsWith('Named')
      ? `Import the default export, and take ${name} from that.`
      : `Export ${name} there, or import another name.`;
  const path = missingFileOf(error);
  if (path !== null) return remedyOfFile(path, file);
  return REMEDIES[codeOf(error) ?? ''] ?? 'Correct it and run again.';
}

function remedyOfMissing(target: string): string {
  if (target.startsWith('.') || isAbsolute(target))
    return 'Correct the path; an import needs the extension too.';
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  // A clone of this program is a package too, whatever a registry has.
  return `Install it where the module is: npm install ${name === OWN_NAME ? packageFolder() : name}.`;
}

/** The path that the system did not find, of an error that says so. */
export function missingFileOf(error: unknown): string | null {
  if (codeOf(error) !== 'ENOENT') return null;
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null;
}

/** @param file of the module that wants it, or what it was compiled to */
export function remedyOfFile(path: string, file: string | null): string {
  const folder = file === null ? process.cwd() : dirname(sourceFileOf(file));
  if (isAbsolute(path) || folder === process.cwd()) return 'Put the file there, or correct the path.';
  const where = `${path} is looked for in the working directory, and the module is in ${relative(process.cwd(), folder)}`;
  const beside = path.replace(/^\.\//, '');
  return `${where}: write new URL('./${beside}', import.meta.url), in CommonJS join(__dirname, '${beside}'), or run it there.`;
}
