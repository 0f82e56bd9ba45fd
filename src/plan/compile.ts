import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire, SourceMap, type SourceMapping } from 'node:module';
import { basename, dirname, join, parse } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildFailure, BuildResult, Metafile } from 'esbuild';
import { UsageError } from '../errors.js';
import { MODULE_EXTENSION } from '../workloads/task-function.js';
import { moduleFoldersFor, projectOf, storeModule } from './written-module.js';

/** Stands for `import.meta.url`, `__dirname` and so on until it is known which file a piece of the bundle came from. */
const placeholder = (property: string) => `threads-vs-loop:import.meta.${property}`;

const OWN_OF_FILES = {
  'import.meta.url': 'url',
  'import.meta.dirname': 'dirname',
  'import.meta.filename': 'filename',
  __dirname: 'dirname',
  __filename: 'filename',
} as const;

/** What is not compiled. */
const NODES_OWN = ['.node', '.wasm'] as const;

type Bundle = BuildResult<{ metafile: true; write: false }>;

/**
 * Compiles TypeScript, with its relative imports, to one ES module that every thread and process can load.
 *
 * Packages stay imports. The module lies inside the user's project, where they are found, and is named after its
 * contents: an edited file gets another one, and one that is there is never written again.
 *
 * @param file absolute path
 * @param given what the user wrote for it, for messages
 * @returns absolute path of the module
 * @throws UsageError when it does not compile, or there is nowhere to put it
 */
export function compileTypeScript(file: string, given = file): string {
  const bundle = build(file, given);
  const code = withOwnPaths(withUrlsOfSources(bundle, dirname(file)), dirname(file));
  const hash = createHash('sha256').update(`${file}\0${code}`).digest('hex').slice(0, 16);
  const name = `${basename(file).replace(MODULE_EXTENSION, '')}-${hash}.mjs`;
  return storeModule(foldersFor(file, bundle.metafile), given, () => ({ name, code }));
}

function build(file: string, given: string): Bundle {
  // Loaded when it is needed: it is slow to load, and most runs do not compile anything.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const folder = dirname(file);
  try {
    return buildSync({
      entryPoints: [file],
      absWorkingDir: folder,
      outfile: join(folder, 'compiled.mjs'),
      write: false,
      metafile: true,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      target: 'node20',
      charset: 'utf8',
      sourcemap: 'external',
      // The module is put elsewhere than `outfile`, which the paths of sources are relative to.
      sourceRoot: `${pathToFileURL(folder).href}/`,
      define: Object.fromEntries(
        Object.entries(OWN_OF_FILES).map(([name, property]) => [name, JSON.stringify(placeholder(property))]),
      ),
      // By path, so that they are looked for where they lie: Node loads them.
      external: NODES_OWN.map(extension => `${parse(folder).root}*${extension}`),
      // CommonJS requires built-ins, and native addons beside the file.
      banner: {
        js: `import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(${JSON.stringify(pathToFileURL(file).href)});`,
      },
      logLevel: 'silent',
    });
  } catch (error) {
    const first = (error as Partial<BuildFailure>).errors?.[0];
    if (first === undefined) throw error;
    throw new UsageError(given, 'TypeScript that compiles', inWords(first), 'Correct it and run again.');
  }
}

/** Lines and columns from 1, as editors count. */
function inWords({ text, location }: BuildFailure['errors'][number]): string {
  return location === null ? text : `${location.file}:${location.line}:${location.column + 1}: ${text}`;
}

const META = new RegExp(placeholder('(url|dirname|filename)'), 'g');

/** Gives each file's `import.meta` its own values: esbuild's `define` has one value for the whole bundle. */
function withUrlsOfSources({ outputFiles }: Bundle, folder: string): string {
  const map = outputFiles.find(({ path }) => path.endsWith('.map'))!.text;
  const code = outputFiles.find(({ path }) => !path.endsWith('.map'))!.text;
  const positions = new SourceMap(JSON.parse(map));
  const lines = code.split('\n').map((line, row) =>
    line.replaceAll(META, (_, property: 'url' | 'dirname' | 'filename', column: number) => {
      const { originalSource } = positions.findEntry(row, column) as SourceMapping;
      const filename = fileURLToPath(new URL(originalSource, `${pathToFileURL(folder).href}/`));
      const values = { url: pathToFileURL(filename).href, dirname: dirname(filename), filename };
      // Inside a string literal already: without the quotes of its own.
      return JSON.stringify(values[property]).slice(1, -1);
    }),
  );
  const inline = Buffer.from(map).toString('base64');
  return `${lines.join('\n')}\n//# sourceMappingURL=data:application/json;base64,${inline}\n`;
}

/** An import of what is not compiled, by a path from where `outfile` would be. */
const OWN_IMPORT = /^(import (?:.* from )?)"(\.{1,2}\/.*\.(?:node|wasm))";$/gm;
/** All that the bundle of CommonJS exports. */
const COMMONJS_EXPORT = /^export default (require_\w+\(\));$/m;

/** The module lies elsewhere than what it imports by path; that it is CommonJS is said as Node 23 does. */
function withOwnPaths(code: string, folder: string): string {
  return code
    .replace(
      OWN_IMPORT,
      (_, start: string, path: string) => `${start}"${pathToFileURL(join(folder, path)).href}";`,
    )
    .replace(
      COMMONJS_EXPORT,
      'const exportsOfBundle = $1; export { exportsOfBundle as default, exportsOfBundle as "module.exports" };',
    );
}

/** Where the module may lie, best first. */
function foldersFor(file: string, { outputs }: Metafile): readonly string[] {
  const folders = moduleFoldersFor(dirname(file));
  const project = projectOf(dirname(file));
  if (project === null) return folders;
  // A package that imports itself by name is not found from inside node_modules.
  const own = packageName(project);
  const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const importsItself = own !== null && imported.some(path => path === own || path.startsWith(`${own}/`));
  return importsItself ? folders.slice(-1) : folders;
}

function packageName(project: string): string | null {
  try {
    const { name } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}
