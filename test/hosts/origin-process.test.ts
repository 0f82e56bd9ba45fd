import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { WorkerLost } from '../../src/errors.js';
import { startOriginProcess } from '../../src/hosts/origin-process.js';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';
import { killed } from '../support/report-fixture.js';

const get = async (url: string) => {
  const { statusCode, body } = await request(url);
  return { status: statusCode, body: await body.json() };
};

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('an origin in a process of its own: answers, counts, stops', async () => {
  const origin = await startOriginProcess({ settings: PLAIN_ORIGIN, seed: 7 });
  expect(origin.pid).not.toBe(process.pid);
  expect(await get(`${origin.url}/todos/4`)).toMatchObject({ status: 200, body: { id: 4 } });
  const [first, second] = await Promise.all([origin.counters(), origin.counters()]);
  expect(first).toMatchObject({ requests: 1, responses: 1, connections: 1, maxConcurrency: 1 });
  expect(first.cpuMs).toBeGreaterThan(0);
  expect(second).toMatchObject({ requests: 0, responses: 0, connections: 0 });
  await Promise.all([origin[Symbol.asyncDispose](), origin[Symbol.asyncDispose]()]);
  await origin[Symbol.asyncDispose]();
  expect(isAlive(origin.pid)).toBe(false);
});

test('is told before each trial what to draw from, and counts from there', async () => {
  const settings = { ...PLAIN_ORIGIN, errorRate: 0.5 };
  await using origin = await startOriginProcess({ settings, seed: 7 });
  const statuses = async (salt: number) => {
    await origin.begin(salt);
    const urls = Array.from({ length: 20 }, (_, n) => `${origin.url}/todos/${n + 1}`);
    return Promise.all(urls.map(async url => (await get(url)).status));
  };
  const first = await statuses(1);
  expect(await statuses(2)).not.toEqual(first);
  expect(await statuses(1)).toEqual(first);
  expect(await origin.counters()).toMatchObject({ requests: 20, responses: 20 });
});

test('a killed origin says so, and another can take its place under the same URL', async () => {
  const origin = await startOriginProcess({ settings: PLAIN_ORIGIN, seed: 7 });
  await get(`${origin.url}/todos/4`);
  process.kill(origin.pid, 'SIGSTOP');
  const pending = expect(origin.counters()).rejects.toMatchObject({ loss: killed('origin') });
  process.kill(origin.pid, 'SIGKILL');
  expect(await origin.exited).toEqual(killed('origin'));
  await pending;
  await expect(origin.counters()).rejects.toThrow(WorkerLost);
  await expect(origin.begin(1)).rejects.toThrow(WorkerLost);
  await origin[Symbol.asyncDispose]();

  await using second = await startOriginProcess({ settings: PLAIN_ORIGIN, seed: 7, port: origin.port });
  expect(second.url).toBe(origin.url);
  expect((await get(`${second.url}/todos/4`)).status).toBe(200);
});

test('an origin that cannot start says why and leaves no process', async () => {
  await using origin = await startOriginProcess({ settings: PLAIN_ORIGIN, seed: 7 });
  const { port } = origin;
  const second = startOriginProcess({ settings: PLAIN_ORIGIN, seed: 7, port });
  await expect(second).rejects.toThrow(`expected a free port, got ${port}, in use`);
});

const CLIENTS = 10_000;
const openFiles = Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' })) || Infinity;

// Each side has a file descriptor per connection; Node raises its soft limit to the hard one.
test.skipIf(openFiles < CLIENTS + 500)('10,000 requests wait at the same time', async () => {
  const latency = { kind: 'fixed', ms: 3000 } as const;
  await using origin = await startOriginProcess({ settings: { ...PLAIN_ORIGIN, latency }, seed: 7 });
  const sockets: Socket[] = [];
  try {
    // In waves below the kernel's backlog of 4,096: beyond it, connections are tried again only after a second.
    while (sockets.length < CLIENTS) {
      const wave = Array.from({ length: 1000 }, () => connect(origin.port, '127.0.0.1'));
      sockets.push(...wave);
      await Promise.all(
        wave.map(socket => new Promise((ok, fail) => socket.on('connect', ok).on('error', fail))),
      );
    }
    const answers = sockets.map(
      socket =>
        new Promise<string>(resolve => socket.once('data', data => resolve(data.toString('latin1', 0, 12)))),
    );
    for (const [n, socket] of sockets.entries()) {
      socket.write(`GET /todos/${n + 1} HTTP/1.1\r\nhost: x\r\n\r\n`);
    }
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200']));
    expect(await origin.counters()).toMatchObject({
      requests: CLIENTS,
      responses: CLIENTS,
      connections: CLIENTS,
      maxConcurrency: CLIENTS,
    });
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
