import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, UsageError } from '../errors.js';
import type { NodeBinary } from '../schema/index.js';
import { describe } from '../suggest.js';

/** The one that runs this program. */
const CURRENT = 'current';
const OLDEST = [20, 19] as const;
const REMEDY = 'Give paths of Node binaries, folders with bin/node, or current.';
const ASK = 'JSON.stringify([process.versions.node, process.versions.v8])';
/** Of a program that prints something else, and perhaps never ends. */
const LIMIT_MS = 10_000;

export interface AskedNodes {
  /** Paths, or `current`. */
  readonly given: readonly string[];
  /** What messages call the setting. */
  readonly subject: string;
  readonly baseDir: string;
}

/**
 * The binaries with what they say of themselves, by names that tell them apart.
 *
 * @throws UsageError for what is no Node, is too old, or does not start here
 */
export async function loadNodes({ given, subject, baseDir }: AskedNodes): Promise<readonly NodeBinary[]> {
  const paths = given.map(one => pathOf(one, subject, baseDir));
  const twice = paths.findIndex((path, at) => paths.indexOf(path) !== at);
  if (twice >= 0)
    throw new UsageError(subject, 'each binary once', `${describe(given[twice])} again`, 'Leave one out.');
  if (paths.length < 2)
    throw new UsageError(
      subject,
      'two or more Node binaries to compare',
      describe(given[0]),
      'Name another, such as current: the Node that runs this program.',
    );
  const asked = await Promise.all(paths.map((path, at) => askNode(path, given[at]!, subject)));
  return asked.map((one, at) => ({
    ...one,
    label: labelOf(asked, at),
    name: basename(one.execPath),
  }));
}

type Answer = Pick<NodeBinary, 'execPath' | 'version' | 'v8'>;

function pathOf(given: string, subject: string, baseDir: string): string {
  if (given === CURRENT) return process.execPath;
  const path = resolve(baseDir, given);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, 'bin', 'node') : path;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    const got = isFolder ? `a folder without bin/node, ${describe(given)}` : `${describe(given)}, no file`;
    throw new UsageError(subject, 'a Node binary', got, REMEDY);
  }
  try {
    accessSync(file, constants.X_OK);
  } catch {
    throw new UsageError(subject, 'a Node binary', `${describe(given)}, which may not be executed`, REMEDY);
  }
  return file;
}

async function askNode(execPath: string, given: string, subject: string): Promise<Answer> {
  const [version, v8] = await answerOf(execPath, given, subject);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  if (!isOld) return { execPath, version, v8 };
  const got = `${version} of ${describe(given)}`;
  throw new UsageError(subject, `Node ${OLDEST.join('.')} or newer`, got, 'Leave it out.');
}

/** Started as hosts are: what NODE_OPTIONS asks for, it must know. */
async function answerOf(
  execPath: string,
  given: string,
  subject: string,
): Promise<readonly [string, string]> {
  const refuse = (got: string): never => {
    throw new UsageError(subject, 'a Node binary that starts', got, REMEDY);
  };
  let stdout = '';
  try {
    const options = { timeout: LIMIT_MS, killSignal: 'SIGKILL', windowsHide: true } as const;
    stdout = (await promisify(execFile)(execPath, ['-p', ASK], options)).stdout;
  } catch (error) {
    refuse(`${describe(given)}: ${saidBy(error)}`);
  }
  const answer = parsed(stdout);
  return answer ?? refuse(`${describe(given)}, which says no version`);
}

/** `node: --foo is not allowed in NODE_OPTIONS`, or why it did not start. */
function saidBy(error: unknown): string {
  const { stderr } = error as { readonly stderr?: unknown };
  const lines = typeof stderr === 'string' ? stderr.split('\n').filter(line => line.trim() !== '') : [];
  const said = lines.find(line => /error|not allowed|bad option/i.test(line)) ?? lines[0];
  return said?.trim() ?? messageOf(error).split('\n')[0]!;
}

function parsed(text: string): readonly [string, string] | null {
  try {
    const answer: unknown = JSON.parse(text);
    if (!Array.isArray(answer)) return null;
    const [version, v8] = answer as readonly unknown[];
    if (typeof version !== 'string' || typeof v8 !== 'string') return null;
    return /^\d+\.\d+\./.test(version) ? [version, v8] : null;
  } catch {
    return null;
  }
}

/** The version; of several with the same one what tells their paths apart: `22.23.1@node-a`. */
function labelOf(all: readonly Answer[], at: number): string {
  const { version, execPath } = all[at]!;
  const same = all.filter(one => one.version === version);
  if (same.length === 1) return version;
  const name = [basename, folderOf].find(
    of => new Set(same.map(one => of(one.execPath))).size === same.length,
  );
  return `${version}@${name === undefined ? same.indexOf(all[at]!) + 1 : name(execPath)}`;
}

/** `node-22` of `node-22/bin/node`. */
function folderOf(execPath: string): string {
  const folder = dirname(execPath);
  return basename(basename(folder) === 'bin' ? dirname(folder) : folder);
}
