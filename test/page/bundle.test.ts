import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pageScript } from '../../src/report/html/script.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MOST_BYTES = 80_000;

/** What the build does, into another file. */
function bundleAgain(): string {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const [program, ...options] = scripts['build:page']!.split(' ');
  const file = join(mkdtempSync(join(tmpdir(), 'tvl-page-')), 'main.js');
  const others = options.filter(option => !option.startsWith('--outfile='));
  expect(others).toHaveLength(options.length - 1);
  execFileSync(join(ROOT, 'node_modules/.bin', program!), [...others, `--outfile=${file}`], { cwd: ROOT });
  return readFileSync(file, 'utf8').trim();
}

it('the script of the page is the same each time that it is built', () => {
  expect(bundleAgain()).toBe(pageScript());
});

it('is small, and has nothing that ends its element, loads anything or makes code of text', () => {
  const script = pageScript();
  expect(gzipSync(script).length).toBeLessThan(MOST_BYTES);
  const found = (pattern: RegExp) => pattern.exec(script)?.[0] ?? null;
  expect(found(/<\/script|<!--/i)).toBeNull();
  expect(found(/\beval\(|\bnew Function\b|\bfetch\(|XMLHttpRequest|\bimport\(|innerHTML/)).toBeNull();
  // Names of what SVG is are no addresses.
  expect(found(/https?:\/\/(?!www\.w3\.org\/)/)).toBeNull();
});
