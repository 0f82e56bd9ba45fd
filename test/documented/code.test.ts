import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { codeBlocks, root } from './extract.js';
import { Project } from './project.js';

const execute = promisify(execFile);
const project = new Project();
afterAll(() => project[Symbol.dispose]());

const blocks = codeBlocks('js').map((block, number) => ({ ...block, file: `block-${number}.mjs` }));
const MAIN = join(root, 'dist', 'src', 'cli', 'main.js');
// What warms code of microseconds takes a minute, and is shown elsewhere.
const SHORT = ['--forks', '1', '--rounds', '1', '--tasks', '4', '--warmup', '0.1s', '--quiet'];

/** A workload is run by the program, which says of a config what it would run; everything else is run by Node. */
function commandOf({ code, file }: (typeof blocks)[number]): readonly string[] {
  if (code.includes('defineConfig(')) return [MAIN, 'run', '--config', file, '--print-plan'];
  return /\btask[:(]/.test(code) ? [MAIN, 'run', `./${file}`, ...SHORT] : [file];
}

describe('code that the documents show', { concurrent: true }, () => {
  it('is there', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    // One language: TypeScript would have to be compiled here.
    expect(codeBlocks('ts')).toEqual([]);
  });

  it.for(blocks)('$source, $file', { timeout: 120_000 }, async (block, { expect }) => {
    // Half a second shows as much as ten.
    writeFileSync(join(project.folder, block.file), block.code.replace('budgetMs: 10_000', 'budgetMs: 500'));
    const { stdout, stderr } = await execute(process.execPath, [...commandOf(block)], {
      cwd: project.folder,
    });
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });
});
