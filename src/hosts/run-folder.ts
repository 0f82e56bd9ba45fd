import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of those of other programs none is removed. */
const PREFIX = 'threads-vs-loop-';
/** Somebody who is being ended may still write into it. */
const RETRIES = { maxRetries: 10, retryDelay: 50 };

/** A folder for the temporary files of a run's children, who may be killed before they remove them. */
export function makeRunFolder(within = tmpdir()): string {
  return mkdtempSync(join(within, PREFIX));
}

/** Environment of a child whose `os.tmpdir()` is this folder. */
export function withTemporaryFolder(folder: string): Readonly<Record<string, string>> {
  return { TMPDIR: folder, TMP: folder, TEMP: folder };
}

export function removeRunFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, ...RETRIES });
}
