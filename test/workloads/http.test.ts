import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { TaskError, UsageError } from '../../src/errors.js';
import type { Params } from '../../src/schema/index.js';
import http from '../../src/workloads/http.js';
import { TaskSignal } from '../../src/workloads/task-signal.js';
import { ENV, openOnOrigin, paramsOf } from './support.js';

const clients = ['request', 'fetch', 'dispatch'];
const INDEXES = Array.from({ length: 24 }, (_, index) => index);

/** Tasks one after another on a lane's signal, as an executor runs them. */
async function runInTurn(context: unknown, signal = new TaskSignal()): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const index of INDEXES) results.push(await http.task(context, index, signal));
  return results;
}

async function failureOf(context: unknown, signal = new TaskSignal()): Promise<unknown> {
  return http.task(context, 3, signal).then(
    result => ({ result }),
    (error: unknown) => error,
  );
}

describe.each(clients)('client %s', client => {
  test('asks for {index} counted from 1, and answers with status and parsed JSON', async () => {
    await using opened = await openOnOrigin(http, { client, waitMs: 0 });
    const results = await runInTurn(opened.context);
    expect(results).toHaveLength(24);
    expect(results[4]).toEqual({
      status: 200,
      body: { userId: 1, id: 5, title: expect.any(String), completed: expect.any(Boolean) },
    });
    expect(opened.origin.snapshot()).toMatchObject({ requests: 24, responses: 24 });
  });

  test('what is not JSON is text, however many chunks it comes in', async () => {
    await using opened = await openOnOrigin(http, {
      client,
      waitMs: 0,
      path: '/movies/{index}',
      payloadBytes: 400_000,
    });
    const result = await http.task(opened.context, 0, new TaskSignal());
    expect(result).toEqual({ status: 200, body: expect.stringMatching(/^<!doctype html>.*<\/html>\n$/s) });
    expect((result as { body: string }).body).toHaveLength(400_000);
  });

  test('keeps its connections, at most inFlight of them', async () => {
    await using opened = await openOnOrigin(http, { client, waitMs: 20 });
    await Promise.all(INDEXES.map(index => http.task(opened.context, index, new TaskSignal())));
    const counters = opened.origin.snapshot();
    expect(counters).toMatchObject({ requests: 24, maxConcurrency: ENV.inFlight });
    expect(counters.connections).toBe(ENV.inFlight);
    await runInTurn(opened.context);
    expect(opened.origin.snapshot()).toMatchObject({ requests: 24, connections: 0 });
  });

  test('or opens a new one for every request, at most inFlight at a time', async () => {
    await using opened = await openOnOrigin(http, { client, waitMs: 0, connections: 'fresh' });
    await runInTurn(opened.context);
    expect(opened.origin.snapshot()).toMatchObject({ requests: 24, connections: 24 });
    await Promise.all(INDEXES.map(index => http.task(opened.context, index, new TaskSignal())));
    const counters = opened.origin.snapshot();
    expect(counters).toMatchObject({ requests: 24, connections: 24 });
    expect(counters.maxConcurrency).toBeLessThanOrEqual(ENV.inFlight);
  });

  test.each<[string, Params]>([
    ['http-500', { errorRate: 1 }],
    ['http-503', { browsersOnly: true }],
    ['http-404', { path: '/nothing/{index}' }],
    ['bad-json', { brokenRate: 1 }],
    ['reset', { resetRate: 1 }],
  ])('fails with kind %s', async (kind, given) => {
    await using opened = await openOnOrigin(http, { client, waitMs: 0, ...given });
    for (let n = 0; n < 2; n++) {
      const error = await failureOf(opened.context);
      expect(error).toBeInstanceOf(TaskError);
      expect((error as TaskError).kind).toBe(kind);
      expect((error as TaskError).message).not.toBe('');
    }
  });

  test('an origin that is gone refuses', async () => {
    const opened = await openOnOrigin(http, { client, waitMs: 0 });
    await runInTurn(opened.context);
    await opened.origin.close();
    // The connections that were open may be found closed first.
    await failureOf(opened.context);
    expect(await failureOf(opened.context)).toMatchObject({ kind: 'refused' });
    await http.close(opened.context);
  });

  test('an abort ends a request that is never answered, with its reason', async () => {
    await using opened = await openOnOrigin(http, { client, stallRate: 1 });
    const signal = new TaskSignal();
    const failure = failureOf(opened.context, signal);
    await expect.poll(() => opened.origin.snapshot().maxConcurrency).toBe(1);
    const reason = new TaskError('timeout', 'took too long');
    signal.abort(reason);
    expect(await failure).toBe(reason);
    // Its connection is not left behind with the request in it.
    await expect.poll(() => opened.origin.snapshot().maxConcurrency).toBe(0);
  });

  test('an aborted task sends nothing', async () => {
    await using opened = await openOnOrigin(http, { client, waitMs: 0 });
    const signal = new TaskSignal();
    signal.abort(new TaskError('cancelled', 'cancelled'));
    expect(await failureOf(opened.context, signal)).toBe(signal.reason);
    await http.task(opened.context, 0, new TaskSignal());
    expect(opened.origin.snapshot().requests).toBe(1);
  });

  test('an abort ends the requests that wait for a connection too', async () => {
    await using opened = await openOnOrigin(http, { client, stallRate: 1 });
    const signals = INDEXES.map(() => new TaskSignal());
    const failures = signals.map(signal => failureOf(opened.context, signal));
    await expect.poll(() => opened.origin.snapshot().maxConcurrency).toBe(ENV.inFlight);
    const reason = new TaskError('cancelled', 'cancelled');
    for (const signal of signals) signal.abort(reason);
    expect(new Set(await Promise.all(failures))).toEqual(new Set([reason]));
  });

  test('leaves no listener on the signal of its lane', async () => {
    await using opened = await openOnOrigin(http, { client, waitMs: 0 });
    const signal = new CountingSignal();
    await runInTurn(opened.context, signal);
    await expect.poll(() => signal.listeners).toBe(0);
    // undici's request takes its listener away a moment after the next task has added its own.
    expect(signal.mostListeners).toBeLessThanOrEqual(2);
  });

  test('sends method, headers and body', async () => {
    const seen: unknown[] = [];
    const server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk));
      incoming.on('end', () => {
        const { method, url, headers } = incoming;
        seen.push({
          method,
          url,
          type: headers['content-type'],
          accept: headers.accept,
          id: headers['x-request-id'],
        });
        seen.push(Buffer.concat(chunks).toString());
        response.writeHead(302, { location: 'http://192.0.2.1/' }).end('elsewhere');
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://localhost:${(server.address() as AddressInfo).port}/api/`;
    const headers = { Accept: 'text/plain' };
    const given = { client, url, headers, method: 'POST', path: '/things?a=b', body: '{"n":{index}}' };
    const params = paramsOf(http, given);
    expect(http.origin!(params)).toBeNull();
    const context = await http.open(params, ENV);
    // Nothing leads away, and nobody takes it for the answer that was wanted.
    await expect(http.task(context, 6, new TaskSignal())).rejects.toMatchObject({
      kind: 'redirect',
      known: { code: 'redirect', status: 302, location: 'http://192.0.2.1/' },
    });
    const type = 'application/json';
    const request = { method: 'POST', url: '/api/things?a=b', type, accept: 'text/plain', id: '6' };
    expect(seen).toEqual([request, '{"n":7}']);
    await http.close(context);
    server.close();
  });
});

