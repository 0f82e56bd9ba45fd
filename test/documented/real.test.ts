import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/schema/index.js';
import { ended } from '../support/ended.js';
import { documentedCommands, root } from './extract.js';
import { argumentsOf, codesOf, Project } from './project.js';

/**
 * Every command that is documented, as a process of its own in a user's project, with as little to measure as will do.
 * Whatever is no command of this program is in one of the lists below, each with what stands in for it.
 */
const MAIN = join(root, 'dist', 'src', 'cli', 'main.js');
const LIMIT_MS = 120_000;

/** Cannot be run by a test, with why; what they do is tested elsewhere, or is what runs this test. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm ci': 'installs packages from the network',
  'npm install -D PATH_OF_THE_CLONE': 'has npm link the clone where the project of these tests has it linked',
  'npm install bullmq ioredis': 'installs packages from the network',
  'npm install bullmq pg': 'installs packages from the network',
  'npm install PATH_OF_THE_CLONE': 'the same',
  'npm run check': 'the linters and compilers of this repository, which are a check of their own',
  'npm test': 'is what runs this test',
  'npm run build': 'is what built what this test runs',
  'npm run build:page': 'is a part of npm run build',
  'npm run docs:settings': 'writes into the README; test/settings holds that against the table',
  'npm run test:browser': 'runs the tests of the page in Chromium, which .ci/run does after these',
  'npm run test:broker': 'needs a Redis or Valkey, and a PostgreSQL; .ci/run does it after these',
  'npm run ui': 'serves until it is ended; threads-vs-loop ui is run',
  'npm run bench:self -- broker':
    'needs a Redis or Valkey, and a quarter of an hour; test/broker has its soak',
  'npm run bench:self -- open-tab': 'needs Chromium; test/browser/open-tab.test.ts runs its short form',
  'npm run test:nodes': 'installs three Nodes from the registry and runs these tests under each',
  'npm run docs:articles':
    'measures for minutes and writes docs/articles.md; scripted.test.ts has its run, test/bench-articles what it writes',
  'npm run docs:images':
    'measures for minutes and needs Chromium; scripted.test.ts has its runs, test/bench-images what it writes',
  'npm run bench:self -- truth':
    'takes 40 minutes, and 3 with --quick and one of its programs; test/bench-self runs its parts',
  'npm run docs:truth': 'writes into the documents what the one above has measured',
  'npx vitest run test/tune/decide.test.ts': 'is one of these tests',
  'npx vitest run test/map/decide.test.ts': 'is one of these tests',
};

/** Shortened forms of what takes minutes: what is run instead. */
const SHORTENED: Readonly<Record<string, readonly string[]>> = {
  'npm run bench:self': ['dist/bench/self/main.js', 'false-alarms', '--quick'],
  'npm run bench:self -- false-alarms': ['dist/bench/self/main.js', 'false-alarms', '--quick'],
  'npm run bench:self -- pools': ['dist/bench/self/main.js', 'pools', '--quick', '--only', 'piscina'],
  'npm run bench:self -- written-pool': [
    'dist/bench/self/main.js',
    'written-pool',
    '--quick',
    '--only',
    'piscina',
  ],
  'npm run bench:self -- tune': ['dist/bench/self/main.js', 'tune', '--quick', '--only', 'blocking'],
  'npm run bench:self -- cross-check': ['dist/bench/self/main.js', 'cross-check', '--quick'],
  'npm run bench:pitfalls': ['dist/bench/pitfalls/main.js', 'clock'],
  'node examples/library.mjs [seconds]': ['examples/library.mjs', '1'],
  'node examples/capacity.mjs [seconds a trial]': ['examples/capacity.mjs', '0.2'],
};

/**
 * Run in full by scripted.test.ts alone: dozens of scenarios, or minutes of measuring. (`contract piscina` is what
 * test/executors/contract.test.ts does.)
 */
const SCRIPTED_ONLY = /^(?:run (?:articles|comments|movies)|selfcheck|contract piscina)\b/;

const project = new Project();
/** `A server of yours on this machine`. */
const server = createServer((_request, response) => response.end('{}'));
/** `A server of yours elsewhere`: a name that is found on loopback. */
const ELSEWHERE = 'staging.example.com';
const resolveFile = join(project.folder, 'resolve.json');

function start(args: readonly string[], cwd = project.folder): ChildProcess {
  const env = {
    ...process.env,
    TMPDIR: join(project.folder, 'temporary'),
    NO_COLOR: '1',
    ...(args.includes('--allow-remote') && {
      NODE_OPTIONS: `--require=${join(root, 'test/fixtures/resolve.cjs')}`,
      RESOLVE_FILE: resolveFile,
    }),
  };
  return spawn(process.execPath, args, { cwd, env, timeout: LIMIT_MS, killSignal: 'SIGKILL' });
}

