import { realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { withoutCheckouts } from '../checkout-path.js';
import { UsageError } from '../errors.js';
import type { Finding, Revision } from '../schema/index.js';
import { describe } from '../suggest.js';
import type { Lookup } from './catalogue.js';
import { type Checkouts, checkOut } from './checkout.js';
import { git } from './git.js';
import { loadWorkload } from './loaded-workload.js';
import { fileOf, looksLikePath, splitExport } from './user-module.js';
import type { Version } from './versions.js';

const HERE = '.';
/** The working tree by a name, as people say it. */
const HERE_IN_WORDS = 'worktree';

export interface AskedRevisions {
  readonly given: readonly string[];
  /** Run in each checkout; null: nothing. */
  readonly setup: string | null;
  readonly subject: string;
  readonly setupSubject: string;
  /** The target, as it was written. */
  readonly target: string;
  /** Absolute path of the arguments of all; null: none. */
  readonly args: string | null;
  readonly lookup: Lookup;
  /** Null: nobody would remove what is checked out. */
  readonly checkouts: Checkouts | null;
}

export interface LoadedRevisions {
  readonly versions: readonly Version[];
  readonly findings: readonly Finding[];
}

/**
 * The target as it is in each revision, the first of them the one to compare with.
 *
 * @throws UsageError for what git does not know, or has no such file
 */
export async function loadRevisions(asked: AskedRevisions): Promise<LoadedRevisions> {
  const { subject, checkouts, setup, setupSubject } = asked;
  if (checkouts === null)
    throw new UsageError(subject, 'the command run', 'another', 'It alone checks revisions out.');
  const given = asked.given.map(one => (one === HERE_IN_WORDS ? HERE : one));
  if (given.length < 2)
    throw new UsageError(subject, 'two or more revisions', describe(given[0]), 'Such as main,HEAD.');
  const { file, exportName } = fileOfTarget(asked);
  const root = await rootOf(file, subject);
  const path = relative(root, file);
  const status = (await git(root, subject, 'status', '--porcelain', '--untracked-files=no')) ?? '';
  const changed = status.split('\n').filter(line => line !== '').length;
  const revisions: Revision[] = [];
  for (const name of given) revisions.push(await revisionOf(name, { root, subject, changed }));
  requireDifferent(revisions, subject);
  for (const one of revisions) await requireFile(one, { root, path, subject });
  const versions: Version[] = [];
  for (const revision of revisions) {
    const { name, commit } = revision;
    const request = { root, name, path, setup, subject, setupSubject };
    const folder = name === HERE ? root : await checkOut({ ...request, commit: commit! }, checkouts);
    const own = join(folder, path) + (exportName === null ? '' : `#${exportName}`);
    versions.push({ ...(await loadedFrom(own, folder, revision, asked)), label: name, revision });
  }
  const isSilent = given.includes(HERE) || !given.includes('HEAD') || changed === 0;
  const about = { severity: 'note', subjects: [] } as const;
  return {
    versions,
    findings: isSilent ? [] : [{ code: 'uncommitted', ...about, values: { files: changed } }],
  };
}

function fileOfTarget({ target, subject, lookup: { baseDir } }: AskedRevisions) {
  if (!looksLikePath(target)) {
    const remedy = 'Name the file whose revisions are to be compared, such as ./render.ts.';
    throw new UsageError(subject, 'a target that is a file', describe(target), remedy);
  }
  const { path, exportName } = splitExport(target, baseDir);
  return { file: realpathSync(fileOf(path, baseDir)), exportName };
}

async function rootOf(file: string, subject: string): Promise<string> {
  const root = await git(dirname(file), subject, 'rev-parse', '--show-toplevel');
  if (root !== null && root !== '') return realpathSync(root);
  throw new UsageError(
    subject,
    'a target in a git repository',
    'a folder that is in none',
    'Compare two files instead, by --versus.',
  );
}

interface Repository {
  readonly root: string;
  readonly subject: string;
}

/** A working tree without changes is a commit. */
async function revisionOf(
  name: string,
  { root, subject, changed }: Repository & { readonly changed: number },
): Promise<Revision> {
  if (name === HERE && changed > 0) return { name, commit: null };
  const wanted = name === HERE ? 'HEAD' : name;
  // What begins with a dash is no revision, and must not become a flag.
  const commit = wanted.startsWith('-')
    ? null
    : await git(root, subject, 'rev-parse', '--verify', '--quiet', `${wanted}^{commit}`);
  if (commit !== null) return { name, commit };
  const isShallow = (await git(root, subject, 'rev-parse', '--is-shallow-repository')) === 'true';
  const remedy = isShallow
    ? 'This is a shallow clone: git fetch --unshallow brings the rest (of actions/checkout: fetch-depth: 0).'
    : 'See git branch --all and git log; . is the working tree.';
  throw new UsageError(subject, 'a revision that git knows', describe(name), remedy);
}

function requireDifferent(revisions: readonly Revision[], subject: string): void {
  for (const [at, { name, commit }] of revisions.entries()) {
    const other = revisions.slice(0, at).find(one => one.commit === commit);
    if (other === undefined) continue;
    const got = `the same one, ${commit?.slice(0, 9) ?? 'the working tree'}, by ${other.name} and ${name}`;
    throw new UsageError(subject, 'different commits', got, 'There is nothing to compare: name another.');
  }
}

async function requireFile(
  { name, commit }: Revision,
  { root, path, subject }: Repository & { readonly path: string },
): Promise<void> {
  if (name === HERE) return;
  const file = path.replaceAll('\\', '/');
  if ((await git(root, subject, 'cat-file', '-e', `${commit}:${file}`)) !== null) return;
  const remedy = 'Name a revision that has it, or compare two files, by --versus.';
  throw new UsageError(subject, `${file} in each revision`, `none in ${name}`, remedy);
}

async function loadedFrom(
  given: string,
  folder: string,
  { name }: Revision,
  { args, lookup }: AskedRevisions,
) {
  try {
    return await loadWorkload(given, args, lookup);
  } catch (error) {
    // Nobody knows the temporary folder.
    if (error instanceof UsageError && name !== HERE)
      error.message = withoutCheckouts(error.message.replaceAll(`${folder}/`, `${name}:`));
    throw error;
  }
}
