import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { Orphans } from '../../src/hosts/orphans.js';

/** A tick of the kernel is 10 ms on every machine that Node runs on. */
const BUSY_MS = 400;
const TICKS = BUSY_MS / 10;

/** Says `done` when its own child has used that much CPU time; ends when told to, waiting for that child or not. */
const PARENT = `
const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
  `for (let used = 0; used < ${1_000 * BUSY_MS}; ) { const { user, system } = process.cpuUsage(); used = user + system; } console.log('done'); process.stdin.resume();`,
)}], { stdio: ['pipe', 'pipe', 'ignore'] });
child.stdout.on('data', () => console.log('done'));
process.stdin.on('data', text => {
  if (String(text).trim() === 'leave') process.exit();
  child.on('exit', () => process.exit());
  child.kill();
});`;

async function startParent(): Promise<ChildProcess> {
  const parent = spawn(process.execPath, ['-e', PARENT], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  await once(parent.stdout!, 'data');
  return parent;
}

/** What parents leave behind that end at the same time. */
async function orphanedBy(...hows: readonly ('leave' | 'wait')[]): Promise<number> {
  const orphans = new Orphans();
  const parents: ChildProcess[] = [];
  for (const _ of hows) parents.push(await startParent());
  const exited = parents.map(parent => once(parent, 'exit').then(() => orphans.ended(parent.pid)));
  for (const [at, parent] of parents.entries()) {
    orphans.ending(parent.pid);
    parent.stdin!.write(`${hows[at]}\n`);
  }
  await Promise.all(exited);
  return orphans.ticks;
}

it('what a child left behind has used is counted; what it waited for comes home with it', async () => {
  expect(await orphanedBy('leave')).toBeGreaterThan(TICKS / 2);
  expect(await orphanedBy('wait')).toBeLessThan(TICKS / 4);
}, 30_000);

it('of several that end at the same time each is counted', async () => {
  const ticks = await orphanedBy('leave', 'leave', 'wait');
  expect(ticks).toBeGreaterThan(1.5 * TICKS);
  expect(ticks).toBeLessThan(2.5 * TICKS);
}, 30_000);

it('nothing is counted of a child that was never told to end, or never started', () => {
  const orphans = new Orphans();
  orphans.ended(process.pid);
  orphans.ending(undefined);
  orphans.ended(undefined);
  expect(orphans.ticks).toBe(0);
});