/** Its URL is the first line. */
async function startServer(args: readonly string[]): Promise<{ child: ChildProcess; url: URL }> {
  const child = start([MAIN, ...args]);
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, url: new URL(String(line).trim()) };
}

async function stop(child: ChildProcess): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const [code] = (await exit) as [number | null];
  return code;
}

beforeAll(async () => {
  mkdirSync(join(project.folder, 'temporary'));
  writeFileSync(resolveFile, JSON.stringify({ [ELSEWHERE]: ['127.0.0.1'] }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // What `report` is to render.
  const first = await ended(start([MAIN, 'run', 'noop', '--timeline', ...SHORT, '--tasks', '20']));
  expect(first.code).toBe(0);
  const results = join(project.folder, 'results');
  cpSync(join(results, 'latest.json'), join(results, 'baselines', 'main.json'));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  project[Symbol.dispose]();
});

const SHORT = ['--forks', '1', '--rounds', '1', '--budget', '1s', '--quiet'];
/** One pool of two threads beside the loop. */
const SHORT_TUNE = [
  '--executors',
  'limited,piscina',
  '--threads',
  '2',
  '--in-flight',
  '1,2',
  '--budget',
  '2s',
  '--quiet',
];
/** One cell. */
const SHORT_MAP = ['--waits', '0', '--computing', '0.1..2', '--budget', '1s', '--quiet'];
/** Trials of so little that all the commands take a minute together. */
const TASKS = ['--tasks', '12'];

/** With additions that shorten it, and without the ports of others. */
function shortened(args: readonly string[], folder: string): string[] {
  const { port } = server.address() as AddressInfo;
  const own = args.map(word =>
    word
      .replace('localhost:3000', `127.0.0.1:${port}`)
      .replace(`https://${ELSEWHERE}`, `http://${ELSEWHERE}:${port}`),
  );
  if (own[0] === 'tune')
    return [...own, ...SHORT_TUNE, ...(own.includes('--load') ? ['--tasks', '30'] : []), '--out', folder];
  if (own[0] === 'map') return [...withoutTask(own), ...SHORT_MAP, '--out', folder];
  if (own[0] !== 'run') return own;
  const has = (flag: string) => own.includes(flag);
  const isLong = has('--load') || has('--duration');
  return [
    ...own,
    ...SHORT,
    ...(isLong ? ['--duration', '300ms'] : TASKS),
    // Two rates of a sweep tell as much as six.
    ...(own.some(word => /^rate=.*(?:\.\.|,\d)/.test(word)) ? ['--load', 'rate=50,100/s'] : []),
    ...(has('--executors') || /^\./.test(own[1] ?? '') ? [] : ['--executors', 'sequential,limited,queue']),
    ...(has('--time-scale') ? ['--time-scale', '0.01'] : []),
    ...['--out', folder],
  ];
}

/** The results that there are here are those of a run; test/cli/map.test.ts has a tune's. */
function withoutTask(args: readonly string[]): string[] {
  return args.filter((word, at) => word !== '--task' && args[at - 1] !== '--task');
}

/** What a machine that is busy does to a schedule is no fault of the command: all else must be as documented. */
function isMachines({ scenarios }: Report): boolean {
  const invalid = scenarios.filter(({ validity }) => validity === 'INVALID');
  const grave = invalid.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'invalid'));
  return grave.every(({ code }) => code === 'pacer-late' || code === 'origin-saturated');
}

/** Its documents say so, and the command does. */
function needsNewerNode(args: readonly string[]): boolean {
  return args.includes('sqlite') && !isBuiltin('node:sqlite');
}

const documented = await documentedCommands();
const commands = documented.flatMap(({ source, command }) => {
  const args = argumentsOf(command);
  if (args === null || SCRIPTED_ONLY.test(args.join(' '))) return [];
  // They need a broker: test/broker/documented.test.ts.
  if (args[0] === 'worker' || args.some(word => word.split(',').includes('bullmq'))) return [];
  // The same but for its random choices.
  return [
    { source, command, args: args.filter((word, at) => word !== '--seed' && args[at - 1] !== '--seed') },
  ];
});
const known = new Set<string>();
const each = commands.filter(({ args }) => {
  const words = args.join(' ');
  return known.has(words) ? false : known.add(words);
});
const isRun = ({ args }: { readonly args: readonly string[] }) =>
  ['run', 'tune', 'map'].includes(args[0]!) && !args.includes('--print-plan');
