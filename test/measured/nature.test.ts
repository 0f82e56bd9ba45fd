import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { usesPool } from '../../src/analysis/nature.js';
import { SystemLauncher } from '../../src/hosts/system-launcher.js';
import { measureAlone } from '../../src/measure/alone.js';
import { makePlan } from '../../src/plan/plan.js';
import type { TaskParts } from '../../src/schema/index.js';
import { Cli } from '../faults/cli.js';

/** Whatever a task does, it was declared to compute: what it is told to be was measured. */
const FIXTURE = fileURLToPath(new URL('../fixtures/natures.mjs', import.meta.url));

/** A part that is not clear on a machine that is somebody else's too counts as nothing. */
const AGAIN = { retry: 2 };

/** What the most of a task's time is said to go to. */
function mostOf(parts: TaskParts): string {
  const [most] = Object.entries(parts)
    .filter(([name]) => name !== 'childrenMs')
    .sort(([, a], [, b]) => b - a)[0]!;
  return most;
}

async function partsOf(does: string, tasks = 25) {
  const { scenarios } = await makePlan({ targets: [FIXTURE], params: { does }, tasks });
  await using launcher = new SystemLauncher();
  const alone = await measureAlone(scenarios[0]!, { seed: 1, cpuIterationsPerMs: 0 }, launcher);
  if (alone === null || alone === 'all fail') throw new Error('a task alone was not measured');
  return { alone, parts: alone.parts! };
}

it.each([
  ['Atomics.wait', 'blocksMs'],
  ['execSync', 'blocksMs'],
  ['busy loop', 'computesMs'],
  ['setTimeout', 'waitsMs'],
  ['scrypt', 'offThreadMs'],
  ['argon2', 'offThreadMs'],
  ['pbkdf2Sync', 'computesMs'],
  ['garbage', 'computesMs'],
])('%s is told as what it is: %s', AGAIN, async (does, expected) => {
  const { alone, parts } = await partsOf(does);
  expect(mostOf(parts), JSON.stringify(alone)).toBe(expected);
  expect(parts.blocksMs > 0, JSON.stringify(alone)).toBe(expected === 'blocksMs');
  expect(usesPool('cpu', alone.serviceMs, parts)).toBe(expected === 'offThreadMs');
});

it('one task is enough', AGAIN, async () => {
  const { parts } = await partsOf('Atomics.wait', 1);
  expect(mostOf(parts)).toBe('blocksMs');
});

it('what blocks and waits, and what blocks and then is on a pool, is both', AGAIN, async () => {
  const waits = (await partsOf('block and wait')).parts;
  expect(waits.blocksMs / waits.waitsMs).toBeGreaterThan(0.5);
  expect(waits.waitsMs / waits.blocksMs).toBeGreaterThan(0.5);
  const hashes = (await partsOf('block and scrypt')).parts;
  expect(hashes.blocksMs).toBeGreaterThan(2);
  expect(hashes.offThreadMs).toBeGreaterThan(2);
});

it('64 threads of tasks that block: the ideal allows it, and the words say why', AGAIN, async () => {
  const args = [FIXTURE, '--tasks', '128', '--threads', '64', '--executors', 'limited,queue', '--forks', '1'];
  using cli = new Cli([...args, '--rounds', '1', '--budget', '60s', '--quiet']);
  const { report, stdout, stderr } = await cli.finished;
  if (report === null) throw new Error(stderr);
  const [{ alone, executors }] = report.scenarios as [(typeof report.scenarios)[number]];
  const [limited, queue] = executors;
  expect(alone?.serviceMs).toBeGreaterThan(9.9);
  expect(limited?.ideal?.limitedBy).toBe('blocking');
  expect(limited!.ideal!.perSecond).toBeLessThan(101);
  expect(queue!.ideal!.perSecond / limited!.ideal!.perSecond).toBeGreaterThan(50);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /A task blocks its thread for 1\d ms and computes \d+ µs of it; each further thread adds one task at a time; blocking allows/,
  );
});
