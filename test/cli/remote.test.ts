import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/schema/index.js';

/** The built program against a server on loopback, by a name that is not loopback: a preloaded file says where it is. */
const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const resolve = fileURLToPath(new URL('../fixtures/resolve.cjs', import.meta.url));
const LIMIT_MS = 60_000;
const HOST = 'staging.example.com';
const ALLOWED = ['--allow-remote', HOST];
const SHORT = ['--forks', '1', '--rounds', '1', '--warmup', 'none'];

let cwd: string;
const servers: Server[] = [];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'tvl-remote-'));
  isAt('127.0.0.1');
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(cwd, { recursive: true });
});

/** Where the name is found from now on. */
function isAt(address: string): void {
  writeFileSync(join(cwd, 'resolve.json'), JSON.stringify({ [HOST]: [address] }));
}

/** @returns its port */
async function listen(server: Server, address = '127.0.0.1', port = 0): Promise<number> {
  servers.push(server);
  server.listen(port, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const serve = (answer: RequestListener) => listen(createServer(answer));

function start(...argv: string[]): ChildProcess {
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require=${resolve}`,
    RESOLVE_FILE: join(cwd, 'resolve.json'),
    TMPDIR: cwd,
    CI: 'true',
  };
  return spawn(process.execPath, [main, ...argv], { cwd, env, timeout: LIMIT_MS, killSignal: 'SIGKILL' });
}

async function run(...argv: string[]) {
  const child = start(...argv);
  const text = { stdout: '', stderr: '' };
  child.stdout!.on('data', chunk => (text.stdout += chunk));
  child.stderr!.on('data', chunk => (text.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...text };
}

const savedText = () => readFileSync(join(cwd, 'results', 'latest.json'), 'utf8');
const saved = () => JSON.parse(savedText()) as Report;

/** A certificate of that name, signed by itself. */
function certificate(): { readonly file: string; readonly key: Buffer; readonly cert: Buffer } {
  const [key, file] = ['key.pem', 'cert.pem'].map(name => join(cwd, name)) as [string, string];
  const name = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', file, '-days', '2'];
  execFileSync('openssl', ['req', ...made, ...name], { stdio: 'ignore' });
  return { file, key: readFileSync(key), cert: readFileSync(file) };
}

test('https, by threads and processes: told beforehand, and the secret is in requests alone', {
  timeout: LIMIT_MS,
}, async () => {
  const seen: unknown[] = [];
  const { file, ...tls } = certificate();
  const server = createSecureServer(tls, (request, response) => {
    const { method, url, headers } = request;
    seen.push({
      method,
      url: url!.replace(/\d+$/, 'N'),
      authorization: headers.authorization,
      type: headers['content-type'],
    });
    request.resume().on('end', () => response.end(headers.authorization));
  });
  const port = await listen(server);
  const url = `https://${HOST}:${port}/items?n={index}`;
  const { code, stdout, stderr } = await run(
    ...['run', '--url', url, ...ALLOWED, '--ca', file, '--header', 'authorization: Bearer abcdef0123'],
    ...['--body', '{"a":1}', '--load', 'rate=100/s', '--duration', '200ms'],
    ...['--executors', 'limited,queue,processes', '--threads', '2', ...SHORT],
  );
  expect(stderr).toContain(
    `This run sends requests to another machine:\n  POST ${url}\nat most 100 a second, 64 in flight, 10,000 in all (--remote-rate, --remote-total).\n`,
  );
  expect([0, 3]).toContain(code);
  expect(saved().scenarios[0]!.executors.map(({ outcomes }) => outcomes.failed)).toEqual([{}, {}, {}]);
  expect(seen.length).toBeGreaterThan(60);
  const request = {
    method: 'POST',
    url: '/items?n=N',
    authorization: 'Bearer abcdef0123',
    type: 'application/json',
  };
  expect(new Set(seen.map(one => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(request)]));
  for (const text of [stdout, stderr, savedText()]) expect(text).not.toContain('abcdef0123');
  expect(saved().plan.scenarios[0]!.params.headers).toEqual({ authorization: '•••' });
  expect(saved().command!.args).toContain('authorization: •••');
  const plan = await run(
    'run',
    '--url',
    url,
    ...ALLOWED,
    '--header',
    'authorization: Bearer abcdef0123',
    '--print-plan',
  );
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).not.toContain('abcdef0123');
});

test('a certificate that nobody knows fails every task, and says what to do', {
  timeout: LIMIT_MS,
}, async () => {
  const { file: _, ...tls } = certificate();
  const port = await listen(createSecureServer(tls, (_request, response) => response.end()));
  const { code, stdout } = await run(
    'run',
    '--url',
    `https://${HOST}:${port}/`,
    ...ALLOWED,
    '-n',
    '4',
    '-e',
    'limited',
    ...SHORT,
  );
  expect(code).toBe(3);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('--ca FILE.pem');
});

