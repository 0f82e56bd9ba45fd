import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tvl-own-')));
});
afterEach(() => rm(folder, { recursive: true }));

type Files = Readonly<Record<string, string>>;

async function write(files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const built = (path: string) => JSON.stringify(new URL(`../../dist/src/${path}.js`, import.meta.url).href);

/** In a process of Node's own: the test runner loads modules in its own way. */
async function inNode(code: string, target: string): Promise<unknown> {
  // Of CommonJS that throws as it is imported Node 20 rejects a second promise, which nobody has.
  const module = `const [target, folder] = process.argv.slice(1);
    process.on('unhandledRejection', () => {});
    ${code}`;
  const argv = ['--input-type=module', '-e', module, target, folder];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: dirname(folder) });
  return JSON.parse(stdout);
}

/** Of task 7 of the module. */
function result(target: string): Promise<unknown> {
  return inNode(
    `import { workloadUrlOf } from ${built('plan/user-module')};
     import { loadWorkloadModule } from ${built('workloads/registry')};
     const workload = await loadWorkloadModule(workloadUrlOf(target, folder, null), target);
     console.log(JSON.stringify(await workload.task(await workload.open({}), 7)));`,
    target,
  );
}

const MODULE = '{ "name": "users-project", "type": "module" }';
const TSCONFIG = `{
  // As tsconfig files are.
  "extends": "./tsconfig.base.json",
  "compilerOptions": { "experimentalDecorators": true, },
}`;

const projects: [what: string, target: string, files: Files, expected: unknown][] = [
  [
    'CommonJS',
    'task.js',
    { 'task.js': "module.exports.task = async i => [i, require('./data.json').a];", 'data.json': '{"a":1}' },
    [7, 1],
  ],
  [
    'CommonJS whose exports Node does not see',
    'task.cjs',
    {
      'task.cjs':
        'const make = () => ({ open: () => 5, task: (i, five) => [i, five] });\nmodule.exports = make();',
    },
    [7, 5],
  ],
  [
    'CommonJS in TypeScript',
    'src/task.ts',
    {
      'package.json': '{}',
      'src/task.ts': `import path = require('node:path');
        import { nested } from './deep/nested';
        const data = require('./data.json') as { a: number };
        export async function task(i: number) {
          return [i, data.a, path.basename(__dirname), path.basename(__filename), nested];
        }`,
      'src/deep/nested.ts':
        "import { basename } from 'node:path';\nexport const nested = basename(__dirname);",
      'src/data.json': '{"a":1}',
    },
    [7, 1, 'src', 'task.ts', 'deep'],
  ],
  [
    'export =',
    'task.cts',
    { 'task.cts': 'async function task(i: number) { return i; }\nexport = { task };' },
    7,
  ],
  [
    'paths and baseUrl of tsconfig, an enum, a decorator, JSON, await at the top',
    'src/task.ts',
    {
      'package.json': MODULE,
      'tsconfig.json': TSCONFIG,
      'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": "./src", "paths": { "@lib/*": ["lib/*"] } } }',
      'src/lib/one.ts': 'export enum Size { Large = 4 }',
      'src/based.ts': 'export const based = "b";',
      'src/data.json': '{"a":1}',
      'src/task.ts': `import { Size } from '@lib/one';
        import { based } from 'based';
        import data from './data.json' with { type: 'json' };
        function twice(_: unknown, _name: string, of: PropertyDescriptor) {
          const { value } = of;
          of.value = (n: number) => 2 * value(n);
        }
        class Counter { @twice count(n: number) { return n; } }
        const top = await Promise.resolve('top');
        export async function task(i: number) {
          return [new Counter().count(i), Size.Large, based, data.a, top];
        }`,
    },
    [14, 4, 'b', 1, 'top'],
  ],
  [
    'imports of package.json',
    'task.ts',
    {
      'package.json': '{ "type": "module", "imports": { "#lib/*": "./lib/*.ts" } }',
      'lib/one.ts': 'export const one: number = 1;',
      'task.ts': "import { one } from '#lib/one';\nexport const task = (i: number) => i + one;",
    },
    8,
  ],
  [
    'TSX',
    'page.tsx',
    {
      'page.tsx': `/** @jsx h */
        const h = (tag: string, _: object | null, ...kids: unknown[]) => '<' + tag + '>' + kids.join('');
        export function task(i: number) { return <p>{i}</p>; }`,
    },
    '<p>7',
  ],
];

describe('is loaded as its project loads it', () => {
  it.each(projects)('%s', async (_, target, files, expected) => {
    await write(files);
    expect(await result(target)).toEqual(expected);
  });

  it('WebAssembly beside the module', async () => {
    // Exports add(a, b).
    const wasm = '0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b';
    const code = `import { readFile } from 'node:fs/promises';
      const bytes = await readFile(new URL('./add.wasm', import.meta.url));
      const { instance } = await WebAssembly.instantiate(bytes);
      export const task = index => instance.exports.add(index, 1);`;
    await write({
      'package.json': MODULE,
      'src/task.mjs': code,
      'src/typed.ts': code.replace('index =>', '(index: number) =>'),
    });
    await writeFile(join(folder, 'src/add.wasm'), Buffer.from(wasm, 'hex'));
    expect(await result('src/task.mjs')).toBe(8);
    expect(await result('src/typed.ts')).toBe(8);
  });

  it('a native addon, of a package and beside the file', async () => {
    const addon = await addonFile();
    await write({
      'task.mts':
        "import { createRequire } from 'node:module';\nconst addon = createRequire(import.meta.url)('./own.node');\nexport const task = () => typeof addon.hash;",
      'old.cts': "const addon = require('./own.node');\nexport const task = () => typeof addon.hash;",
      'new.mts': "import addon from './own.node';\nexport const task = () => addon;",
    });
    await copyFile(addon, join(folder, 'own.node'));
    expect(await result('task.mts')).toBe('function');
    expect(await result('old.cts')).toBe('function');
    // Node imports addons from 24 on; an older one refuses to, but looks for it where it is.
    const imported = await result('new.mts').catch(({ message }: Error) => message);
    if (typeof imported === 'string') expect(imported).toContain(join(folder, 'own.node'));
    else expect(imported).toHaveProperty('Algorithm');
  });
});

