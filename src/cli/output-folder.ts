import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import type { Plan, Report } from '../model.js';
import { renderJson } from '../report/json.js';

const MAX_NAME = 40;

/** Where the results of a run go. Synchronous: it writes between trials, so nothing else is to be kept going. */
export interface OutputFolder {
  /** `latest.json`, with what there is so far. */
  savePartial(report: Report): void;
  /** `latest.json`, the dated copy and the file asked for. Returns the path of the dated copy. */
  save(report: Report): string;
}

/**
 * Makes the folder and tries to write in it, so that nobody measures for minutes and then has nowhere to put it.
 *
 * @param jsonFile one more copy of the results, in a folder that is there
 * @throws UsageError when one of them cannot be written
 */
export function openOutputFolder(folder: string, jsonFile?: string): OutputFolder {
  if (jsonFile !== undefined) requireFile(jsonFile);
  requireWritable('--out', folder, () => mkdirSync(folder, { recursive: true }));
  const latest = join(folder, 'latest.json');
  return {
    savePartial: report => writeWhole(latest, renderJson(report)),
    save(report) {
      const text = renderJson(report);
      const dated = unusedPath(folder, datedName(report));
      for (const file of [latest, dated, ...(jsonFile === undefined ? [] : [jsonFile])])
        writeWhole(file, text);
      return dated;
    },
  };
}

function requireFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError('--json', 'a file', `${file}, a folder`, 'Name a file in it.');
  if (!isDevice(file)) requireWritable('--json', dirname(resolve(file)), () => {});
}

/** A pipe or a terminal, such as `/dev/stdout`: written to, never replaced. */
function isDevice(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === false;
}

function requireWritable(flag: string, folder: string, prepare: () => void): void {
  const probe = join(folder, `.threads-vs-loop-${process.pid}`);
  try {
    prepare();
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const remedy = `Choose another with ${flag}, or make it writable.`;
    throw new UsageError(flag, 'a folder that can be written', `${folder} (${code ?? message})`, remedy);
  }
}

/** All or nothing: a reader, or a crash in the middle, never finds half a file. */
function writeWhole(file: string, text: string): void {
  if (isDevice(file)) {
    writeFileSync(file, text);
    return;
  }
  const part = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
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
