import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What a build writes last. (`tsc --noEmit` leaves a newer .tsbuildinfo beside older output.) */
const BUILT = join(ROOT, 'dist/results.schema.json');

/** Hosts, threads and the origin are the compiled ones: compiled from older sources, they would say nothing of these. */
export default function buildWhereStale(): void {
  const builtMs = existsSync(BUILT) ? statSync(BUILT).mtimeMs : 0;
  const isStale = ['src', 'workers', 'bench'].some(folder => newestMs(join(ROOT, folder)) > builtMs);
  if (isStale) execFileSync('npm', ['run', '-s', 'build'], { cwd: ROOT, stdio: 'inherit' });
}

function newestMs(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .reduce((newest, { parentPath, name }) => Math.max(newest, statSync(join(parentPath, name)).mtimeMs), 0);
}