/** Counts who listens. */
class CountingSignal extends TaskSignal {
  listeners = 0;
  mostListeners = 0;

  override on(event: 'abort', listener: () => void): this {
    this.listeners++;
    this.mostListeners = Math.max(this.mostListeners, this.listeners);
    return super.on(event, listener);
  }

  override off(event: 'abort', listener: () => void): this {
    this.listeners--;
    return super.off(event, listener);
  }
}

test('all clients have the same results', async () => {
  const results: unknown[] = [];
  for (const client of clients) {
    await using opened = await openOnOrigin(http, { client, waitMs: 0, path: '/comments/{index}' });
    results.push(await runInTurn(opened.context));
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test('which tasks fail follows from the seed, not from the order or the client', async () => {
  const failed: unknown[] = [];
  for (const [client, order] of [
    ['request', INDEXES],
    ['dispatch', [...INDEXES].reverse()],
    ['fetch', INDEXES],
  ] as const) {
    await using opened = await openOnOrigin(http, { client, waitMs: 0, path: '/todos', errorRate: 0.3 });
    const outcomes = new Map<number, string>();
    for (const index of order) {
      const outcome = http.task(opened.context, index, new TaskSignal());
      outcomes.set(index, await outcome.then(() => 'completed').catch((error: TaskError) => error.kind));
    }
    failed.push(INDEXES.map(index => outcomes.get(index)));
  }
  expect(new Set(failed[0] as string[])).toEqual(new Set(['completed', 'http-500']));
  expect(failed[1]).toEqual(failed[0]);
  expect(failed[2]).toEqual(failed[0]);
});

describe('origin settings', () => {
  test.each([
    [{ latency: 'fixed' }, { kind: 'fixed', ms: 50 }],
    [
      { latency: 'uniform', spread: 0.2 },
      { kind: 'uniform', minMs: 40, maxMs: 60 },
    ],
    [
      { latency: 'lognormal', spread: 1.5 },
      { kind: 'lognormal', medianMs: 50, sigma: 1.5 },
    ],
  ])('%j is %j', (given, latency) => {
    expect(http.origin!(paramsOf(http, given))).toEqual({
      latency,
      connectMs: 0,
      payloadBytes: 0,
      errorRate: 0,
      resetRate: 0,
      stallRate: 0,
      brokenRate: 0,
      browsersOnly: false,
      browsersOnlyPath: '',
      limit: 0,
      overLimit: 'slow',
      pauseMs: 0,
      pauseEveryMs: 0,
    });
  });

  test('its pauses are those that were asked for', () => {
    const pauses = { pauseMs: 500, pauseEveryMs: 2_000 };
    expect(http.origin!(paramsOf(http, pauses))).toMatchObject(pauses);
  });
});

describe('check', () => {
  const check = (given: Params) => () => http.check!(paramsOf(http, given));

  test('accepts its defaults and what is like them', () => {
    expect(check({})).not.toThrow();
    expect(check({ method: 'PUT', body: '{}', headers: { 'X-A': 'b c' } })).not.toThrow();
    expect(check({ latency: 'uniform', spread: 1 })).not.toThrow();
    expect(check({ latency: 'lognormal', spread: 2 })).not.toThrow();
    expect(check({ pauseMs: 500, pauseEveryMs: 501 })).not.toThrow();
    expect(check({ url: 'https://example.com/api' })).not.toThrow();
  });

  test.each<Params>([
    { path: 'todos' },
    { path: '/a b' },
    { path: '/stock/{indx}' },
    { path: '/{index%0}' },
    { path: '/ä' },
    { path: '/a\r\nx: y' },
    { headers: { 'a b': 'c' } },
    { headers: { a: 'b\r\nc: d' } },
    { headers: { a: 'ⓧ' } },
    { body: '{}' },
    { latency: 'uniform', spread: 1.1 },
    { pauseMs: 500 },
    { pauseMs: 500, pauseEveryMs: 500 },
    { url: 'ftp://localhost' },
    { url: 'http://localhost/?a=b' },
  ])('refuses %j', given => {
    expect(check(given)).toThrow(UsageError);
  });
});
