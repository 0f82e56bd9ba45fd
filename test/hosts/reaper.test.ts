import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { entryUrl } from '../../src/entry.js';
import type { ToReaper } from '../../src/hosts/reaper.js';
import { makeRunFolder } from '../../src/hosts/run-folder.js';

/** Whoever it is told of ends, even if its CLI is gone before it has begun to listen. */
test('it ends whom it watches and removes what they left, but nobody who had ended before', async () => {
  const folder = makeRunFolder();
  writeFileSync(join(folder, 'left.bin'), 'left');
  const sleeps = () =>
    spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { detached: true, stdio: 'ignore' });
  const [watched, spared] = [sleeps(), sleeps()];
  const ends = once(watched, 'exit');

  const reaper = spawn(process.execPath, [fileURLToPath(entryUrl('reaper'))], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const told: readonly ToReaper[] = [
    { folder },
    { pid: watched.pid!, alive: true },
    { pid: spared.pid!, alive: true },
    { pid: spared.pid!, alive: false },
  ];
  reaper.stdin.end(told.map(message => `${JSON.stringify(message)}\n`).join(''));

  expect(await once(reaper, 'exit')).toEqual([0, null]);
  expect(await ends).toEqual([null, 'SIGKILL']);
  expect(existsSync(folder)).toBe(false);
  expect([spared.exitCode, spared.signalCode]).toEqual([null, null]);
  spared.kill();
});
