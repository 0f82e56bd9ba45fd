import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { UsageError } from '../errors.js';
import { gitEnvironment } from '../git-environment.js';
import { killGroup } from '../kill-group.js';
import { describe } from '../suggest.js';
import { git } from './git.js';

/** Gives temporary folders, and removes them with all that git knows of them. */
export interface Checkouts {
  /** @param repository that a work tree in the folder belongs to */
  makeFolder(repository: string): string;
}

export interface CheckoutRequest {
  readonly root: string;
  /** As it was given. */
  readonly name: string;
  readonly commit: string;
  /** Of the target, from the root. */
  readonly path: string;
  /** What is run in it; null: nothing. */
  readonly setup: string | null;
  /** What messages call the settings. */
  readonly subject: string;
  readonly setupSubject: string;
}

const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/**
 * A work tree of a revision, with the packages of the project.
 *
 * @returns its folder
 * @throws UsageError where its packages are others and nothing was said that installs them
 */
export async function checkOut(request: CheckoutRequest, checkouts: Checkouts): Promise<string> {
  const { root, name, commit, path, setup, subject } = request;
  const folders = foldersOf(path);
  const changed = await changedLockfile(request, folders);
  if (changed !== null && setup === null)
    throw new UsageError(
      `${subject} ${name}`,
      `the ${changed} of the working tree`,
      'another',
      'Its packages have to be installed: --worktree-setup "npm ci" runs that in each checkout.',
    );
  const folder = join(checkouts.makeFolder(root), name.replaceAll(/[^\w.@~-]/g, '-'));
  const added = await git(root, subject, 'worktree', 'add', '--detach', '--quiet', folder, commit);
  if (added === null) {
    const remedy = `See what git worktree add --detach FOLDER ${name} says.`;
    throw new UsageError(subject, 'a revision that git can check out', describe(name), remedy);
  }
  if (changed === null) for (const one of folders) linkPackages(join(root, one), join(folder, one));
  if (setup !== null) await runSetup(setup, folder, request);
  return folder;
}

/** From the root to where the target lies: any of them may have packages of its own. */
function foldersOf(path: string): readonly string[] {
  const parts = dirname(path).split(sep);
  const below = parts[0] === '.' ? [] : parts.map((_, at) => join(...parts.slice(0, at + 1)));
  return ['.', ...below];
}

/** The first that is not as in the working tree; null: all are. */
async function changedLockfile(
  { root, commit, subject }: CheckoutRequest,
  folders: readonly string[],
): Promise<string | null> {
  const files = folders.flatMap(folder => LOCKFILES.map(name => join(folder, name)));
  for (const file of files) {
    const there = await git(root, subject, 'rev-parse', '--verify', '--quiet', `${commit}:${posix(file)}`);
    const here = existsSync(join(root, file)) ? await git(root, subject, 'hash-object', '--', file) : null;
    if (there !== here) return file;
  }
  return null;
}

function posix(path: string): string {
  return path.split(sep).join('/');
}

/** What the names of packages begin with; other entries are caches, which belong to a project. */
const PACKAGE = /^[\w@]/;
const KEPT = ['.bin', '.pnpm'];

/** Entry by entry, so that what is compiled for the checkout lies in it. */
function linkPackages(from: string, to: string): void {
  const packages = join(from, 'node_modules');
  if (!existsSync(packages) || !existsSync(to) || existsSync(join(to, 'node_modules'))) return;
  const entries = readdirSync(packages).filter(name => PACKAGE.test(name) || KEPT.includes(name));
  mkdirSync(join(to, 'node_modules'));
  for (const name of entries) symlinkSync(join(packages, name), join(to, 'node_modules', name), 'junction');
}

/** Enough for the reason of a failure. */
const STDERR_KEPT = 4_096;

async function runSetup(
  command: string,
  folder: string,
  { root, name, setupSubject }: CheckoutRequest,
): Promise<void> {
  const child = spawn(command, {
    cwd: folder,
    env: gitEnvironment(),
    shell: true,
    // A group of its own, which ends with this process as a whole: a shell that is told to end leaves what it has started.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const end = () => killGroup(child.pid);
  process.once('exit', end);
  let said = '';
  child.stderr.on('data', chunk => {
    said = (said + chunk).slice(-STDERR_KEPT);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  process.off('exit', end);
  if (code === 0) return;
  const how = signal === null ? `exit code ${code}` : signal;
  const last = said.trim().split('\n').at(-1)?.replaceAll(folder, '.') ?? '';
  const got = `${how} of ${describe(command)}${last === '' ? '' : `: ${last}`}`;
  const remedy = `Run it in a checkout of ${name}${relative(root, process.cwd()) === '' ? '' : ', at its root'}.`;
  throw new UsageError(setupSubject, `a command that succeeds in ${name}`, got, remedy);
}
