import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { createLatency } from '../../src/origin/latency.js';
import { type OriginServer, startOrigin } from '../../src/origin/server.js';
import { PLAIN_ORIGIN } from '../../src/origin/settings.js';
import type { OriginSettings } from '../../src/schema/index.js';

let origin: OriginServer;
let agent: Agent;
const others: OriginServer[] = [];

async function start(settings: Partial<OriginSettings> = {}): Promise<void> {
  origin = await startOrigin({ settings: { ...PLAIN_ORIGIN, ...settings }, seed: 7 });
  others.push(origin);
}

async function send(path: string, method = 'GET', body: string | null = null) {
  const response = await request(origin.url + path, { dispatcher: agent, method, body });
  return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
}

beforeEach(() => {
  agent = new Agent({ connections: 100 });
});

afterEach(async () => {
  await agent.destroy();
  for (const server of others.splice(0)) await server.close();
});

test('answers on a free loopback port, whole and with its length', async () => {
  await start();
  expect(origin.url).toBe(`http://127.0.0.1:${origin.port}`);
  const { status, headers, text } = await send('/todos/3');
  expect(status).toBe(200);
  expect(headers['content-length']).toBe(String(text.length));
  expect(JSON.parse(text)).toMatchObject({ id: 3 });
  expect(await send('/todos/3')).toMatchObject({ text });
  expect((await send('/nothing')).status).toBe(404);
});

test('a POST is answered 201 with the item, whatever is sent', async () => {
  await start();
  const got = await send('/comments/9');
  expect(await send('/comments/9', 'POST', 'x'.repeat(200_000))).toMatchObject({
    status: 201,
    text: got.text,
  });
  expect((await send('/comments', 'POST', '{}')).status).toBe(201);
  expect((await send('/nothing', 'POST')).status).toBe(404);
  expect(await send('/comments/9', 'PUT', '{}')).toMatchObject({ status: 200, text: got.text });
  expect(origin.snapshot()).toMatchObject({ requests: 5, responses: 5 });
});

/** Two salts whose latencies are far apart, so that answers come in their order whatever the machine does meanwhile. */
const SPREAD = { kind: 'uniform', minMs: 0, maxMs: 400 } as const;
const PATHS = ['/todos/1', '/todos/2', '/todos/3', '/todos/4'];
const drawn = (salt: number) => {
  const latencyOf = createLatency(SPREAD, salt);
  return PATHS.map(path => latencyOf(`GET ${path}`));
};
const byLatency = (salt: number) =>
  PATHS.toSorted((a, b) => drawn(salt)[PATHS.indexOf(a)]! - drawn(salt)[PATHS.indexOf(b)]!);
const isFarApart = (salt: number) =>
  drawn(salt)
    .toSorted((a, b) => a - b)
    .every((ms, at, all) => at === 0 || ms - all[at - 1]! > 50);
const SALTS = Array.from({ length: 1_000 }, (_, salt) => salt).filter(isFarApart);

test('latencies are drawn anew from the salt of each trial, and are the same for the same', async () => {
  const [one, other] = [SALTS[0]!, SALTS.find(salt => byLatency(salt)[0] !== byLatency(SALTS[0]!)[0])!];
  await start({ latency: SPREAD });
  const order = async (salt: number) => {
    const arrived: string[] = [];
    origin.begin(salt);
    await Promise.all(PATHS.map(path => send(path).then(() => arrived.push(path))));
    return arrived;
  };
  expect([await order(one), await order(other), await order(one)]).toEqual([one, other, one].map(byLatency));
  expect(byLatency(one)).not.toEqual(byLatency(other));
});

test('faults are drawn anew from the salt of each trial, and counting starts anew', async () => {
  await start({ errorRate: 0.5 });
  const statuses = async (salt: number) => {
    origin.begin(salt);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(`/todos/${n + 1}`)));
    return answers.map(({ status }) => status);
  };
  const first = await statuses(1);
  expect(await statuses(2)).not.toEqual(first);
  expect(await statuses(1)).toEqual(first);
  expect(origin.snapshot()).toMatchObject({ requests: 20, responses: 20 });
});

test('faults: 500, broken JSON, a reset connection', async () => {
  await start({ errorRate: 1 });
  expect(await send('/todos/1')).toMatchObject({ status: 500, text: '{"error":"internal error"}' });
  await start({ brokenRate: 1 });
  const broken = await send('/todos/1');
  expect(broken).toMatchObject({ status: 200, headers: { 'content-type': expect.stringContaining('json') } });
  expect(() => JSON.parse(broken.text)).toThrow(SyntaxError);
  await start({ resetRate: 1 });
  await expect(send('/todos/1')).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(origin.snapshot()).toMatchObject({ requests: 1, responses: 0 });
});

