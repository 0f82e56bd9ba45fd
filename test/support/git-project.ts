import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A user's git project, whoever's machine this is. */
export class GitProject {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@example.com'];
    const own = ['-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'];
    return execFileSync('git', [...who, ...own, ...args], { cwd: this.folder, encoding: 'utf8' }).trim();
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** @returns its id */
  commit(files: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', 'next');
    return this.git('rev-parse', 'HEAD');
  }

  /** Those that git knows besides the working tree itself. */
  worktrees(): readonly string[] {
    return this.git('worktree', 'list', '--porcelain')
      .split('\n')
      .filter(line => line.startsWith('worktree '))
      .slice(1);
  }
}
