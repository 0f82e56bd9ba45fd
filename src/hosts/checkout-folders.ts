import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT_PREFIX } from '../checkout-path.js';
import { gitEnvironment } from '../git-environment.js';
import { Reaper } from './reaper.js';
import { removeRunFolder } from './run-folder.js';

/** Folders of checked out revisions, which are gone when it is disposed, or when this process ends however it does. */
export class CheckoutFolders implements AsyncDisposable {
  /** Started with the first folder. */
  #reaper: Reaper | null = null;
  readonly #made: { readonly folder: string; readonly repository: string }[] = [];

  /** @param repository that a work tree in the folder belongs to */
  makeFolder(repository: string): string {
    this.#reaper ??= new Reaper();
    const folder = mkdtempSync(join(realpathSync(tmpdir()), CHECKOUT_PREFIX));
    this.#reaper.watchFolder(folder, repository);
    this.#made.push({ folder, repository });
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { folder, repository } of this.#made.splice(0)) removeCheckout(folder, repository);
    await this.#reaper?.[Symbol.asyncDispose]();
    this.#reaper = null;
  }
}

/** With what git keeps of it beside its folder. */
export function removeCheckout(folder: string, repository: string): void {
  removeRunFolder(folder);
  try {
    const options = { cwd: repository, env: gitEnvironment(), stdio: 'ignore', windowsHide: true } as const;
    execFileSync('git', ['worktree', 'prune'], options);
  } catch {
    // Git prunes by itself, sooner or later.
  }
}
