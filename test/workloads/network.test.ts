import { execFileSync } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, isIPv4, type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { KnownTaskError } from '../../src/errors.js';
import { failureText } from '../../src/report/words/failures.js';
import type { Params } from '../../src/schema/index.js';
import http from '../../src/workloads/http.js';
import { type NetworkEnv, pinnedLookup } from '../../src/workloads/network.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { ENV, paramsOf } from './support.js';

const HOST = 'staging.example.com';
const CLIENTS = ['request', 'fetch', 'dispatch'];

/** What the system says of every name from now on. */
function resolvesTo(...addresses: string[]): void {
  const found = addresses.map(address => ({ address, family: isIPv4(address) ? 4 : 6 }));
  vi.spyOn(dns, 'lookup').mockImplementation(((_host: string, _options: object, done: unknown) =>
    (done as (error: null, found: object[]) => void)(null, found)) as never);
}
afterEach(() => vi.restoreAllMocks());

function asked(lookup: LookupFunction, all: boolean): Promise<unknown[]> {
  return new Promise(resolve => lookup(HOST, { all }, (...answer) => resolve(answer)));
}

describe('a name', () => {
  test('is found at the addresses of the start alone, in either form', async () => {
    resolvesTo('192.0.2.9', '192.0.2.1', '2001:db8::1');
    const lookup = pinnedLookup(['192.0.2.1', '2001:db8::1']);
    const known = [
      { address: '192.0.2.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ];
    expect(await asked(lookup, true)).toEqual([null, known]);
    expect(await asked(lookup, false)).toEqual([null, '192.0.2.1', 4]);
  });

  test('that is found elsewhere now is refused', async () => {
    resolvesTo('192.0.2.9');
    const [error] = await asked(pinnedLookup(['192.0.2.1']), true);
    const addresses = { now: ['192.0.2.9'], before: ['192.0.2.1'] };
    expect(error).toMatchObject({ known: { code: 'resolved-elsewhere', host: HOST, ...addresses } });
  });
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function failureOf(params: Params, network?: NetworkEnv): Promise<unknown> {
  const context = await http.open(paramsOf(http, params), { ...ENV, ...(network && { network }) });
  try {
    return await http.task(context, 0, new TaskSignal()).catch((error: unknown) => error);
  } finally {
    await http.close(context);
  }
}

test('a worker does not call a machine that the plan has not allowed', async () => {
  await expect(http.open(paramsOf(http, { url: `http://${HOST}` }), ENV)).rejects.toThrow('was not allowed');
  const network: NetworkEnv = { addresses: {}, perSecond: null, caFile: null };
  const params = paramsOf(http, { url: 'http://192.0.2.1' });
  await expect(http.open(params, { ...ENV, network })).rejects.toThrow('was not allowed');
});

describe.each(CLIENTS)('client %s', client => {
  test('connects to the address of the start, and to no other', async () => {
    let requests = 0;
    const server = createPlainServer((_, response) => {
      requests++;
      response.end('here');
    });
    const url = `http://${HOST}:${await portOf(server)}`;
    const network = { addresses: { [HOST]: ['127.0.0.1'] }, perSecond: null, caFile: null };
    resolvesTo('127.0.0.1');
    expect(await failureOf({ url, client }, network)).toEqual({ status: 200, body: 'here' });
    // It is this machine as well, and still another address.
    resolvesTo('127.0.0.2');
    expect(await failureOf({ url, client }, network)).toMatchObject({ kind: 'resolved-elsewhere' });
    expect(requests).toBe(1);
    server.close();
  });

  test('takes its turns, where there is a rate', async () => {
    const server = createPlainServer((_, response) => response.end());
    const url = `http://${HOST}:${await portOf(server)}`;
    resolvesTo('127.0.0.1');
    const network = { addresses: { [HOST]: ['127.0.0.1'] }, perSecond: 0.001, caFile: null };
    const context = await http.open(paramsOf(http, { url, client }), { ...ENV, network });
    await http.task(context, 0, new TaskSignal());
    // The next turn is in a quarter of an hour.
    const signal = new TaskSignal();
    const second = http.task(context, 1, signal);
    signal.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    await http.close(context);
    server.close();
  });
});

describe('https', () => {
  let folder: string;
  let url: string;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tvl-tls-'));
    const [key, cert] = ['key.pem', 'cert.pem'].map(name => join(folder, name)) as [string, string];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2'];
    execFileSync('openssl', ['req', ...made, ...names], { stdio: 'ignore' });
    server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end('secure'),
    );
    url = `https://127.0.0.1:${await portOf(server)}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  test.each(CLIENTS)('of a certificate that is trusted, by %s', async client => {
    const network = { addresses: {}, perSecond: null, caFile: join(folder, 'cert.pem') };
    expect(await failureOf({ url, client }, network)).toEqual({ status: 200, body: 'secure' });
  });

  test.each(CLIENTS)('of one that nobody knows fails, and says what to do, by %s', async client => {
    const error = (await failureOf({ url, client })) as KnownTaskError;
    expect(error).toMatchObject({ kind: 'certificate', known: { errorCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
    expect(failureText(error.known)).toMatch(/self-signed certificate.*--ca FILE/);
  });

  test('of another name fails', async () => {
    resolvesTo('127.0.0.1');
    const caFile = join(folder, 'cert.pem');
    const network = { addresses: { [HOST]: ['127.0.0.1'] }, perSecond: null, caFile };
    const other = url.replace('127.0.0.1', HOST);
    expect(await failureOf({ url: other }, network)).toMatchObject({ kind: 'certificate' });
  });
});
