import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { messageOf, UsageError } from '../../errors.js';
import type { UiCatalogue, UiRequest } from '../protocol.js';
import { type Gate, newToken, requireAccess } from './access.js';
import { hasBody, readJson } from './body.js';
import type { Gallery } from './gallery.js';
import { type PageDocument, securityHeaders } from './headers.js';
import { hostsOf } from './host-names.js';
import { HttpError } from './http-error.js';
import type { MessageLog } from './message-log.js';
import { Busy, type RunDesk } from './runs.js';
import { streamMessages } from './stream.js';

const MOST_CONNECTIONS = 64;
const MOST_STREAMS = 24;
const MOST_HEADER_BYTES = 8_192;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;
const CHECK_MS = 1_000;
/** What is asked for before a script has the token. */
const PUBLIC: readonly string[] = ['/', '/favicon.ico'];

export interface UiServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly document: PageDocument;
  readonly catalogue: UiCatalogue;
  readonly desk: RunDesk;
  readonly log: MessageLog;
  readonly gallery: Gallery;
  readRequest(data: unknown): UiRequest;
}

export interface UiServer {
  /** With the token in its fragment, which no request has in it. */
  readonly url: string;
  /** Ends the run that is under way with what is finished, and every connection. */
  close(): Promise<void>;
}

/** Serves the page and what it asks for. @throws the system's error where it cannot listen */
export async function startUiServer(options: UiServerOptions): Promise<UiServer> {
  const { host, port, desk } = options;
  const token = newToken();
  const server = createServer({
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: CHECK_MS,
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: found } = server.address() as AddressInfo;
  const hosts = hostsOf({ host, port: found }, networkInterfaces());
  const site = new Site(options, { token, hosts });
  server.on('request', (request, response) => void site.answer(request, response));
  return {
    url: `http://${hosts[0]}/#token=${token}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      await desk.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse, query: string) => Promise<void> | void;

/** Answers requests. */
class Site {
  readonly #options: UiServerOptions;
  readonly #gate: Gate;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #routes: Readonly<Record<string, { readonly method: 'GET' | 'POST'; readonly answer: Answer }>>;
  #streams = 0;

  constructor(options: UiServerOptions, gate: Gate) {
    this.#options = options;
    this.#gate = gate;
    this.#headers = securityHeaders(options.document);
    this.#routes = {
      '/': { method: 'GET', answer: (_, response) => sendPage(response, options.document.html) },
      '/favicon.ico': { method: 'GET', answer: (_, response) => sendNothing(response) },
      '/api/catalogue': {
        method: 'GET',
        answer: (_, response) => sendJson(response, 200, options.catalogue),
      },
      '/api/events': { method: 'GET', answer: (_, response, query) => this.#stream(response, query) },
      '/api/runs': { method: 'POST', answer: (request, response) => this.#start(request, response) },
      '/api/stop': { method: 'POST', answer: (request, response) => this.#stop(request, response) },
      '/api/gallery': { method: 'GET', answer: (_, response) => this.#gallery(response) },
    };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(this.#headers)) response.setHeader(name, value);
    // Who leaves early is no fault of the server's.
    response.on('error', () => {});
    try {
      const { method = '', headers, url = '' } = request;
      const [path = '', query = ''] = url.split('?', 2);
      requireAccess({ method, isPage: method === 'GET' && PUBLIC.includes(path), headers }, this.#gate);
      const route = this.#routeOf(path);
      if (route.method !== method) throw notAllowed(method, path, route.method);
      await route.answer(request, response, query);
    } catch (error) {
      sendError(request, response, error);
    }
  }

  #routeOf(path: string) {
    if (Object.hasOwn(this.#routes, path)) return this.#routes[path]!;
    const [, name] = /^\/api\/gallery\/([^/]+)$/.exec(path) ?? [];
    if (name === undefined) throw notFound(path.startsWith('/api/') ? 'a part of the API' : 'the page /');
    const answer: Answer = (_, response) => this.#report(response, name);
    return { method: 'GET', answer } as const;
  }

  #stream(response: ServerResponse, query: string): void {
    if (this.#streams >= MOST_STREAMS)
      throw new HttpError(503, `Expected at most ${MOST_STREAMS} readers, got one more. Close another tab.`);
    const after = idOf(query);
    this.#streams++;
    response.once('close', () => this.#streams--);
    const { log, desk } = this.#options;
    streamMessages(response, { log, after, state: () => desk.state(), isQuiet: () => desk.mayBeDisturbed });
  }

  async #start(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, readRequest } = this.#options;
    const run = await desk.start(readRequest(await readJson(request)));
    sendJson(response, 202, { run });
  }

  async #stop(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (hasBody(request)) await readJson(request);
    const stopped = this.#options.desk.stop();
    sendJson(response, 202, { stopped });
  }

  async #gallery(response: ServerResponse): Promise<void> {
    this.#requireCalm();
    sendJson(response, 200, await this.#options.gallery.list());
  }

  async #report(response: ServerResponse, name: string): Promise<void> {
    this.#requireCalm();
    const page = await this.#options.gallery.page(name);
    if (page === null) throw notFound('one of the runs that GET /api/gallery lists');
    sendPage(response, page);
  }

  /** To read and to draw reports takes a core. */
  #requireCalm(): void {
    const { desk, catalogue } = this.#options;
    if (!catalogue.quietWhileMeasuring || !desk.isRunning) return;
    throw new HttpError(
      409,
      'Expected a time when nothing is measured, got a run under way, which reading reports would disturb. Wait for its end.',
    );
  }
}

/** @throws HttpError for anything but a whole number */
function idOf(query: string): number | null {
  const text = new URLSearchParams(query).get('after');
  if (text === null) return null;
  const id = /^\d{1,15}$/.test(text) ? Number(text) : null;
  if (id === null)
    throw new HttpError(400, 'after: expected the id of a message, got something else. Leave it out.');
  return id;
}

function notFound(expected: string): HttpError {
  return new HttpError(404, `Expected ${expected}, got another path. See docs/demo.md.`);
}

function notAllowed(method: string, path: string, allowed: string): HttpError {
  const got = method.slice(0, 10);
  return new HttpError(405, `${path}: expected ${allowed}, got ${got}. Ask again with ${allowed}.`, {
    Allow: allowed,
  });
}

function sendPage(response: ServerResponse, html: string): void {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(html);
}

function sendNothing(response: ServerResponse): void {
  response.statusCode = 204;
  response.end();
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function sendError(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, headers } = statusOf(error);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // What has not been read of the request is not read any more.
  if (!request.complete) response.setHeader('Connection', 'close');
  sendJson(response, status, { error: messageOf(error) });
}

function statusOf(error: unknown): Pick<HttpError, 'status' | 'headers'> {
  if (error instanceof HttpError) return error;
  if (error instanceof Busy) return { status: 409, headers: {} };
  return { status: error instanceof UsageError ? 400 : 500, headers: {} };
}
