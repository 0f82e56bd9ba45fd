import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All tests have a temporary folder of their own: at the end nothing of this program's may be left in it. */
export default function setup(): () => void {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'tvl-tests-'));
  process.env.TMPDIR = folder;
  return () => {
    const left = readdirSync(folder).filter(name => /^(?:threads-vs-loop|selfcheck)-/.test(name));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    if (left.length > 0) throw new Error(`temporary folders were left behind by tests: ${left.join(', ')}`);
  };
}