test('a stalled request is never answered, and leaves when its client does', async () => {
  await start({ stallRate: 1 });
  const arrived = connect(origin.port, '127.0.0.1');
  arrived.write('GET /todos/1 HTTP/1.1\r\nhost: x\r\n\r\n');
  await expect.poll(() => origin.snapshot().maxConcurrency).toBe(1);
  arrived.destroy();
  await expect.poll(() => origin.snapshot().maxConcurrency).toBe(0);
});

test('a client that leaves while it waits is not answered', async () => {
  await start({ latency: { kind: 'fixed', ms: 60_000 } });
  const client = connect(origin.port, '127.0.0.1');
  client.write('GET /todos/1 HTTP/1.1\r\nhost: x\r\n\r\n');
  await expect.poll(() => origin.snapshot().maxConcurrency).toBe(1);
  client.destroy();
  await expect.poll(() => origin.snapshot()).toMatchObject({ maxConcurrency: 0, responses: 0 });
});

test('nothing is answered in a pause, which begins with the origin', async () => {
  await start({ pauseMs: 60_000, pauseEveryMs: 600_000 });
  const client = connect(origin.port, '127.0.0.1');
  client.write('GET /todos/1 HTTP/1.1\r\nhost: x\r\n\r\n');
  // Without the pause the request is answered as it arrives: no reading has the one without the other.
  await expect.poll(() => origin.snapshot()).toMatchObject({ requests: 1, responses: 0 });
  client.destroy();
  await expect.poll(() => origin.snapshot()).toMatchObject({ maxConcurrency: 0, responses: 0 });
});

test('the first answer on a connection waits until it would be open, the next does not', async () => {
  await start({ connectMs: 60_000 });
  const client = connect(origin.port, '127.0.0.1');
  client.write('GET /todos/1 HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2));
  // Both arrive in one piece, so that no reading falls between them.
  await expect.poll(() => origin.snapshot()).toMatchObject({ requests: 2, responses: 1, connections: 1 });
  client.destroy();
  await expect.poll(() => origin.snapshot()).toMatchObject({ maxConcurrency: 0, responses: 0 });
});

test('for browsers only', async () => {
  await start({ browsersOnly: true });
  expect((await send('/sites/a.example')).status).toBe(503);
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
  const response = await request(`${origin.url}/sites/a.example`, { dispatcher: agent, headers });
  expect(response.statusCode).toBe(200);
  expect(await response.body.text()).toContain('<h1>a.example</h1>');
});

test.each([
  ['503', { 200: 5, 503: 15 }],
  ['slow', { 200: 20 }],
] as const)('past the limit: %s', async (overLimit, statuses) => {
  await start({ latency: { kind: 'fixed', ms: 300 }, limit: 5, overLimit });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => send(`/todos/${n + 1}`)));
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  expect(counts).toEqual(statuses);
});

test('an answer comes no earlier than its latency less a millisecond', async () => {
  await start({ latency: { kind: 'fixed', ms: 40 } });
  await send('/todos/1');
  const { elapsedMs, meanConcurrency, maxConcurrency } = origin.snapshot();
  // The request has been in the origin for its latency: concurrency × time.
  expect(meanConcurrency * elapsedMs).toBeGreaterThanOrEqual(38.9);
  expect(maxConcurrency).toBe(1);
});

test('a connection is kept, unless its client asks to close it', async () => {
  await start();
  await agent.destroy();
  // Allowed more, undici opens a second connection while the first comes to rest.
  agent = new Agent({ connections: 1 });
  await send('/todos/1');
  await send('/todos/2');
  expect(origin.snapshot()).toMatchObject({ requests: 2, connections: 1 });
  const client = connect(origin.port, '127.0.0.1');
  client.write('GET /todos/1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(await text(client)).toMatch(/^HTTP\/1.1 200 OK\r\n.*connection: close/is);
});

test('a port in use is the user’s to mend, a closed one is free again at once', async () => {
  await start();
  const { port } = origin;
  const again = () => startOrigin({ settings: PLAIN_ORIGIN, seed: 1, port });
  await expect(again()).rejects.toThrow(UsageError);
  await expect(again()).rejects.toThrow(`port: expected a free port, got ${port}, in use.`);
  await send('/todos/1');
  await origin.close();
  const second = await again();
  others.push(second);
  expect(second.port).toBe(port);
});
