import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Origin } from '../../src/hosts/launcher.js';
import { createRandom } from '../../src/random.js';
import type { OriginSettings } from '../../src/schema/index.js';
import { outside } from '../cli/outside.js';
import { FakeClock, type Script, ScriptedLauncher } from '../support/scripted-launcher.js';
import { COMMANDS, documentedCommands, textOf } from './extract.js';
import { argumentsOf, codesOf, Project } from './project.js';

/** The whole of what is documented, as it stands: only the time is a scripted one. */
const commands = await documentedCommands();
const project = new Project();
afterAll(() => project[Symbol.dispose]());

const random = createRandom(4);
/** Trials that differ by 0.2 %; work that is told to compute longer does. */
const steady: Script = ({ params }) => ({
  wallMs: 50 * (1 + Number(params.extraShare ?? 0)) * (1 + 0.002 * random.next()),
  serviceMs: Number(params.cpuMs ?? 5),
});

/** Tasks of some steps send a request for each. */
class SteppingLauncher extends ScriptedLauncher {
  override async startOrigin(settings: OriginSettings, seed: number, port: number): Promise<Origin> {
    const origin = await super.startOrigin(settings, seed, port);
    const steps = () => Number(this.log.at(-1)?.params.steps ?? 1);
    return {
      ...origin,
      counters: async () => {
        const counters = await origin.counters();
        const requests = counters.requests * steps();
        return { ...counters, requests, responses: requests };
      },
    };
  }
}

async function runScripted(args: readonly string[]) {
  const clock = new FakeClock();
  const launcher = new SteppingLauncher(clock, steady);
  const { run, written } = outside({
    clock,
    cwd: project.folder,
    launcher,
    // The real one.
    catalogue: undefined as never,
    resolveHost: async () => ['192.0.2.1'],
  });
  return { code: await run(...args), ...written };
}

/** What is left out are more of the same trials. */
const SHORT = ['--forks', '3', '--rounds', '2'];

const measuring = commands.flatMap(({ source, command }) => {
  const args = argumentsOf(command);
  if (args?.includes('--print-plan')) return [];
  if (args?.[0] === 'run') return [{ source, command, args: [...args, ...SHORT] }];
  return args?.[0] === 'selfcheck' ? [{ source, command, args }] : [];
});

test('there are commands to be tried in every place', () => {
  const sources = new Set(commands.map(({ source }) => source));
  for (const source of [
    'README.md',
    'CONTRIBUTING.md',
    'docs/articles.md',
    'docs/methodology.md',
    'docs/config.md',
    'docs/compare.md',
  ])
    expect(sources).toContain(source);
  for (const command of [
    '',
    'run ',
    'tune ',
    'map ',
    'list ',
    'report ',
    'compare ',
    'selfcheck ',
    'contract ',
    'origin ',
    'ui ',
    'init ',
  ])
    expect(sources).toContain(`${command}--help`);
  expect(measuring.length).toBeGreaterThan(40);
});

test.each(measuring)('$source: $command', async ({ args }) => {
  const { code, stdout, stderr } = await runScripted(args);
  expect(stderr).not.toMatch(/^error:/m);
  expect(stdout).toMatch(/^threads-vs-loop\s/);
  expect(codesOf(args), stdout).toContain(code);
  const json = args.indexOf('--json');
  if (json >= 0) expect(existsSync(join(project.folder, args[json + 1]!))).toBe(true);
});

test('every flag that the documents name is a flag', async () => {
  const help = outside();
  for (const name of COMMANDS) await help.run(name, '--help');
  const known = new Set(help.written.stdout.match(/--[a-z][a-z-]+/g));
  for (const flag of FLAGS_OF_OTHERS) known.add(flag);
  for (const file of [
    'README.md',
    'docs/methodology.md',
    'docs/articles.md',
    'docs/config.md',
    'docs/tuning.md',
    'docs/compare.md',
  ]) {
    const text = textOf(file).replace(/^```[\s\S]*?^```$/gm, '');
    const named = [...text.matchAll(/`(--[a-z][a-z-]+)/g)].map(([, flag]) => flag!);
    expect(named.filter(flag => !known.has(flag))).toEqual([]);
  }
});

/** Of `npm run bench:self`. */
const FLAGS_OF_OTHERS: readonly string[] = ['--only'];