const begins = ({ args }: { readonly args: readonly string[] }) => args[0] === 'init';
const serves = ({ args }: { readonly args: readonly string[] }) => ['origin', 'ui'].includes(args[0]!);

const FREE: Readonly<Record<string, string>> = { '--port': '0', '--host': '127.0.0.1' };

/** On a free port of loopback, in no browser. */
function served(args: readonly string[]): string[] {
  const free = args.map((word, at) => FREE[args[at - 1] ?? ''] ?? word);
  return free.filter(word => word !== '--open');
}

describe('commands that measure', { concurrent: true }, () => {
  it.for(each.filter(isRun).map((one, number) => ({ ...one, number })))(
    '$source: $command',
    { timeout: LIMIT_MS },
    async ({ args, number }, { expect }) => {
      const folder = `results-${number}`;
      if (args.includes('--baseline-run'))
        cpSync(join(project.folder, 'results', 'baselines'), join(project.folder, folder, 'baselines'), {
          recursive: true,
        });
      const { code, stdout, stderr } = await ended(start([MAIN, ...shortened(args, folder)]));
      if (needsNewerNode(args)) {
        expect([code, stderr]).toEqual([2, expect.stringContaining('node:sqlite (22.13 or later)')]);
        return;
      }
      expect(stderr).not.toMatch(/^error:/m);
      expect(stdout).toMatch(/^threads-vs-loop\s/);
      const report = JSON.parse(readFileSync(join(project.folder, folder, 'latest.json'), 'utf8')) as Report;
      expect(report.interrupted).toBe(false);
      if (code !== 3 || !isMachines(report)) expect(codesOf(args), stdout).toContain(code);
    },
  );
});

describe('other commands', { concurrent: true }, () => {
  it.for(each.filter(one => !isRun(one) && !serves(one) && !begins(one)))(
    '$source: $command',
    { timeout: LIMIT_MS },
    async ({ args }, { expect }) => {
      const { code, stdout, stderr } = await ended(start([MAIN, ...args]));
      expect(stderr, stdout).toBe('');
      expect(codesOf(args), stdout).toContain(code);
      expect(stdout).not.toBe('');
    },
  );

  it.for(each.filter(begins).map((one, number) => ({ ...one, number })))(
    '$source: $command',
    async ({ args, number }, { expect }) => {
      // In a project of its own: in that of all others a run without targets would run what it writes.
      const own = join(project.folder, `begun-${number}`);
      const folder = join(own, args.slice(1).find(word => !word.startsWith('-')) ?? '.');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{}');
      const { code, stdout, stderr } = await ended(start([MAIN, ...args], own));
      expect([code, stderr], stdout).toEqual([0, '']);
      expect(existsSync(join(folder, 'threads-vs-loop.config.mjs'))).toBe(true);
    },
  );

  it.for(each.filter(serves))('$source: $command', async ({ args }, { expect }) => {
    const { child, url } = await startServer(served(args));
    const response = await fetch(new URL(args[0] === 'ui' ? '/' : '/todos/1', url));
    await response.arrayBuffer();
    expect([200, 500]).toContain(response.status);
    expect(await stop(child)).toBe(0);
  });

  it.for(Object.entries(SHORTENED))(
    '%s, shortened',
    { timeout: LIMIT_MS },
    async ([command, args], { expect }) => {
      expect(documented.map(one => one.command)).toContain(command);
      const isExample = args[0]!.startsWith('examples/');
      const { code, stdout, stderr } = await ended(start(args, isExample ? project.folder : root));
      expect([code, stderr], stdout).toEqual([0, '']);
      expect(stdout).not.toBe('');
    },
  );
});

describe('the lists', () => {
  const others = documented.map(({ command }) => command).filter(command => argumentsOf(command) === null);

  it('have every command that is not run as it is, and nothing else', () => {
    expect([...Object.keys(NOT_RUN), ...Object.keys(SHORTENED)].sort()).toEqual([...others].sort());
  });

  it('name scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = documented.flatMap(({ command }) => /\bnpm run ([\w:-]+)/.exec(command)?.[1] ?? []);
    expect(named.filter(name => scripts[name] === undefined)).toEqual([]);
    // What `npm run bench --` stands for in these tests.
    expect(scripts.bench).toMatch(/node dist\/src\/cli\/main\.js run$/);
  });

  it('bench:self has the checks that the documents choose', async () => {
    const { code, stdout } = await ended(start(['dist/bench/self/main.js', '--list'], root));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cross-check /m);
  });
});
