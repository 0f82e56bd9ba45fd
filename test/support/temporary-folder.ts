import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = 'tvl-tests-';

/** All tests have one temporary folder of their own: at the end nothing of this program's may be left in it. */
export default function setup(): (() => void) | undefined {
  // Vitest sets up each project; the first one's folder is that of all.
  if (basename(tmpdir()).startsWith(PREFIX)) return undefined;
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  process.env.TMPDIR = folder;
  return () => {
    const left = readdirSync(folder).filter(name => /^(?:threads-vs-loop|selfcheck)-/.test(name));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    if (left.length > 0) throw new Error(`temporary folders were left behind by tests: ${left.join(', ')}`);
  };
}
