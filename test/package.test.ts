import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../src/schema/index.js';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** A project in which the package is installed as npm has packed it. */
let project: string;
let files: readonly string[];
const packed = (path: string) => join(project, 'node_modules', 'threads-vs-loop', path);

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'tvl-package-'));
  // dist is there already, and as new as its sources.
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  const { stdout } = await execute('npm', pack, { cwd: root });
  const [{ filename, files: listed }] = JSON.parse(stdout) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  files = listed.map(({ path }) => path);
  mkdirSync(packed('.'), { recursive: true });
  const archive = join(project, basename(filename));
  await execute('tar', ['-xzf', archive, '--strip-components', '1', '-C', packed('.')]);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (!name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
}, 60_000);
afterAll(() => rmSync(project, { recursive: true }));

const examples = readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter(name => /\.(?:mjs|ts)$/.test(name))
  .map(name => `examples/${name}`);

describe.each(examples)('%s', name => {
  const text = readFileSync(join(root, name), 'utf8');

  it('is in the package, with what it imports by path', () => {
    const paths = [...text.matchAll(/(?:from|import|module:|new URL\()\s*'(\.{1,2}\/[\w./-]+)/g)];
    const needed = paths.map(([, path]) => normalize(join(dirname(name), path!)));
    expect(files).toEqual(expect.arrayContaining([name, ...needed]));
  });

  it('says which packages it needs', () => {
    const imported = [...text.matchAll(/from '([^.'][^']*)'/g)].map(([, one]) => one!);
    const own = /^threads-vs-loop(?:\/executor)?$/;
    const [head] = text.split('*/', 1);
    for (const one of imported.filter(specifier => !isBuiltin(specifier) && !own.test(specifier)))
      expect(head).toContain(`npm install ${one}`);
  });
});

async function run(target: string, ...more: string[]) {
  const few = ['--forks', '1', '--rounds', '1', '--tasks', '8', '--warmup', 'none', '--quiet'];
  const argv = [packed('dist/src/cli/main.js'), 'run', target, ...few, ...more];
  const { stderr } = await execute(process.execPath, argv, { cwd: project });
  const report = JSON.parse(readFileSync(join(project, 'results', 'latest.json'), 'utf8')) as Report;
  return { stderr, executors: report.scenarios[0]!.executors };
}

describe('examples run where the package is installed', { timeout: 60_000 }, () => {
  const inPackage = (name: string) => `./node_modules/threads-vs-loop/examples/${name}`;

  it.each([
    ['mix.mjs', `limited,${inPackage('my-pool.ts')}`, ['limited', 'my-pool']],
    ['render-markdown.mjs', 'limited', ['limited']],
  ])('%s', async (name, chosen, names) => {
    const { stderr, executors } = await run(inPackage(name), '--executors', chosen);
    expect(stderr).toBe('');
    expect(executors.map(({ variant }) => variant.name)).toEqual(names);
    for (const { outcomes } of executors) expect(outcomes.failed).toEqual({});
  });
});
