import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitOf } from '../../src/cli/checkout.js';

const COMMIT = 'c303ef6a5b1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-checkout-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

test('is that of the branch, from any folder below', () => {
  write('.git/HEAD', 'ref: refs/heads/main');
  write('.git/refs/heads/main', COMMIT);
  mkdirSync(join(folder, 'packages', 'api'), { recursive: true });
  expect(commitOf(folder)).toBe(COMMIT);
  expect(commitOf(join(folder, 'packages', 'api'))).toBe(COMMIT);
});

test('is found among packed branches, and where there is no branch', () => {
  write('.git/HEAD', 'ref: refs/heads/main');
  write(
    '.git/packed-refs',
    `# pack-refs with: peeled\n${'0'.repeat(40)} refs/heads/other/main\n${COMMIT} refs/heads/main`,
  );
  expect(commitOf(folder)).toBe(COMMIT);
  write('.git/HEAD', COMMIT);
  expect(commitOf(folder)).toBe(COMMIT);
});

test('of a work tree is its own', () => {
  write('main/.git/HEAD', 'ref: refs/heads/main');
  write('main/.git/refs/heads/topic', COMMIT);
  write('main/.git/worktrees/topic/HEAD', 'ref: refs/heads/topic');
  write('main/.git/worktrees/topic/commondir', '../..');
  write('topic/.git', 'gitdir: ../main/.git/worktrees/topic');
  expect(commitOf(join(folder, 'topic'))).toBe(COMMIT);
});

test('is none where there is none yet, or what is there is none', () => {
  write('.git/HEAD', 'ref: refs/heads/main');
  expect(commitOf(folder)).toBeNull();
  write('.git/HEAD', '<script>alert(1)</script>');
  expect(commitOf(folder)).toBeNull();
});
