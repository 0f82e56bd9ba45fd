import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';

const execute = promisify(execFile);

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
  const { stdout, stderr } = await execute(process.execPath, ['--import', hooks.href, main, 'run', '--help']);
  expect(stdout).toContain('Usage: threads-vs-loop run');
  const imported = stderr.split('\n');
  expect(imported).toContain('import commander');
  expect(imported).not.toContain('import zod');
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** URLs of what each process loads, the CLI apart, while it runs a workload that imports this package. */
async function importsOfRun(executors: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const cwd = mkdtempSync(join(tmpdir(), 'tvl-imports-'));
  folders.push(cwd);
  const file = join(cwd, 'imports');
  const hooks = new URL('../fixtures/log-imports.mjs', import.meta.url);
  const [main, target] = ['../../dist/src/cli/main.js', '../../examples/hash-files.mjs'].map(path =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const few = ['--forks', '1', '--rounds', '1', '--tasks', '4', '--warmup', 'none', '--quiet'];
  const env = { ...process.env, IMPORTS_FILE: file, NODE_OPTIONS: `--import=${hooks.href}` };
  await execute(process.execPath, [main!, 'run', target!, '--executors', executors, ...few], { cwd, env });
  const byProcess = new Map<string, Set<string>>();
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const [pid, url] = line.split(' ');
    byProcess.set(pid!, (byProcess.get(pid!) ?? new Set()).add(url!));
  }
  return new Map([...byProcess].filter(([, urls]) => ![...urls].some(url => url.endsWith('/cli/main.js'))));
}

it('a workload that imports this package loads neither zod nor what plans and reports, in any host or worker', async () => {
  const processes = await importsOfRun('limited,queue,piscina,processes');
  const withWorkload = [...processes.values()].filter(urls => {
    const all = [...urls];
    return (
      all.some(url => url.endsWith('/hash-files.mjs')) && all.some(url => url.endsWith('/dist/src/index.js'))
    );
  });
  // Two of them are workers of `processes`, one is the rehearsal.
  expect(withWorkload.length).toBeGreaterThanOrEqual(6);
  for (const urls of processes.values())
    expect(
      [...urls].filter(url => /node_modules\/zod\/|\/dist\/src\/(?:cli|plan|report)\//.test(url)),
    ).toEqual([]);
});

it('such a workload is light, and what it calls loads the rest', async () => {
  const index = new URL('src/index.js', DIST);
  expect(packagesOf(index)).not.toContain('zod');
  const { parseReport, makePlan } = (await import(index.href)) as typeof import('../../src/index.js');
  expect(() => parseReport('{', 'mine.json')).toThrow(/^mine\.json: expected JSON/);
  const plan = await makePlan({ targets: ['cpu'], seed: 1 });
  expect(plan.scenarios.map(({ id }) => id)).toEqual(['cpu']);
});
