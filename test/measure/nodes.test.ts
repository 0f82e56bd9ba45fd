import { chmodSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Launcher } from '../../src/hosts/launcher.js';
import { measurePlan } from '../../src/measure/measure.js';
import { refusalOf } from '../../src/measure/rehearsal-refusal.js';
import { makePlan, type PlanInput } from '../../src/plan/plan.js';
import { conclude } from '../../src/report/words/conclusion.js';
import type { Report } from '../../src/schema/index.js';
import { type Asked, FakeClock, ScriptedLauncher, type ScriptedTrial } from '../support/scripted-launcher.js';
import { reasonsOf } from '../support/sentences.js';

const { node: version } = process.versions;
let folder: string;
/** The running Node by another name. */
let twin: string;

const script = (name: string, text: string) => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tvl-nodes-')));
  twin = join(folder, 'twin');
  symlinkSync(process.execPath, twin);
  script('newer', `echo '["99.1.2","14.0"]'`);
  // It says its version, and dies as soon as it is to run a program.
  script(
    'dies',
    `case "$1" in -p) exec "${process.execPath}" "$@";; *) echo 'Error: no such thing' >&2; exit 7;; esac`,
  );
  writeFileSync(
    join(folder, 'task.mjs'),
    'export const task = async index => process.execPath.length * 0 + index;\n',
  );
  writeFileSync(
    join(folder, 'telling.mjs'),
    "import { basename } from 'node:path';\nexport const task = async () => basename(process.argv0);\n",
  );
  writeFileSync(
    join(folder, 'throws.mjs'),
    "if (process.argv0.endsWith('twin')) throw new TypeError('no such API');\nexport const task = async index => index;\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function reportOf(input: PlanInput, deps: { clock?: FakeClock; launcher?: Launcher } = {}) {
  const plan = await makePlan(
    { executors: ['limited', 'queue'], threads: 2, seed: 1, ...input },
    { baseDir: folder },
  );
  let report: Report | null = null;
  for await (const event of measurePlan(plan, deps)) if (event.type === 'done') report = event.report;
  expect(report!.scenarios).toHaveLength(1);
  return { report: report!, result: report!.scenarios[0]! };
}

describe('scripted', () => {
  /** The newer Node takes half the time. */
  const steady = ({ executor, execPath }: Asked): ScriptedTrial => {
    const faster = execPath?.endsWith('newer') === true ? 2 : 1;
    return { wallMs: (executor.startsWith('queue') ? 300 : 400) / faster, serviceMs: 4 / faster };
  };

  async function scripted() {
    const clock = new FakeClock();
    const launcher = new ScriptedLauncher(clock, steady);
    const { result } = await reportOf(
      { targets: ['noop'], node: ['current', './newer'] },
      { clock, launcher },
    );
    return { result, launcher };
  }

  it('the second is told against the first, on a loop and in threads', async () => {
    const { result } = await scripted();
    expect(conclude(result).headline).toMatch(
      new RegExp(
        `^\`Node 99\\.1\\.2\` is 2\\.00× \\[.*\\] \`Node ${version}\` on \`limited\`, 2\\.00× \\[.*\\] on \`queue\`; same results$`,
      ),
    );
  });

  it('each has hosts, a task alone and an ideal of its own', async () => {
    const { result, launcher } = await scripted();
    expect(result.alternatives.map(({ name, alone }) => [name, alone?.serviceMs])).toEqual([
      [`node=${version}`, 4],
      ['node=99.1.2', 2],
    ]);
    const started = new Set(
      launcher.log.map(({ executor, execPath }) => `${executor} ${execPath?.replace(/.*\//, '')}`),
    );
    expect([...started].sort()).toEqual([
      'limited newer',
      'limited node',
      'queue ×2 newer',
      'queue ×2 node',
      'sequential newer',
      'sequential node',
    ]);
    expect(launcher.hostsAlive).toBe(0);
  });

  it('one without them is started with nothing of the kind', async () => {
    const clock = new FakeClock();
    const launcher = new ScriptedLauncher(clock, steady);
    await reportOf({ targets: ['noop'] }, { clock, launcher });
    expect(new Set(launcher.log.map(({ execPath }) => execPath))).toEqual(new Set([null]));
  });
});

it('a native addon that was built for another Node is told as that, in threads or not', () => {
  const description =
    "Error: The module 'fast.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 115.";
  const thrown = { description, site: '', code: 'ERR_DLOPEN_FAILED', isTaskError: false, fileRemedy: null };
  const first = { type: 'failed', at: 'load', thrown } as const;
  const code = { subject: 'task.mjs in Node 24.1.0', expectsFailures: false, calledWith: 'index' } as const;
  expect(refusalOf(code, { first, inThreads: true, onMain: first })?.message).toMatch(
    /^task\.mjs in Node 24\.1\.0: expected a native addon that was built for this Node, got .* Build it for that Node/,
  );
});

describe('real hosts', () => {
  const SHORT = { tasks: 10, forks: 1, rounds: 1, warmup: '10ms', budgetMs: 5_000 };

  it('run under each binary, and their results are checked against each other', async () => {
    const { result } = await reportOf({ ...SHORT, targets: ['./task.mjs'], node: ['current', './twin'] });
    expect(
      result.executors.map(({ variant, trials }) => [
        variant.id,
        trials.every(({ state }) => state === 'measured'),
      ]),
    ).toEqual([
      [`limited node=${version}@node`, true],
      [`limited node=${version}@twin`, true],
      [`queue node=${version}@node`, true],
      [`queue node=${version}@twin`, true],
    ]);
    expect(result.validity).not.toBe('INVALID');
    const other = await reportOf({ ...SHORT, targets: ['./telling.mjs'], node: ['current', './twin'] });
    expect(other.result.validity).toBe('INVALID');
    expect(reasonsOf(other.result)[0]).toMatch(
      /^results differ: .*@twin` disagree with `limited node=.*@node`/,
    );
  });

  it('a binary that hosts die with is refused before anything is measured', async () => {
    await expect(
      reportOf({ ...SHORT, targets: ['./task.mjs'], node: ['current', './dies'] }),
    ).rejects.toThrow(
      /^--node dies \(.*\): expected a Node that hosts start with, got host exited with code 7: Error: no such thing\. Leave it out/,
    );
  });

  it('code that loads in one of them alone is refused by the name of the other', async () => {
    await expect(
      reportOf({ ...SHORT, targets: ['./throws.mjs'], node: ['current', './twin'] }),
    ).rejects.toThrow(
      /throws\.mjs in Node .*@twin: expected a module that loads, got TypeError: no such API/,
    );
  });
});
