import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withoutCheckouts } from '../../src/checkout-path.js';
import { CheckoutFolders } from '../../src/hosts/checkout-folders.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { flagWording } from '../../src/settings/wording.js';
import { GitProject } from '../support/git-project.js';

const task = (body: string) => `export async function task(index) { return ${body}; }\n`;
let project: GitProject;
let first: string;
let checkouts: CheckoutFolders;

beforeEach(() => {
  project = new GitProject(realpathSync(mkdtempSync(join(tmpdir(), 'tvl-revisions-'))));
  first = project.commit({
    '.gitignore': 'node_modules\n',
    'package.json': '{}',
    'package-lock.json': '{}',
    'lib/task.mjs': task('index'),
  });
  project.git('branch', 'old');
  project.commit({ 'lib/task.mjs': task('index + 0'), 'lib/new.mjs': task('1') });
  checkouts = new CheckoutFolders();
});
afterEach(async () => {
  await checkouts[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
  rmSync(project.folder, { recursive: true });
});

async function planned(worktree: readonly string[], more: PlanInput = {}) {
  const input = { targets: ['./lib/task.mjs'], worktree, executors: ['limited', 'queue'], ...more };
  const options = { baseDir: project.folder, wording: flagWording, defaultThreads: 2, checkouts };
  return (await makePlan(input, options)).scenarios[0]!;
}

const fileOf = (moduleUrl: string) => fileURLToPath(moduleUrl.replace(/[?#].*$/, ''));

it('each revision is a variant of every executor, with its commit and its own file', async () => {
  const scenario = await planned(['old', 'HEAD']);
  expect(scenario.baseline).toBe('limited worktree=old');
  expect(scenario.executors.map(({ id }) => id)).toEqual([
    'limited worktree=old',
    'limited worktree=HEAD',
    'queue worktree=old',
    'queue worktree=HEAD',
  ]);
  const [old, head] = scenario.executors;
  expect(old!.revision).toEqual({ name: 'old', commit: first });
  expect(head!.revision).toEqual({ name: 'HEAD', commit: project.git('rev-parse', 'HEAD') });
  expect(old!.alternative).toMatchObject({ name: 'worktree=old', label: 'old', of: 'worktree' });
  expect(old!.alternative!.sameResults).toBe(head!.alternative!.sameResults);
  const texts = [old, head].map(one =>
    readFileSync(fileOf((one!.workload ?? scenario.workload).moduleUrl), 'utf8'),
  );
  expect(texts).toEqual([task('index'), task('index + 0')]);
});

it('what was checked out is removed, and git knows nothing of it any more', async () => {
  const { executors } = await planned(['old', 'main']);
  const file = fileOf(executors[0]!.workload!.moduleUrl);
  expect(existsSync(file)).toBe(true);
  expect(project.worktrees()).toHaveLength(2);
  await checkouts[Symbol.asyncDispose]();
  expect(existsSync(dirname(dirname(dirname(file))))).toBe(false);
  expect(project.worktrees()).toEqual([]);
});

it('what is staged stays as it is where a hook names the index of its commit', async () => {
  writeFileSync(join(project.folder, 'lib/staged.mjs'), task('2'));
  project.git('add', 'lib/staged.mjs');
  const before = project.git('status', '--porcelain');
  vi.stubEnv('GIT_INDEX_FILE', join(project.folder, '.git/index'));
  vi.stubEnv('GIT_DIR', join(project.folder, '.git'));
  const { executors } = await planned(['old', 'HEAD']);
  expect(executors.map(({ revision }) => revision?.name)).toEqual(['old', 'HEAD', 'old', 'HEAD']);
  vi.unstubAllEnvs();
  expect(before).toBe('A  lib/staged.mjs');
  expect(project.git('status', '--porcelain')).toBe(before);
});

it('a name with spaces and brackets is checked out into a folder that texts can be freed of', async () => {
  const { executors, workload } = await planned(['main', 'HEAD@{2 days ago}']);
  const file = fileOf((executors[1]!.workload ?? workload).moduleUrl);
  expect(file).toMatch(/\/HEAD@-2-days-ago-\/lib\/task\.mjs$/);
  expect(withoutCheckouts(`at ${file}:1`)).toBe('at HEAD@-2-days-ago-:lib/task.mjs:1');
});

it('. is the working tree as it is, where it is', async () => {
  project.write('lib/task.mjs', task('index * 1'));
  const { executors, workload, findings } = await planned(['HEAD', '.']);
  expect(executors[1]).toMatchObject({
    id: 'limited worktree=.',
    workload: null,
    revision: { name: '.', commit: null },
    alternative: { label: 'the working tree' },
  });
  expect(fileOf(workload.moduleUrl)).toBe(join(project.folder, 'lib/task.mjs'));
  expect(findings.map(({ code }) => code)).not.toContain('uncommitted');
  expect((await planned(['HEAD', 'worktree'])).executors[1]!.id).toBe('limited worktree=.');
});

it('HEAD beside changes that are not committed is told', async () => {
  project.write('lib/task.mjs', task('index * 1'));
  const { findings } = await planned(['old', 'HEAD']);
  expect(findings).toContainEqual({
    code: 'uncommitted',
    severity: 'note',
    subjects: [],
    values: { files: 1 },
  });
});

it('packages are those of the project where its lockfile is the same', async () => {
  const name = 'node_modules/@some/number';
  mkdirSync(join(project.folder, name), { recursive: true });
  project.write(`${name}/package.json`, '{ "type": "module", "exports": "./index.js" }');
  project.write(`${name}/index.js`, 'export default 7;');
  const importing = (more: string) => `import number from '@some/number';\n${task(`number + index${more}`)}`;
  project.commit({ 'lib/task.mjs': importing('') });
  project.commit({ 'lib/task.mjs': importing(' + 0') });
  expect((await planned(['HEAD~1', 'HEAD'])).executors).toHaveLength(4);
});

it('other packages have to be installed, by what --worktree-setup says', async () => {
  project.commit({ 'package-lock.json': '{ "lockfileVersion": 3 }' });
  await expect(planned(['old', 'HEAD'])).rejects.toThrow(
    /^--worktree old: expected the package-lock\.json of the working tree, got another\. .*--worktree-setup "npm ci"/,
  );
  writeFileSync(
    join(project.folder, 'setup.mjs'),
    "import { writeFileSync } from 'node:fs'; writeFileSync('set-up', '');",
  );
  const { executors } = await planned(['old', 'HEAD'], {
    worktreeSetup: `node ${JSON.stringify(join(project.folder, 'setup.mjs'))}`,
  });
  const root = dirname(dirname(fileOf(executors[0]!.workload!.moduleUrl)));
  expect(existsSync(join(root, 'set-up'))).toBe(true);
  await expect(planned(['old', 'HEAD'], { worktreeSetup: 'echo no such lock >&2; exit 3' })).rejects.toThrow(
    /^--worktree-setup: expected a command that succeeds in old, got exit code 3 of ".*": no such lock\./,
  );
});

it('a shallow clone is told as one', async () => {
  const shallow = join(project.folder, 'shallow');
  project.git('clone', '--quiet', '--depth', '1', `file://${project.folder}`, shallow);
  const input = { targets: ['./lib/task.mjs'], worktree: ['HEAD~1', 'HEAD'], executors: ['limited'] };
  const planning = makePlan(input, { baseDir: shallow, wording: flagWording, checkouts });
  await expect(planning).rejects.toThrow(/got "HEAD~1"\. This is a shallow clone: git fetch --unshallow/);
});

it.each<[string[], PlanInput, RegExp]>([
  [['old'], {}, /^--worktree: expected two or more revisions, got "old"\./],
  [['old', 'nowhere'], {}, /^--worktree: expected a revision that git knows, got "nowhere"\. See git branch/],
  [['old', '--help'], {}, /^--worktree: expected a revision that git knows, got "--help"\./],
  [
    ['main', 'HEAD'],
    {},
    /^--worktree: expected different commits, got the same one, [\da-f]{9}, by main and HEAD/,
  ],
  [['HEAD', '.'], {}, /^--worktree: expected different commits, got the same one/],
  [
    ['old', 'HEAD'],
    { targets: ['./lib/new.mjs'] },
    /^--worktree: expected lib\/new\.mjs in each revision, got none in old/,
  ],
  [['old', 'HEAD'], { targets: ['noop'] }, /^--worktree: expected a target that is a file, got "noop"/],
  [['old', 'HEAD'], { versus: './lib/new.mjs' }, /^--worktree: expected one thing to compare, got --versus/],
])('%j with %j is refused', async (worktree, more, message) => {
  await expect(planned(worktree, more)).rejects.toThrow(message);
  expect(project.worktrees()).toEqual([]);
});

it('an export that a revision lacks is told by the name of the revision', async () => {
  project.commit({ 'lib/task.mjs': `${task('index')}export const other = index => index;\n` });
  await expect(planned(['old', 'HEAD'], { targets: ['./lib/task.mjs#other'] })).rejects.toThrow(
    /old:lib\/task\.mjs/,
  );
});

it('a target outside of any repository, and no git, are told', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'tvl-no-git-'));
  vi.stubEnv('GIT_CEILING_DIRECTORIES', dirname(elsewhere));
  writeFileSync(join(elsewhere, 'task.mjs'), task('1'));
  await expect(planned(['old', 'HEAD'], { targets: [join(elsewhere, 'task.mjs')] })).rejects.toThrow(
    /^--worktree: expected a target in a git repository, got a folder that is in none\. .*--versus/,
  );
  vi.stubEnv('PATH', elsewhere);
  await expect(planned(['old', 'HEAD'])).rejects.toThrow(/^--worktree: expected git, got no such program\./);
  rmSync(elsewhere, { recursive: true });
});

it('nobody else than run checks revisions out, and nothing is set up without', async () => {
  const input = { targets: ['./lib/task.mjs'], executors: ['limited'] };
  const options = { baseDir: project.folder, wording: flagWording };
  await expect(makePlan({ ...input, worktree: ['old', 'HEAD'] }, options)).rejects.toThrow(
    /^--worktree: expected the command run, got another\./,
  );
  await expect(makePlan({ ...input, worktreeSetup: 'npm ci' }, options)).rejects.toThrow(
    /^--worktree-setup: expected revisions to check out, got none\. .*--worktree main,HEAD/,
  );
});
