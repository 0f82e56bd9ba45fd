import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const COMMIT = /^[0-9a-f]{40,64}$/;

/** The commit of the git checkout that a folder is in, read without git; null: it is in none, or has none yet. */
export function commitOf(folder: string): string | null {
  const gitFolder = gitFolderOf(folder);
  if (gitFolder === null) return null;
  const head = textOf(join(gitFolder, 'HEAD'));
  const ref = /^ref: (\S+)$/.exec(head)?.[1];
  // Refs of a work tree are those of its repository.
  const shared = resolve(gitFolder, textOf(join(gitFolder, 'commondir')) || '.');
  const commit = ref === undefined ? head : textOf(join(shared, ref)) || packedCommit(shared, ref);
  return COMMIT.test(commit) ? commit : null;
}

function gitFolderOf(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const git = join(at, '.git');
    if (textOf(join(git, 'HEAD')) !== '') return git;
    // Of a work tree it is a file that says where its folder is.
    const elsewhere = /^gitdir: (.+)$/.exec(textOf(git))?.[1];
    if (elsewhere !== undefined) return resolve(at, elsewhere);
    if (dirname(at) === at) return null;
  }
}

function packedCommit(gitFolder: string, ref: string): string {
  const lines = textOf(join(gitFolder, 'packed-refs')).split('\n');
  return lines.find(line => line.endsWith(` ${ref}`))?.split(' ')[0] ?? '';
}

/** Empty where there is none. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
