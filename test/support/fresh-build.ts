import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['src', 'workers', 'bench'];
/** What else decides what is built. */
const CONFIGURATION = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'src/page/tsconfig.json',
  'src/ui/page/tsconfig.json',
];
/** What a build writes last. (`tsc --noEmit` leaves a newer .tsbuildinfo beside older output.) */
const BUILT = 'dist/results.schema.json';

/** Hosts, threads and the origin are the compiled ones: compiled from older sources, they would say nothing of these. */
export default function buildWhereStale(): void {
  const left = leftOver(ROOT);
  for (const file of left) rmSync(file);
  if (left.length > 0 || isStale(ROOT))
    execFileSync('npm', ['run', '-s', 'build'], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
}

/** Whether anything that is built from is newer than what was built. */
export function isStale(root: string): boolean {
  const built = join(root, BUILT);
  if (!existsSync(built)) return true;
  const builtMs = statSync(built).mtimeMs;
  const sources = FOLDERS.flatMap(folder => filesIn(join(root, folder), /\.ts$/));
  const configuration = CONFIGURATION.map(file => join(root, file)).filter(file => existsSync(file));
  return [...sources, ...configuration].some(file => statSync(file).mtimeMs > builtMs);
}

/** Compiled files whose source is gone: no build takes them away, and an import of them would still work. */
export function leftOver(root: string): string[] {
  return FOLDERS.flatMap(folder => filesIn(join(root, 'dist', folder), COMPILED)).filter(file => {
    const source = relative(join(root, 'dist'), file).replace(COMPILED, '.ts');
    return !existsSync(join(root, source));
  });
}

const COMPILED = /\.(?:js|js\.map|d\.ts)$/;

function filesIn(folder: string, names: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && names.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}
