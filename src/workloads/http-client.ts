import type { EventEmitter } from 'node:events';
import { type Dispatcher, fetch, Pool } from 'undici';
import { isLoopback } from '../loopback.js';
import { refuseRedirect, toTaskError } from './http-errors.js';
import { DispatchExchange, isJson, type Read } from './http-exchange.js';
import { connectOptionsOf, type NetworkEnv } from './network.js';
import { SendLimit } from './send-limit.js';
import type { TaskSignal } from './task-signal.js';
import { compileTemplate, hasIndex } from './template.js';
import { originUrlOf, type WorkloadEnv } from './workload.js';

/** Between the trials of a warm host others have their turn: its connections must outlive that. */
const KEEP_ALIVE_MS = 600_000;

export interface HttpClientOptions {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly method: string;
  /** Template, see `compileTemplate`. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  /** Template; empty: no body. */
  readonly body: string;
  readonly client: 'request' | 'fetch' | 'dispatch';
  /** `fresh`: a new connection for every request. */
  readonly connections: 'shared' | 'fresh';
  /** Connections at most. */
  readonly inFlight: number;
  /** Default: nothing but loopback. */
  readonly network?: NetworkEnv | undefined;
}

export interface HttpClient<Result> {
  /** @throws TaskError by kind of fault; the signal's reason after an abort */
  send(index: number, signal: TaskSignal): Promise<Result>;
  /** Cuts what is still in flight. */
  close(): Promise<void>;
}

/**
 * A client with a pool of connections of its own. Everything that does not depend on the index is computed here, once.
 *
 * Time-outs are the harness's: undici's are off.
 */
export function openHttpClient<Result>(options: HttpClientOptions, read: Read<Result>): HttpClient<Result> {
  const url = new URL(options.url);
  const pool = new Pool(url.origin, {
    connect: connectOptionsOf(url, options.network),
    connections: options.inFlight,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
  const dispatcher = options.connections === 'fresh' ? pool.compose(withFreshConnections) : pool;
  const send = transports[options.client](options, dispatcher, read);
  return { send: limited(send, url, options.network), close: () => pool.destroy() };
}

/** What goes elsewhere keeps to its rate. */
function limited<Result>(
  send: HttpClient<Result>['send'],
  { hostname }: URL,
  network: NetworkEnv | undefined,
): HttpClient<Result>['send'] {
  if (network?.perSecond == null || isLoopback(hostname)) return send;
  const limit = new SendLimit(network.perSecond);
  return (index, signal) => limit.turn(signal).then(() => send(index, signal));
}

/** Asks the embedded origin for one todo a task, over shared connections: for workloads that are about something else. */
export function openTodoClient<Result>(env: WorkloadEnv, read: Read<Result>): HttpClient<Result> {
  const options: HttpClientOptions = {
    url: originUrlOf(env),
    method: 'GET',
    path: '/todos/{index}',
    headers: {},
    body: '',
    client: 'request',
    connections: 'shared',
    inFlight: env.inFlight,
  };
  return openHttpClient(options, read);
}

/** `reset` sends `connection: close`, and drops the connection after the answer. */
const withFreshConnections: Dispatcher.DispatcherComposeInterceptor = dispatch => (options, handler) =>
  dispatch({ ...options, reset: true }, handler);

type Transport = <Result>(
  options: HttpClientOptions,
  dispatcher: Dispatcher,
  read: Read<Result>,
) => HttpClient<Result>['send'];

/** What depends on the index of a task, ready to be asked for. */
interface RequestParts {
  path(index: number): string;
  body(index: number): string | null;
  /** Names and values in turn. */
  headers(index: number): string[];
}

/**
 * Each request can be told from the others, so that the origin's random choices can hang on it: by its URL or, where
 * that is the same for all, by its index in `x-request-id`. (A header costs undici 2 µs, a tenth of a request.)
 */
function compileParts(options: HttpClientOptions): RequestParts {
  const { pathname } = new URL(options.url);
  const template = pathname.replace(/\/$/, '') + options.path;
  const fixed = Object.entries(headersOf(options)).flat();
  return {
    path: compileTemplate(template),
    body: options.body === '' ? () => null : compileTemplate(options.body),
    headers: hasIndex(template) ? () => fixed : index => [...fixed, 'x-request-id', String(index)],
  };
}

/** A body without a type is JSON. */
function headersOf({ headers, body }: HttpClientOptions): Readonly<Record<string, string>> {
  const hasType = Object.keys(headers).some(name => name.toLowerCase() === 'content-type');
  return body === '' || hasType ? headers : { ...headers, 'content-type': 'application/json' };
}

// The objects given to undici are literals: spread into one another they would cost 5 µs a request.

/** By callback and then(): the two async functions of the usual form cost 3 % of a request. */
const byRequest: Transport = (options, dispatcher, read) => {
  const parts = compileParts(options);
  const method = options.method as Dispatcher.HttpMethod;
  return (index, signal) =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown) => reject(faultOf(error, signal));
      const request = {
        method,
        path: parts.path(index),
        headers: parts.headers(index),
        body: parts.body(index),
        // undici takes any emitter of `abort`, and asks of it what TaskSignal has.
        signal: signal as unknown as EventEmitter,
      };
      dispatcher.request(request, (error, { statusCode, headers, body }) => {
        if (error !== null) return fail(error);
        const json = isJson(headers['content-type'] as string | undefined);
        body.text().then(text => {
          try {
            refuseRedirect(statusCode, headers.location);
            resolve(read(index, statusCode, json, text));
          } catch (fault) {
            fail(fault);
          }
        }, fail);
      });
    });
};

const byDispatch: Transport = (options, dispatcher, read) => {
  const parts = compileParts(options);
  const method = options.method as Dispatcher.HttpMethod;
  return (index, signal) =>
    new Promise((resolve, reject) => {
      const request = {
        method,
        path: parts.path(index),
        headers: parts.headers(index),
        body: parts.body(index),
      };
      const fail = (error: unknown) => reject(faultOf(error, signal));
      dispatcher.dispatch(request, new DispatchExchange(index, signal, read, resolve, fail));
    });
};

/**
 * Each fetch has an AbortController of its own: fetch leaves its listeners on a signal until they are collected, and
 * with one signal for task after task they would pile up.
 */
const byFetch: Transport = (options, dispatcher, read) => {
  const { method } = options;
  const { origin } = new URL(options.url);
  const parts = compileParts(options);
  return async (index, signal) => {
    const controller = new AbortController();
    const onAbort = () => controller.abort(signal.reason);
    if (signal.aborted) onAbort();
    else signal.once('abort', onAbort);
    try {
      const response = await fetch(origin + parts.path(index), {
        method,
        headers: pairs(parts.headers(index)),
        body: parts.body(index),
        signal: controller.signal,
        // As the other two do: they follow none.
        redirect: 'manual',
        dispatcher,
      });
      const text = await response.text();
      refuseRedirect(response.status, response.headers.get('location'));
      return read(index, response.status, isJson(response.headers.get('content-type')), text);
    } catch (error) {
      throw faultOf(error, signal);
    } finally {
      signal.off('abort', onAbort);
    }
  };
};

function pairs(list: readonly string[]): [string, string][] {
  return Array.from({ length: list.length / 2 }, (_, n) => [list[2 * n]!, list[2 * n + 1]!]);
}

/** After an abort its reason, whatever undici made of it. */
function faultOf(error: unknown, signal: TaskSignal): unknown {
  return signal.aborted ? signal.reason : toTaskError(error);
}

const transports = { request: byRequest, fetch: byFetch, dispatch: byDispatch };
