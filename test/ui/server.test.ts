import { once } from 'node:events';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { looksOf } from '../../src/report/html/looks.js';
import { renderJson } from '../../src/report/json.js';
import type { Report } from '../../src/schema/index.js';
import type { SavedRun, UiCatalogue, UiRequest } from '../../src/ui/protocol.js';
import { Gallery } from '../../src/ui/server/gallery.js';
import { MessageLog } from '../../src/ui/server/message-log.js';
import { type Following, RunDesk, type Runner } from '../../src/ui/server/runs.js';
import { startUiServer, type UiServer } from '../../src/ui/server/server.js';
import { makeReport } from '../support/report-fixture.js';
import { UiClient } from './client.js';

const RACE: UiRequest = { kind: 'race', plan: { preset: 'waiting' } };
const catalogue = { version: '1', quietWhileMeasuring: true } as unknown as UiCatalogue;

/** A runner whose run ends when the test says so, or when it is stopped. */
class HeldRunner implements Runner {
  following: Following | null = null;
  end: (report: Report) => void = () => {};

  async race(_plan: unknown, following: Following) {
    this.following = following;
    const report = await new Promise<Report>(resolve => {
      this.end = resolve;
      following.signal.addEventListener('abort', () =>
        resolve(makeReport({ interrupted: true, scenarios: [] })),
      );
    });
    return { report, saved: 'saved.json', faults: [] };
  }
  measure = this.race;
  estimate = () => ({ follow: () => {}, leftMs: () => 1_000 });
  commandOf = (args: readonly string[]) => args.join(' ');
}

