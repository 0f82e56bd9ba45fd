import { renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A pipe or a terminal, such as `/dev/stdout`: written to, never replaced. */
export function isDevice(file: string): boolean {
  return statsOf(file)?.isFile() === false;
}

/** Undefined for what is not there, or where nothing can be. */
export function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

/** All or nothing: a reader, a full disk or a crash in the middle never leaves half a file. */
export function writeWhole(file: string, contents: string | Uint8Array): void {
  if (isDevice(file)) {
    writeFileSync(file, contents);
    return;
  }
  const part = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    writeFileSync(part, contents);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}
