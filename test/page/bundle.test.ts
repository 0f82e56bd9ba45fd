import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bundledScript } from '../../src/report/html/script.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const PAGES = [
  { path: 'page/main.js', mostBytes: 80_000 },
  { path: 'ui/page/main.js', mostBytes: 120_000 },
];

/** What the build does, into another folder. */
function bundleAgain(): string {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const [program, ...options] = scripts['build:page']!.split(' ');
  const folder = mkdtempSync(join(tmpdir(), 'tvl-page-'));
  const others = options.filter(option => !option.startsWith('--outdir='));
  expect(others).toHaveLength(options.length - 1);
  execFileSync(join(ROOT, 'node_modules/.bin', program!), [...others, `--outdir=${folder}`], { cwd: ROOT });
  return folder;
}

it('the scripts of the pages are the same each time that they are built', () => {
  const folder = bundleAgain();
  for (const { path } of PAGES)
    expect(readFileSync(join(folder, 'src', path), 'utf8').trim()).toBe(bundledScript(path));
});

it.each(PAGES)(
  '$path is small, and has nothing that ends its element or makes code of text',
  ({ path, mostBytes }) => {
    const script = bundledScript(path);
    expect(gzipSync(script).length).toBeLessThan(mostBytes);
    const found = (pattern: RegExp) => pattern.exec(script)?.[0] ?? null;
    expect(found(/<\/script|<!--/i)).toBeNull();
    expect(found(/\beval\(|\bnew Function\b|XMLHttpRequest|\bimport\(|innerHTML/)).toBeNull();
    // Names of what SVG is are no addresses.
    expect(found(/https?:\/\/(?!www\.w3\.org\/)/)).toBeNull();
  },
);

it('that of the report asks nobody for anything', () => {
  expect(/\bfetch\(/.exec(bundledScript('page/main.js'))).toBeNull();
});
