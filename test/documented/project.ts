import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderJson } from '../../src/report/json.js';
import { GitProject } from '../support/git-project.js';
import { ratiosScenario, runOf } from '../support/runs-fixture.js';
import { root, wordsOf } from './extract.js';

/** A project of a user who has installed this package and copied its examples. */
export class Project implements Disposable {
  readonly #outer = mkdtempSync(join(tmpdir(), 'tvl-documented-'));
  readonly folder = join(this.#outer, 'project');

  constructor() {
    const at = (...path: string[]) => join(this.folder, ...path);
    mkdirSync(this.folder);
    // Another Node, as far as tests have one.
    mkdirSync(at('..', 'node-24', 'bin'), { recursive: true });
    symlinkSync(process.execPath, at('..', 'node-24', 'bin', 'node'));
    // Of which two revisions are compared.
    const git = new GitProject(this.folder);
    const render = (page: string) =>
      `export const renderPage = (page: string): string => ${page}.toUpperCase();`;
    git.commit({ 'render.ts': render('String(page)') });
    git.git('checkout', '--quiet', '-b', 'faster');
    git.commit({ 'render.ts': render('page') });
    writeFileSync(at('package.json'), '{ "name": "users-project", "type": "module" }');
    mkdirSync(at('node_modules'));
    symlinkSync(root, at('node_modules', 'threads-vs-loop'), 'dir');
    // What an example renders with.
    symlinkSync(join(root, 'node_modules', 'marked'), at('node_modules', 'marked'), 'dir');
    cpSync(join(root, 'examples'), at('examples'), { recursive: true });
    for (const name of ['README.md', 'docs']) cpSync(join(root, name), at(name), { recursive: true });
    for (const name of ['my-pool.ts', 'my-pool-worker.mjs']) cpSync(join(root, 'examples', name), at(name));
    cpSync(join(root, 'examples', 'word-count.mjs'), at('word-count.mjs'));
    cpSync(join(root, 'examples', 'served', 'call.mjs'), at('call.mjs'));
    cpSync(join(root, 'examples', 'served', 'server.mjs'), at('server.js'));
    writeFileSync(at('old.ts'), 'export const task = (index: number): string => String(index).repeat(9);');
    writeFileSync(
      at('new.ts'),
      "export const task = (index: number): string => Array(9).fill(index).join('');",
    );
    writeFileSync(at('pages.ndjson'), '"one"\n"two"\n');
    const saved = (cpuModel?: string) =>
      renderJson(runOf([ratiosScenario({ queue: 2 })], { environment: { ...(cpuModel && { cpuModel }) } }));
    for (const name of ['base.json', 'new.json']) writeFileSync(at(name), saved());
    writeFileSync(at('elsewhere.json'), saved('Another CPU'));
    mkdirSync(at('results', 'baselines'), { recursive: true });
    for (const name of ['latest', 'baselines/main']) writeFileSync(at('results', `${name}.json`), saved());
    for (const name of ['my-workload.js', 'my-workload.mjs'])
      cpSync(join(root, 'examples', 'hash-files.mjs'), at(name));
  }

  [Symbol.dispose](): void {
    rmSync(this.#outer, { recursive: true, force: true });
  }
}

/** What stands for something of the reader's, and what it is here. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  'npm run bench -- ARGS': 'threads-vs-loop run noop',
  'threads-vs-loop tune TARGET': 'threads-vs-loop tune timer',
  'threads-vs-loop run ARGS': 'threads-vs-loop run noop',
  'threads-vs-loop contract NAME': 'threads-vs-loop contract limited',
  'npm run bench -- NAME --param …': 'threads-vs-loop run timer --param waitMs=1',
  'threads-vs-loop report FILE': 'threads-vs-loop report results/latest.json',
  'threads-vs-loop report FILE --format NAME': 'threads-vs-loop report results/latest.json --format json',
};

/** How a command may end: what a gate says depends on the machine. */
export function codesOf(args: readonly string[]): readonly number[] {
  return args.includes('--assert') || args.includes('--fail-on') ? [0, 1, 4] : [0];
}

/** The arguments of this program; null for a command that is not one of its own. Where its output goes is the shell's. */
export function argumentsOf(shown: string): readonly string[] | null {
  const command = shown.replace(/ > \S+$/, '');
  const [, own] =
    /^(?:npx threads-vs-loop|threads-vs-loop|npm run threads-vs-loop --) (.*)$/.exec(
      (PLACEHOLDERS[command] ?? command).replace('npm ci && ', ''),
    ) ?? [];
  if (own !== undefined) return wordsOf(own);
  const [bench, given] = /^npm run bench(?: -- (.*))?$/.exec(command.replace('npm ci && ', '')) ?? [];
  return bench === undefined ? null : ['run', ...wordsOf(given ?? '')];
}
