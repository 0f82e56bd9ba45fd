import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const DIST = new URL('../../dist/', import.meta.url);
const STATIC_IMPORT = /^(?:import|export)\s(?:[^;]*?\sfrom\s)?'([^']+)'/gm;

/** Packages that a compiled module loads when it is loaded. */
function packagesOf(entry: URL): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (url: URL) => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    for (const [, specifier] of readFileSync(url, 'utf8').matchAll(STATIC_IMPORT)) {
      if (specifier!.startsWith('.')) visit(new URL(specifier!, url));
      else packages.add(specifier!);
    }
  };
  visit(entry);
  return packages;
}

const entries = readdirSync(new URL('workers/', DIST)).filter(file => file.endsWith('.js'));

it.each(entries)('%s loads no zod', file => {
  const packages = packagesOf(new URL(`workers/${file}`, DIST));
  expect(packages.size).toBeGreaterThan(0);
  expect(packages).not.toContain('zod');
});

it('what reads a results file does load it', () => {
  expect(packagesOf(new URL('src/report/json.js', DIST))).toContain('zod');
});

it('--help loads no zod', async () => {
  const hooks = new URL('../fixtures/tell-imports.mjs', import.meta.url);
  const main = fileURLToPath(new URL('src/cli/main.js', DIST));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--import',
    hooks.href,
    main,
    'run',
    '--help',
  ]);
  expect(stdout).toContain('Usage: threads-vs-loop run');
  const imported = stderr.split('\n');
  expect(imported).toContain('import commander');
  expect(imported).not.toContain('import zod');
});