let folder: string;
let server: UiServer;
let runner: HeldRunner;
let log: MessageLog;
let client: UiClient;
let pauses: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tvl-ui-'));
  runner = new HeldRunner();
  log = new MessageLog({ messages: 20, bytes: 64e6 });
  pauses = 0;
  const desk = new RunDesk({
    runner,
    log,
    clock: { nowMs: () => 0, date: () => new Date(0) },
    looks: looksOf([]),
    sections: {},
    isQuiet: true,
    plan: async () => ({ plan: makeReport().plan, args: ['run', 'waiting'] }),
    pause: async () => void pauses++,
  });
  server = await startUiServer({
    host: '127.0.0.1',
    port: 0,
    document: { html: '<!doctype html>', styles: ['a{}'], scripts: ['b'] },
    catalogue,
    desk,
    log,
    gallery: new Gallery(folder, {}),
    readRequest: data => data as UiRequest,
  });
  client = new UiClient(server.url);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it('the page needs no token, and its policy allows its own contents and those of reports alone', async () => {
  const { status, headers, text } = await client.ask({ path: '/', headers: { Authorization: undefined } });
  expect([status, text]).toEqual([200, '<!doctype html>']);
  const policy = headers['content-security-policy'];
  for (const part of [
    "default-src 'none'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(String(policy).match(/'sha256-/g)).toHaveLength(4);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

it('the token has 256 bits, and is another each time', async () => {
  expect(Buffer.from(client.token, 'base64url')).toHaveLength(32);
  expect(new URL(server.url).search).toBe('');
});

describe('is refused, with what was expected, came and is to be done', () => {
  const POST = { method: 'POST', path: '/api/runs', body: JSON.stringify(RACE) };
  it.each([
    ['a foreign Host', { headers: { Host: 'evil.example' } }, 403],
    ['a foreign Host for the page', { path: '/', headers: { Host: 'evil.example' } }, 403],
    ['a name that is made to resolve to this machine', { headers: { Host: 'rebound.example:80' } }, 403],
    ['another port', { headers: { Host: '127.0.0.1:1' } }, 403],
    ['no token', { headers: { Authorization: undefined } }, 401],
    ['a wrong token', { headers: { Authorization: 'Bearer wrong' } }, 401],
    ['a token of another scheme', { headers: { Authorization: 'Basic wrong' } }, 401],
    ['no token for the events', { path: '/api/events', headers: { Authorization: undefined } }, 401],
    ['a page of another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, 403],
    ['a page of the same site', { headers: { 'Sec-Fetch-Site': 'same-site' } }, 403],
    ['a foreign Origin', { ...POST, headers: { Origin: 'http://evil.example' } }, 403],
    ['an Origin by another name', { ...POST, headers: { Origin: 'https://127.0.0.1' } }, 403],
    ['the Origin null', { ...POST, headers: { Origin: 'null' } }, 403],
    ['no Origin where something is started', { ...POST, headers: { Origin: undefined } }, 403],
    ['a form', { ...POST, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415],
    ['a text', { ...POST, headers: { 'Content-Type': 'text/plain' } }, 415],
    ['no JSON', { ...POST, body: '{' }, 400],
    ['a body of 10 MB that says so', { ...POST, headers: { 'Content-Length': '10000000' }, body: '{' }, 413],
    ['another path', { path: '/api/secrets' }, 404],
    ['a path upwards', { path: '/../../etc/passwd' }, 404],
    ['a run by GET', { path: '/api/runs' }, 405],
    ['a page by POST', { method: 'POST', path: '/', body: '{}' }, 405],
    ['a strange method', { method: 'DELETE', path: '/api/runs' }, 405],
    ['an id that is none', { path: '/api/events?after=-1' }, 400],
  ])('%s', async (_, asking, status) => {
    const answered = await client.ask(asking);
    expect(answered.status).toBe(status);
    expect(JSON.parse(answered.text).error).toMatch(/[Ee]xpected .*, got .*\. [A-Z].*\.$/);
    expect(runner.following).toBeNull();
  });
});

const rawRequest = (lines: readonly string[]) =>
  [
    ...lines,
    `Host: ${client.url.host}`,
    `Origin: ${client.url.origin}`,
    `Authorization: Bearer ${client.token}`,
    '',
    '',
  ].join('\r\n');

/** However it comes to that. */
const closeOf = (socket: Socket) => new Promise<void>(resolve => socket.once('close', () => resolve()));

async function socketTo(): Promise<Socket> {
  const socket = connect(Number(client.url.port), client.url.hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

it('10 MB that do not say how many they are are not read to their end', async () => {
  const socket = await socketTo();
  let answer = '';
  socket.on('data', data => (answer += data));
  const closed = closeOf(socket);
  socket.write(
    rawRequest(['POST /api/runs HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked']),
  );
  const chunk = `2000\r\n${' '.repeat(0x2000)}\r\n`;
  let sent = 0;
  // A write that fails, as it may when the other end is closed, is followed by `close`.
  for (; sent < 10e6 && socket.writable; sent += 0x2000)
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => closed), closed]);
  await closed;
  expect(sent).toBeLessThan(10e6);
  // What was on its way may have taken the place of the answer.
  expect(answer).toMatch(/^(?:HTTP\/1\.1 413 |$)/);
  expect(runner.following).toBeNull();
});

it('of 1,000 connections some dozens are taken, and others have their turn afterwards', async () => {
  const sockets = Array.from({ length: 1_000 }, () =>
    connect(Number(client.url.port), client.url.hostname).on('error', () => {}),
  );
  const closed = sockets.map(closeOf);
  let ended = 0;
  // Those that are too many are closed by the server.
  await new Promise<void>(resolve => {
    for (const socket of sockets) socket.once('close', () => ++ended === 1_000 - 64 && resolve());
  });
  for (const socket of sockets) socket.destroy();
  await Promise.all(closed);
  // As soon as the server has seen them go.
  let answered = null;
  while (answered === null) answered = await client.ask().catch(() => null);
  expect(answered.status).toBe(200);
});

it('who never reads is dropped, and may come again with the id it has', async () => {
  const socket = await socketTo();
  socket.pause();
  socket.write(rawRequest(['GET /api/events HTTP/1.1']));
  while (log.listeners === 0) await new Promise(setImmediate);
  const error = 'x'.repeat(1e6);
  for (let told = 0; log.listeners > 0; told++) {
    if (told > 200) throw new Error('it is still listened to');
    log.add({ type: 'failed', run: told, error });
    await new Promise(setImmediate);
  }
  socket.destroy();
  const { last } = await client.until('failed', log.lastId - 1);
  expect(last.id).toBe(log.lastId);
});

it('who has more to catch up with than may wait for anybody gets all of it', async () => {
  const error = 'x'.repeat(1e6);
  for (let run = 1; run <= 12; run++) log.add({ type: 'failed', run, error });
  const runs: number[] = [];
  for await (const message of client.events(0)) {
    if (message.type !== 'failed') continue;
    runs.push(message.run);
    // What is told meanwhile comes after it.
    if (message.run === 1) log.add({ type: 'failed', run: 13, error: 'the last' });
    if (message.run === 13) break;
  }
  expect(runs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
});

it('one run at a time: others are told which', async () => {
  expect(await client.start(RACE)).toMatchObject({ status: 202, text: '{"run":1}' });
  const second = await client.start({ kind: 'measure', plan: { preset: 'ping' } });
  expect(second.status).toBe(409);
  expect(JSON.parse(second.text).error).toMatch(/got run 1 under way: a race of waiting/);
  expect((await client.ask({ path: '/api/gallery' })).status).toBe(409);
  const { all } = await client.until('state');
  expect(all[0]).toMatchObject({ type: 'state', state: 'running', run: 1, request: RACE });
});

it('two that ask at once are one run', async () => {
  const answers = await Promise.all([client.start(RACE), client.start(RACE), client.start(RACE)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
});

it('a run that is stopped ends with what is finished, and the next may start', async () => {
  await client.start({ kind: 'measure', plan: { preset: 'waiting' } });
  expect((await client.stop()).status).toBe(202);
  const { last } = await client.until('measure-done');
  expect(last.result).toMatchObject({ interrupted: true, saved: 'saved.json', command: 'run waiting' });
  expect(JSON.parse((await client.stop()).text)).toEqual({ stopped: false });
  expect(await client.start(RACE)).toMatchObject({ status: 202, text: '{"run":2}' });
});

it('who comes back gets what was missed, and who was away too long is told so', async () => {
  for (let run = 1; run <= 30; run++) log.add({ type: 'failed', run, error: 'none' });
  const types = async (after: number, until: 'failed' | 'gap') =>
    (await client.until(until, after)).all.map(({ id, type }) => [id, type]);
  expect(await types(28, 'failed')).toEqual([
    [28, 'state'],
    [29, 'failed'],
  ]);
  expect(await types(3, 'gap')).toEqual([
    [9, 'state'],
    [10, 'gap'],
  ]);
});

it('on few cores a run waits for the page to draw, as long as somebody looks', async () => {
  await client.start(RACE);
  const event = { type: 'run-started', plan: makeReport().plan } as const;
  await runner.following!.follow(event);
  expect(pauses).toBe(0);
  const end = log.listen(() => {});
  await runner.following!.follow({
    ...event,
    type: 'scenario-started',
    scenario: event.plan.scenarios[0]!,
    purpose: 'comparison',
    number: 1,
    ofScenarios: 1,
  });
  end();
  expect(pauses).toBe(1);
});

it('a server that ends leaves no run behind', async () => {
  await client.start(RACE);
  await server.close();
  expect(runner.following!.signal.aborted).toBe(true);
  await expect(client.ask()).rejects.toThrow();
  // As often as somebody asks.
  server = { url: server.url, close: async () => {} };
});

describe('the gallery', () => {
  const NAME = '2026-11-20T21-30-00Z-default.json';
  beforeEach(() => {
    writeFileSync(join(folder, NAME), renderJson(makeReport()));
    writeFileSync(join(folder, '2026-11-21T21-30-00Z-broken.json'), '{');
    writeFileSync(join(folder, 'latest.json'), renderJson(makeReport()));
    writeFileSync(join(folder, '..', 'tvl-ui-secret.json'), renderJson(makeReport()));
  });
  afterEach(() => rmSync(join(folder, '..', 'tvl-ui-secret.json')));

  it('lists dated results, and leaves broken ones out', async () => {
    const { text } = await client.ask({ path: '/api/gallery' });
    expect(JSON.parse(text)).toEqual([
      {
        name: NAME,
        title: 'Suite default',
        startedAt: '2025-11-20T20:00:00.000Z',
        headlines: expect.arrayContaining([expect.stringMatching(/./)]),
      },
    ]);
  });

  it('has one that was broken, as soon as it is mended', async () => {
    const name = '2026-11-21T21-30-00Z-broken.json';
    const names = async () => {
      const runs: SavedRun[] = JSON.parse((await client.ask({ path: '/api/gallery' })).text);
      return runs.map(run => run.name);
    };
    expect(await names()).toEqual([NAME]);
    writeFileSync(join(folder, name), renderJson(makeReport()));
    utimesSync(join(folder, name), 1, 1);
    expect(await names()).toEqual([name, NAME]);
  });

  it('renders one as its report', async () => {
    const { status, headers, text } = await client.ask({ path: `/api/gallery/${NAME}` });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toMatch(/^<!doctype html>[\s\S]*Suite default/);
  });

  it.each([
    'latest.json',
    '2026-11-21T21-30-00Z-broken.json',
    '..%2Ftvl-ui-secret.json',
    '../tvl-ui-secret.json',
    '%2e%2e%2ftvl-ui-secret.json',
    '..',
    `${NAME}%00`,
    `./${NAME}`,
    '%2Fetc%2Fpasswd',
    '__proto__',
  ])('has no %s', async name => {
    expect((await client.ask({ path: `/api/gallery/${name}` })).status).toBe(404);
  });
});