describe('nothing is sent', () => {
  test.each([
    ['without leave', []],
    ['with leave for another', ['--allow-remote', `www.${HOST}`]],
    ['above the limit', [...ALLOWED, '--load', 'rate=101/s']],
    ['to a target that calls no URL', [...ALLOWED, 'http', 'cpu']],
  ])('%s', { timeout: LIMIT_MS }, async (_, flags) => {
    let requests = 0;
    const port = await serve((_request, response) => {
      requests++;
      response.end();
    });
    const { code, stderr } = await run('run', '--url', `http://${HOST}:${port}/`, ...flags);
    expect({ code, requests }).toEqual({ code: 2, requests: 0 });
    expect(stderr).toMatch(/^error: /);
  });
});

test('a batch is held to the rate, and the result says so', { timeout: LIMIT_MS }, async () => {
  const port = await serve((_request, response) => response.end());
  const flags = ['-n', '20', '--remote-rate', '50/s', '-e', 'limited,queue', '--threads', '2', ...SHORT];
  const { code, stdout } = await run('run', '--url', `http://${HOST}:${port}/`, ...ALLOWED, ...flags);
  expect(code).toBe(3);
  const [scenario] = saved().scenarios;
  expect(scenario!.findings.map(one => one.code)).toContain('held-to-rate');
  expect(scenario!.executors.map(one => one.tasksPerSecond.median! <= 60)).toEqual([true, true]);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the limit set their pace');
});

test('the total is never exceeded, and what was measured is kept', { timeout: LIMIT_MS }, async () => {
  let requests = 0;
  const port = await serve((_request, response) => {
    requests++;
    response.end();
  });
  const flags = [
    '-n',
    '20',
    '--remote-total',
    '150',
    '-e',
    'limited,queue',
    '--forks',
    '9',
    '--warmup',
    'none',
    '--budget',
    '1m',
  ];
  await run('run', '--url', `http://${HOST}:${port}/`, ...ALLOWED, '--remote-rate', '1000/s', ...flags);
  const [scenario] = saved().scenarios;
  expect(scenario!.stoppedBy).toBe('remote-total');
  const finding = scenario!.findings.find(({ code }) => code === 'remote-total');
  expect(finding?.values).toEqual({ sent: requests, total: 150 });
  expect(requests).toBeGreaterThan(100);
  expect(scenario!.executors.every(({ trials }) => trials.length > 0)).toBe(true);
});

test('a name that moves is not followed, and the run is not valid', { timeout: LIMIT_MS }, async () => {
  let requests = 0;
  let elsewhere = 0;
  const port = await serve((_request, response) => {
    requests++;
    if (requests === 40) isAt('127.0.0.2');
    response.end();
  });
  // The other one, at the address that it has moved to.
  await listen(
    createServer((_request, response) => {
      elsewhere++;
      response.end();
    }),
    '127.0.0.2',
    port,
  );
  const flags = [
    '-n',
    '30',
    '-i',
    '2',
    '-e',
    'limited,queue',
    '--threads',
    '2',
    '--remote-rate',
    'none',
    ...SHORT,
  ];
  const { code, stdout } = await run(
    ...['run', '--url', `http://${HOST}:${port}/`, ...ALLOWED, '--param', 'connections=fresh', ...flags],
    ...['--max-failed', '100%'],
  );
  expect({ code, elsewhere }).toEqual({ code: 3, elsewhere: 0 });
  const [scenario] = saved().scenarios;
  expect(scenario!.validity).toBe('INVALID');
  expect(scenario!.findings.map(one => one.code)).toContain('resolved-elsewhere');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain("found the server's name at other addresses");
});

test('a redirect is not followed, and no success', { timeout: LIMIT_MS }, async () => {
  let followed = 0;
  const other = await serve((_request, response) => {
    followed++;
    response.end();
  });
  const port = await serve((_request, response) =>
    response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end(),
  );
  const clients = ['--param', 'client=request,fetch,dispatch'];
  const { code } = await run(
    'run',
    '--url',
    `http://${HOST}:${port}/`,
    ...ALLOWED,
    '-n',
    '6',
    '-e',
    'limited',
    ...clients,
    ...SHORT,
  );
  expect({ code, followed }).toEqual({ code: 3, followed: 0 });
  const executors = saved().scenarios[0]!.executors;
  expect(executors.map(({ outcomes }) => Object.keys(outcomes.failed))).toEqual([
    ['redirect'],
    ['redirect'],
    ['redirect'],
  ]);
});

test('tune keeps to its total, and says what it did', { timeout: LIMIT_MS }, async () => {
  let requests = 0;
  const port = await serve((_request, response) => {
    requests++;
    response.end();
  });
  const { code, stderr } = await run(
    ...[
      'tune',
      '--url',
      `http://${HOST}:${port}/`,
      ...ALLOWED,
      '--remote-rate',
      '2000/s',
      '--remote-total',
      '520',
    ],
    ...['-e', 'limited', '-t', '1', '-i', '1,2', '--budget', '20s'],
  );
  expect(stderr).toContain('at most 2,000 a second, 2 in flight, 520 in all');
  expect(stderr).toMatch(/ended after [\d,]+ requests to another machine: .*\(--remote-total\)/);
  expect(requests).toBeLessThanOrEqual(520);
  expect(code).toBe(3);
});