/** The one that a package has for this machine. */
async function addonFile(): Promise<string> {
  const packages = dirname(dirname(createRequire(import.meta.url).resolve('@node-rs/argon2/package.json')));
  const files = await readdir(packages, { recursive: true });
  return join(packages, files.find(file => file.endsWith('.node'))!);
}

async function refusal(target: string): Promise<string> {
  const message = await inNode(
    `import { makePlan } from ${built('plan/plan')};
     const said = await makePlan({ targets: ['./' + target] }, { baseDir: folder }).catch(error => error.message);
     console.log(JSON.stringify(said));`,
    target,
  );
  return String(message);
}

const NODE = Number.parseInt(process.versions.node, 10);
const ENOENT = "Error: ENOENT: no such file or directory, open './none.txt'";
const broken: [target: string, text: string, got: string, line: number, remedy: string][] = [
  [
    'a.mjs',
    '\nimport "left-pad/x";',
    "Error: Cannot find package 'left-pad'",
    2,
    'Install it where the module is: npm install left-pad.',
  ],
  [
    'a.ts',
    'interface A {}\nimport "@left/pad";\nexport const a = 1;',
    "Error: Cannot find package '@left/pad'",
    2,
    'Install it where the module is: npm install @left/pad.',
  ],
  [
    'a.cjs',
    '\nrequire("left-pad");',
    "Error: Cannot find module 'left-pad'",
    2,
    'Install it where the module is: npm install left-pad.',
  ],
  [
    'b.mjs',
    '\nimport "./none.mjs";',
    "Error: Cannot find module 'FOLDER/none.mjs'",
    2,
    'Correct the path; an import needs the extension too.',
  ],
  [
    'c.mjs',
    '\nimport { nope } from "./ok.mjs";',
    "SyntaxError: The requested module './ok.mjs' does not provide an export named 'nope'",
    2,
    'Export nope there, or import another name.',
  ],
  [
    'c.ts',
    '\n\nimport { nope } from "node:fs";\nexport const task = (): unknown => nope;',
    "SyntaxError: The requested module 'node:fs' does not provide an export named 'nope'",
    3,
    'Export nope there, or import another name.',
  ],
  [
    'd.mjs',
    '\n\nexport function task( { return 1; }',
    'SyntaxError: Unexpected number',
    3,
    'Correct it and run again.',
  ],
  [
    'd.cjs',
    '\nfunction task( { return 1; }',
    'SyntaxError: Unexpected number',
    2,
    'Correct it and run again.',
  ],
  [
    'e.mjs',
    'import { readFile } from "node:fs/promises";\nawait readFile("./none.txt");',
    ENOENT,
    2,
    './none.txt is looked for in the working directory, and the module is in PLACE: write ',
  ],
  [
    'e.ts',
    'import { readFileSync } from "node:fs";\ntype A = 1;\nreadFileSync("./none.txt");',
    ENOENT,
    3,
    './none.txt is looked for in the working directory, and the module is in PLACE: write ',
  ],
  [
    'f.ts',
    'interface A {}\n\nconst a = null as any;\na.b;\nexport const task = 1;',
    "TypeError: Cannot read properties of null (reading 'b')",
    4,
    'Correct it and run again.',
  ],
];

describe('what does not load', () => {
  it.each(broken)('%s: %j', async (target, text, got, line, remedy) => {
    await write({ 'package.json': MODULE, [target]: text, 'ok.mjs': 'export const a = 1;' });
    const place = basename(folder);
    const expected = `./${target}: expected a module that loads, got ${got} (${place}/${target}:${line}). ${remedy}`;
    const said = await refusal(target);
    // Of a promise that is rejected by Node itself 26 has no stack, and so no line.
    const withLine =
      NODE >= 26 ? said.replace(`(${place}/${target}). `, `(${place}/${target}:${line}). `) : said;
    expect(withLine).toContain(expected.replace('FOLDER', folder).replace('PLACE', place));
  });

  it('names the imported file that is at fault', async () => {
    await write({ 'package.json': MODULE, 'task.mjs': 'import "./lib/a.mjs";', 'lib/a.mjs': '\nconst = 1;' });
    expect(await refusal('task.mjs')).toMatch(/SyntaxError: .* \(.*lib\/a\.mjs:2\)\. Correct it/);
  });

  it('leads to the import of the package that fails', async () => {
    await write({
      'package.json': MODULE,
      'node_modules/fails/package.json': '{ "name": "fails", "main": "./m.js" }',
      'node_modules/fails/m.js': 'throw new Error("not here");',
      'task.ts': 'interface A {}\nimport "fails";\nexport const task = (i: number) => i;',
    });
    expect(await refusal('task.ts')).toMatch(/got Error: not here \(.*task\.ts:2\)/);
  });
});
