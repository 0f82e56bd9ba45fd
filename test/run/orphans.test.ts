import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { orphanedTicks, readGroupTicks } from '../../src/run/orphans.js';

/** A tick of the kernel is 10 ms on every machine that Node runs on. */
const BUSY_MS = 400;
const TICKS = BUSY_MS / 10;

/** Says `done` when its own child has used that much CPU time; ends when told to, waiting for that child or not. */
const PARENT = `
const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
  `while (process.cpuUsage().user < ${1_000 * BUSY_MS}); console.log('done'); process.stdin.resume();`,
)}], { stdio: ['pipe', 'pipe', 'ignore'] });
child.stdout.on('data', () => console.log('done'));
process.stdin.on('data', text => {
  if (String(text).trim() === 'leave') process.exit();
  child.on('exit', () => process.exit());
  child.kill();
});`;

async function orphanedBy(how: 'leave' | 'wait'): Promise<number> {
  const parent = spawn(process.execPath, ['-e', PARENT], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true,
  });
  await once(parent.stdout!, 'data');
  const before = readGroupTicks(parent.pid!);
  parent.stdin!.write(`${how}\n`);
  await once(parent, 'exit');
  return orphanedTicks(before);
}

it('what a child left behind has used is counted; what it waited for comes home with it', async () => {
  expect(await orphanedBy('leave')).toBeGreaterThan(TICKS / 2);
  expect(await orphanedBy('wait')).toBeLessThan(TICKS / 4);
}, 30_000);

it('nothing is counted of a group that nobody is in', () => {
  expect(orphanedTicks(readGroupTicks(2 ** 30))).toBe(0);
  expect(orphanedTicks(null)).toBe(0);
});
