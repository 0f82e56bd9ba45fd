import { TaskError, UsageError } from '../errors.js';
import { isLoopback } from '../loopback.js';
import { isSecretName, MASK } from '../secrets.js';
import { countHtml } from './html.js';
import { openHttpClient } from './http-client.js';
import { parseJson } from './http-errors.js';
import type { Read } from './http-exchange.js';
import { originParams, originSettings } from './http-params.js';
import { choice, freeText } from './params.js';
import { parseServerUrl } from './server-url.js';
import { compileTemplate } from './template.js';
import { defineWorkload, originUrlOf } from './workload.js';

interface HttpResult {
  readonly status: number;
  /** Parsed where the answer says that it is JSON, else its text. */
  readonly body: unknown;
}

/** Of what a server says. */
export const EXCERPT_CHARS = 80;

/** What is made of an answer, by the parameter `result`. */
const READERS = {
  body: () => readAnswer,
  status: (template: string): Read<string> => {
    const urlOf = compileTemplate(template);
    return (index, status) => {
      const line = `${urlOf(index)} - ${status}`;
      if (status >= 400) throw new TaskError(`http-${status}`, line);
      return line;
    };
  },
  parsed: (): Read<unknown> => (index, status, json, text) => {
    readAnswer(index, status, json, text);
    return { status, ...countHtml(text) };
  },
} satisfies Record<string, (urlTemplate: string) => Read<unknown>>;

/** @throws TaskError `http-<status>` from 400 on, `bad-json` */
export function readAnswer(_index: number, status: number, json: boolean, text: string): HttpResult {
  if (status >= 400) throw new TaskError(`http-${status}`, `${status}: ${text.slice(0, EXCERPT_CHARS)}`);
  return { status, body: json ? parseJson(text) : text };
}

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Nothing that is filled in. */
const UNKNOWN_PLACEHOLDER = /\{(?!index(?:%[1-9]\d{0,8})?\})[^{}|]*\}/;
const PATH = /^\/[\x21-\x7e]*$/;

function checkHeaders(headers: { readonly [name: string]: string }): void {
  for (const [name, value] of Object.entries(headers)) {
    if (HEADER_NAME.test(name) && HEADER_VALUE.test(value)) continue;
    const expected = 'names of letters, digits and -, and values of one line';
    const remedy = 'Write for example --header "accept: text/html".';
    const got = JSON.stringify({ [name]: isSecretName(name) ? MASK : value });
    throw new UsageError('--param headers', expected, got, remedy);
  }
}

export default defineWorkload({
  name: 'http',
  summary: 'sends a request through undici to the embedded origin, or to a server of yours on this machine',
  kind: 'wait',
  params: {
    method: choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'method of the request'),
    path: freeText(
      '/todos/{index}',
      '{index} counts from 1, {index%57} to 57 and again, {a|b} takes turns: /todos, /comments, /posts, /users, /movies, /sites of the origin',
    ),
    headers: { kind: 'record', default: {}, summary: 'headers of every request, as JSON' },
    body: freeText('', 'body of the request, {index} as in path; not with GET'),
    client: choice(
      ['request', 'fetch', 'dispatch'],
      "undici's request, its fetch (5 to 10 times the CPU) or its bare dispatch",
    ),
    connections: choice(
      ['shared', 'fresh'],
      'shared: kept and used again; fresh: a new one for every request',
    ),
    result: choice(
      ['body', 'status', 'parsed'],
      'what a task returns: status and body; the line URL - STATUS; what a parser finds in the HTML',
    ),
    url: freeText(
      '',
      'base URL of another server, in place of the origin and its parameters; one on another machine needs --allow-remote',
    ),
    ...originParams,
  },
  defaults: { tasks: 200 },
  requestsPerTask: 1,
  remote: ({ url, path, method }) =>
    url === '' || isLoopback(new URL(url).hostname) ? [] : [{ method, url: url.replace(/\/+$/, '') + path }],
  origin: params => (params.url === '' ? originSettings(params) : null),
  check(params) {
    if (params.url !== '') parseServerUrl('--param url', params.url);
    if (!PATH.test(params.path)) {
      const expected = 'a path that begins with / and has no spaces';
      throw new UsageError('--param path', expected, params.path, 'Write what is not ASCII as %xx.');
    }
    const [unknown] = params.path.match(UNKNOWN_PLACEHOLDER) ?? [];
    if (unknown !== undefined) {
      const expected = '{index}, {index%57} or {a|b} in braces';
      throw new UsageError('--param path', expected, unknown, 'Write braces of another kind as %7B and %7D.');
    }
    checkHeaders(params.headers);
    if (params.body !== '' && params.method === 'GET') {
      throw new UsageError('--param body', 'no body with GET', params.body, 'Add --param method=POST.');
    }
    if (params.pauseMs > 0 && params.pauseMs >= params.pauseEveryMs) {
      const got = `${params.pauseMs} ms of every ${params.pauseEveryMs} ms`;
      const remedy = 'Add for example --param pauseEveryMs=2000.';
      throw new UsageError('--param pauseMs', 'a pause shorter than pauseEveryMs', got, remedy);
    }
    if (params.latency === 'uniform' && params.spread > 1) {
      const remedy = 'A larger one would make waits negative.';
      throw new UsageError('--param spread', 'at most 1 with latency=uniform', String(params.spread), remedy);
    }
  },
  async open(params, env) {
    const url = (params.url === '' ? originUrlOf(env) : params.url).replace(/\/+$/, '');
    const read = READERS[params.result](url + params.path);
    const { inFlight, network } = env;
    return openHttpClient<unknown>({ ...params, url, inFlight, network }, read);
  },
  task: (client, index, signal) => client.send(index, signal),
  close: client => client.close(),
});
