import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { printedUrls, readyUrl } from '../../src/hosts/listening.js';
import { Orphans } from '../../src/hosts/orphans.js';
import { isGroupAlive } from '../../src/hosts/process-group.js';
import { ServedProcess } from '../../src/hosts/served-command.js';
import { SystemLauncher } from '../../src/hosts/system-launcher.js';
import type { ServeReady } from '../../src/schema/index.js';

const server = fileURLToPath(new URL('../fixtures/server.mjs', import.meta.url));
const command = (does: string) => `${process.execPath} ${server} ${does}`;
const LISTENING: ServeReady = { kind: 'listening' };
const start = (does: string, ready: ServeReady = LISTENING, readyLimitMs = 20_000) =>
  ServedProcess.start({ command: command(does), ready }, { env: {}, orphans: new Orphans(), readyLimitMs });

it('one that is not ready in time: what was waited for, and that it printed nothing', async () => {
  const served = await start('silent', { kind: 'text', text: 'ready' }, 300);
  await expect(served.ready()).rejects.toThrow(
    /^serve: expected the text "ready" from ".*" within 0\.3 s, got none\. Say how .* It printed nothing\.$/,
  );
  expect(await served.end()).toBeNull();
  expect(isGroupAlive(served.process.pid!)).toBe(false);
});

it('a text that it prints is waited for', async () => {
  const served = await start('listens', { kind: 'text', text: ', ready' });
  expect(await served.ready()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await served.end();
});

it('one that ignores SIGTERM is killed, and asked for once', async () => {
  const served = await start('stays');
  await served.ready();
  const [first, again] = [served.end(), served.end()];
  expect(again).toBe(first);
  await first;
  expect(isGroupAlive(served.process.pid!)).toBe(false);
});

it('a port where somebody else listens is refused before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const message = new RegExp(`^serve: expected nobody on port ${port} before`);
  await expect(start('listens', { kind: 'port', port })).rejects.toThrow(message);
  await expect(start('listens', { kind: 'url', url: `http://localhost:${port}/` })).rejects.toThrow(message);
  other.close();
});

it('a URL is ready when it answers, though not with a fault of the server', async () => {
  let status = 503;
  const other = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/health?full=1`;
  expect(await readyUrl({ kind: 'url', url }, 1, '')).toBeNull();
  status = 404;
  expect(await readyUrl({ kind: 'url', url }, 1, '')).toBe(new URL(url).origin);
  other.closeAllConnections();
  other.close();
});

it.each([
  ['listening on http://localhost:3000', ['http://localhost:3000']],
  ['\x1b[1mLocal\x1b[0m: \x1b[36mhttp://127.0.0.1:\x1b[1m5173\x1b[22m/\x1b[39m', ['http://127.0.0.1:5173']],
  ['at https://[::1]:8443/app.', ['https://[::1]:8443']],
  ['bound to http://0.0.0.0:80', ['http://0.0.0.0']],
  ['two: http://localhost:1, http://localhost:2', ['http://localhost:1', 'http://localhost:2']],
  ['see https://example.org:3000 or http://localhost', []],
])('%j has the URLs %j', (text, expected) => {
  expect(printedUrls(text).map(({ origin }) => origin)).toEqual(expected);
});

it('what it computes is no other program’s', async () => {
  await using launcher = new SystemLauncher();
  const before = launcher.machine.ticks()!.ours;
  const { end } = await launcher.serve({ command: command('computes'), ready: LISTENING });
  // A second of it: the test's own time-out ends a wait in vain.
  while (launcher.machine.ticks()!.ours < before + 100) await new Promise(resolve => setTimeout(resolve, 50));
  const alive = launcher.machine.ticks()!.ours;
  await end();
  expect(launcher.machine.ticks()!.ours).toBeGreaterThanOrEqual(alive);
});
