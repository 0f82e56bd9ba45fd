import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messageOf, SystemFault, UsageError } from '../errors.js';
import { renderJson } from '../report/json.js';
import { reporters } from '../report/registry.js';
import type { Rendered } from '../report/reporter.js';
import type { Plan, Report } from '../schema/index.js';
import { refusalOf, remedyOf } from '../system-fault.js';
import { isDevice, statsOf, writeWhole } from './write-whole.js';

const MAX_NAME = 40;
/** Written to see whether there is room at all: a full disk still takes an empty file. */
const PROBE = ' '.repeat(4_096);

/** Where the results of a run go. Synchronous: it writes between trials, so nothing else is to be kept going. */
export interface OutputFolder {
  /** `latest.json`, with what there is so far; a `latest.html`, `latest.md` and the like of other results are removed. */
  savePartial(report: Report): void;
  /**
   * The dated copy, `latest.json` and the file asked for: each that can be written is, and where none can the results are
   * kept in the temporary folder.
   *
   * @param isWhole false: `latest.json` is left as it was, since not even a fork was finished
   * @returns the path of the dated copy
   * @throws SystemFault when one of them could not be written; it says where the results are
   */
  save(report: Report, isWhole?: boolean): string;
  /**
   * `latest.md` and the like, beside `latest.json`.
   *
   * @returns its path
   */
  saveAs(extension: string, contents: Rendered): string;
}

interface Failure {
  readonly file: string;
  readonly error: unknown;
}

/**
 * Makes the folder and tries to write in it, so that nobody measures for minutes and then has nowhere to put it.
 *
 * @param jsonFile one more copy of the results, in a folder that is there
 * @param ofKind name of one more beside `latest`, which results of another kind leave as it is
 * @throws UsageError when one of them cannot be written
 */
export function openOutputFolder(folder: string, jsonFile?: string, ofKind?: string): OutputFolder {
  if (jsonFile !== undefined) requireFile(jsonFile);
  requireWritable('--out', folder, () => mkdirSync(folder, { recursive: true }));
  const latest = ['latest', ...(ofKind === undefined ? [] : [ofKind])].map(name =>
    join(folder, `${name}.json`),
  );
  const others = reporters
    .filter(({ name }) => name !== 'json')
    .map(({ extension }) => join(folder, `latest.${extension}`));
  return {
    savePartial(report) {
      try {
        const text = renderJson(report);
        // Before: who is killed between the two has no page, rather than one of other results.
        removeOld(others);
        for (const file of latest) writeWhole(file, text);
      } catch {
        // A full disk may be free again at the end; then it is an error, and the report is shown all the same.
      }
    },
    save(report, isWhole = true) {
      const text = renderJson(report);
      const dated = unusedPath(folder, datedName(report));
      const files = [dated, ...(isWhole ? latest : []), ...(jsonFile === undefined ? [] : [jsonFile])];
      if (isWhole) removeOld(others);
      const failures = files.flatMap(file => failureOf(file, text));
      if (failures.length === 0) return dated;
      const failed = failures.map(({ file }) => file);
      // What went to a pipe or a terminal is not kept.
      const kept = files.find(file => !failed.includes(file) && !isDevice(file));
      throw faultOf(failures, kept ?? keepElsewhere(datedName(report), text));
    },
    saveAs(extension, contents) {
      const file = join(folder, `latest.${extension}`);
      writeWhole(file, contents);
      return file;
    },
  };
}

/**
 * The page of an earlier run, and what else was made of it, are not to stand beside the results of a later one, which may be
 * killed before it has its own, or is not asked for them: a CI server would publish cases of another run.
 */
function removeOld(files: readonly string[]): void {
  for (const file of files) {
    try {
      rmSync(file, { force: true });
    } catch {
      // Whatever has that name is no report of ours.
    }
  }
}

function failureOf(file: string, text: string): Failure[] {
  try {
    writeWhole(file, text);
    return [];
  } catch (error) {
    return [{ file, error }];
  }
}

/** In the temporary folder, which may be on another disk; null when there is no place there either. */
function keepElsewhere(name: string, text: string): string | null {
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'threads-vs-loop-results-')), `${name}.json`);
    writeWhole(file, text);
    return file;
  } catch {
    return null;
  }
}

/** One sentence for files that failed alike. */
function faultOf(failures: readonly Failure[], kept: string | null): SystemFault {
  const reasonOf = ({ error }: Failure) => refusalOf(error) ?? messageOf(error);
  const reasons = [...new Set(failures.map(reasonOf))].map(reason => {
    const files = failures.filter(failure => reasonOf(failure) === reason).map(({ file }) => file);
    return `${reason}: ${files.join(', ')} could not be written`;
  });
  const where = kept === null ? 'The results are not saved anywhere' : `The results are in ${kept}`;
  return new SystemFault(`${reasons.join('; ')}. ${where}. ${remedyOf(failures[0]!.error)}`.trimEnd(), {
    cause: failures[0]!.error,
  });
}

/** @throws UsageError when a file that is to be written at the end cannot be */
export function requireFile(file: string): void {
  if (statsOf(file)?.isDirectory())
    throw new UsageError('--json', 'a file', `${file}, a folder`, 'Name a file in it.');
  if (!isDevice(file)) requireWritable('--json', dirname(resolve(file)), () => {});
}

/** @throws UsageError for a folder that cannot be made, or not be written in */
export function requireWritable(flag: string, folder: string, prepare: () => void): void {
  const probe = join(folder, `.threads-vs-loop-${process.pid}`);
  try {
    prepare();
    try {
      writeFileSync(probe, PROBE);
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    const remedy = `Choose another with ${flag}, or make it writable.`;
    throw new UsageError(flag, 'a folder that can be written', `${folder} ${whyNot(error)}`, remedy);
  }
}

/** `(ENOSPC): no space left on the device`. */
function whyNot(error: unknown): string {
  const [code, meaning] = refusalOf(error)?.split(', ') ?? [];
  if (meaning !== undefined) return `(${code}): ${meaning}`;
  return `(${(error as NodeJS.ErrnoException).code ?? messageOf(error)})`;
}

/** `2026-11-20T21-30-00Z-default`: no colons, which some file systems refuse. */
export function datedName({ startedAt, plan }: Pick<Report, 'startedAt' | 'plan'>): string {
  const stamp = new Date(startedAt)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  return `${stamp}-${nameOf(plan)}`;
}

function nameOf({ suite, scenarios }: Plan): string {
  const name = suite ?? [...new Set(scenarios.map(scenario => scenario.name))].join('-');
  return name.replace(/[^\w-]+/g, '-').slice(0, MAX_NAME) || 'run';
}

function unusedPath(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.json`);
    if (!existsSync(path)) return path;
  }
}
