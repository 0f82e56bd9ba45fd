import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { symbolPath } from '../../src/report/html/charts/marks.js';
import { looksOf } from '../../src/report/html/looks.js';
import { policyFor } from '../../src/report/html/policy.js';
import { packTasks, unitMsOf } from '../../src/stats/packed-tasks.js';
import { uiDocument } from '../../src/ui/page-document.js';
import type {
  Entrant,
  MeasureProgress,
  RaceResult,
  SavedRun,
  UiCatalogue,
  UiMessage,
  UiRequest,
  UiState,
} from '../../src/ui/protocol.js';
import { type TaskRow, tableOf } from './task-tables.js';

const NAMES = ['sequential', 'limited', 'promise-all', 'queue', 'piscina'] as const;
const looks = looksOf(NAMES);

const preset = (
  name: string,
  group: 'default' | 'article',
  title: string,
  summary: string,
  more: object,
): UiCatalogue['presets'][number] => ({
  name,
  group,
  title,
  summary,
  plan: {
    preset: name,
    tasks: 48,
    inFlight: 16,
    threads: 2,
    executors: ['sequential', 'limited', 'queue'],
    ...more,
  },
});

export const CATALOGUE: UiCatalogue = {
  version: '0.1.0',
  node: 'v20.20.0',
  cores: 2,
  presets: [
    preset(
      'waiting',
      'default',
      'Waiting',
      '64 requests that wait for an answer and compute next to nothing.',
      {
        tasks: 64,
        waitMs: 10,
      },
    ),
    preset('computing', 'default', 'Computing', '24 tasks that compute for 4 ms each and wait for nobody.', {
      tasks: 24,
      computeMs: 4,
    }),
    preset('mixed', 'default', 'Mixed', 'Tasks that wait, compute a little, and wait again.', {
      waitMs: 5,
      computeMs: 1,
    }),
    preset(
      'comments',
      'article',
      'Comments',
      '499 comments are fetched: one by one, by five threads, all at once.',
      {
        tasks: 499,
        threads: 5,
        inFlight: 100,
        executors: ['sequential', 'queue', 'promise-all'],
      },
    ),
    preset('ping', 'article', 'Ping', 'Does a server answer? Asked again and again.', {}),
    preset(
      'todos',
      'article',
      'To-dos',
      'Two hundred small pages, kept in the order that they were asked for.',
      {},
    ),
    preset('feed', 'article', 'Feed', 'A feed is fetched and read: some waiting, some computing.', {}),
    preset(
      'movies',
      'article',
      'Movies',
      'Files of films are read and parsed: nearly all of it computing.',
      {},
    ),
  ],
  executors: NAMES.map(name => ({
    name,
    summary: `${name}, in one line`,
    family: name === 'queue' || name === 'piscina' ? 'threads' : 'loop',
    tone: looks(name).className,
    symbol: symbolPath(looks(name)),
  })),
  ranges: {
    waitMs: { from: 0, to: 250, step: 1 },
    computeMs: { from: 0, to: 20, step: 0.1 },
    tasks: { from: 1, to: 2_000, step: 1 },
    inFlight: { from: 1, to: 256, step: 1 },
    threads: { from: 1, to: 16, step: 1 },
  },
  defaultBudgetSeconds: 20,
  quietWhileMeasuring: true,
};

interface EntrantSpec {
  readonly name: string;
  readonly rows: readonly TaskRow[];
  readonly busy: readonly (readonly [number, number])[];
  readonly threads?: number;
  readonly idealPerSecond: number;
}

function entrantOf({ name, rows, busy, threads = 1, idealPerSecond }: EntrantSpec): Entrant {
  const table = tableOf(rows);
  const wallMs = Math.max(...table.deliveredMs) + 0.4;
  const unitMs = unitMsOf(wallMs);
  let last = 0;
  const steps = busy.flat().map(ms => {
    const step = Math.round(ms / unitMs) - last;
    last += step;
    return step;
  });
  const family = CATALOGUE.executors.find(one => one.name === name)!.family;
  const label = family === 'loop' ? name : `${name} ×${threads}`;
  return {
    executor: label,
    label,
    name,
    tone: looks(name).className,
    symbol: symbolPath(looks(name)),
    family,
    wallMs,
    tasks: rows.length,
    unitMs,
    packed: gzipSync(packTasks(table, unitMs)).toString('base64'),
    busy: steps,
    firstTasks: [],
    threads,
    tasksPerSecond: (1_000 * rows.length) / wallMs,
    ratio: 1,
    idealPerSecond,
    limitedBy: 'waiting',
    bystanderMs: busy.reduce((sum, [from, to]) => sum + (to - from) ** 2 / 2, 0) / wallMs,
    cpuMsPerTask: family === 'loop' ? 0.14 : 0.2,
    coresUsed: 0.6,
  };
}

/** Tasks in lanes: each takes so long, and so many are under way at once. */
function laned(tasks: number, lanes: number, ranMs: (index: number) => number, workers = 1): TaskRow[] {
  const free = new Float64Array(lanes);
  return Array.from({ length: tasks }, (_, index) => {
    const lane = free.indexOf(Math.min(...free));
    const startedMs = free[lane]! + 0.1;
    const ran = ranMs(index);
    free[lane] = startedMs + ran;
    return { startedMs, ranMs: ran, deliveryMs: 0.3, worker: lane % workers };
  });
}

/** As long as each other, but for a tenth: of no randomness. */
const around = (ms: number) => (index: number) => ms * (0.95 + ((index * 7) % 11) / 100);

const busyEach = (untilMs: number, everyMs: number, forMs: number): [number, number][] =>
  Array.from({ length: Math.floor(untilMs / everyMs) }, (_, at) => [at * everyMs, at * everyMs + forMs]);

export function raceOf(request: UiRequest): RaceResult {
  const { plan } = request;
  const found = CATALOGUE.presets.find(({ name }) => name === plan.preset) ?? CATALOGUE.presets[0]!;
  const whole = { ...found.plan, ...plan };
  const { tasks = 48, threads = 2, inFlight = 16 } = whole;
  const computeMs = whole.computeMs ?? 0;
  const ms = (whole.waitMs ?? (computeMs > 0 ? 0 : 25)) + computeMs;
  const specs = (whole.executors ?? found.plan.executors).map((name): EntrantSpec => {
    if (name === 'sequential')
      return { name, rows: laned(tasks, 1, around(ms)), busy: [[0, 1.2]], idealPerSecond: 1_000 / ms };
    if (name === 'queue' || name === 'piscina')
      return {
        name,
        threads,
        rows: laned(tasks, threads, around(name === 'queue' ? ms : 1.1 * ms), threads),
        busy: busyEach(40, 20, 1.5),
        idealPerSecond: (1_000 * threads) / ms,
      };
    const lanes = computeMs > 0 ? 1 : name === 'promise-all' ? tasks : inFlight;
    const rows = laned(tasks, lanes, around(lanes === tasks ? 3 * ms : ms));
    const untilMs = Math.max(...rows.map(({ startedMs, ranMs }) => startedMs + ranMs));
    const busy = computeMs > 0 ? busyEach(untilMs, untilMs, untilMs) : busyEach(untilMs, 22, 9);
    return { name, rows, busy, idealPerSecond: (1_000 * lanes) / ms };
  });
  const entrants = specs.map(entrantOf).sort((one, other) => one.wallMs - other.wallMs);
  const slowest = entrants.at(-1)!.tasksPerSecond;
  return {
    preset: found.name,
    plan,
    entrants: entrants.map(one => ({ ...one, ratio: one.tasksPerSecond / slowest })),
    lost: [],
    why: [
      `A task is ${computeMs > 0 ? '99 % computing' : '99.7 % waiting'}; waiting allows ${Math.round(entrants[0]!.idealPerSecond!)} tasks a second.`,
      'While a task waits its loop is free for others: so many of them wait at the same time, on one thread.',
    ],
    task: { waitsMs: ms - computeMs, computesMs: computeMs, blocksMs: 0 },
    caveat: 'One trial each is no measurement: Measure tells how sure it is.',
    command: `threads-vs-loop run ${found.name} --tasks ${tasks}`,
  };
}

const progressOf = (forks: number): MeasureProgress => ({
  scenario: 'COMMENTS',
  scenarioNumber: 1,
  ofScenarios: 1,
  forks,
  baseline: 'limited',
  standings: [
    { label: 'limited', name: 'limited', tasksPerSecond: 1_384, ratio: 1, low: 1, high: 1 },
    {
      label: 'queue ×2',
      name: 'queue',
      tasksPerSecond: 1_395,
      ratio: 1.02 + 0.08 / forks,
      low: 1.02 - 0.3 / forks,
      high: 1.02 + 0.4 / forks,
    },
    {
      label: 'sequential',
      name: 'sequential',
      tasksPerSecond: 94,
      ratio: 0.07,
      low: 0.07 - 0.02 / forks,
      high: 0.07 + 0.02 / forks,
    },
  ],
});

export const REPORT =
  '<!doctype html><html lang="en"><title>A saved report</title><h1>A saved report</h1></html>';

/** What a message is before it has its number. */
type Unnumbered = UiMessage extends infer One ? (One extends UiMessage ? Omit<One, 'id'> : never) : never;

/**
 * A server that speaks the page's protocol and measures nothing: what it tells is made up, and it goes on when its test says so.
 */
export class UiServer implements AsyncDisposable {
  readonly token = 'test-token-0123456789';
  /** Of runs, in the order in which they were asked for. */
  readonly requests: UiRequest[] = [];
  stops = 0;
  /** As when another run has begun in the meantime. */
  isGalleryRefused = false;
  readonly #messages: UiMessage[] = [];
  readonly #streams = new Set<ServerResponse>();
  readonly #saved: SavedRun[] = [
    {
      name: '2026-11-20.json',
      title: 'COMPUTING',
      startedAt: '2026-11-20T10:00:00Z',
      headlines: ['Use 2 threads: queue is 1.95× [1.90, 2.00] the loop (limited)'],
    },
  ];
  readonly #server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    if (pathname === '/') return this.#page(response);
    if (request.headers.authorization !== `Bearer ${this.token}`)
      return json(response, 401, { error: 'expected the token, got another one' });
    if (pathname === '/api/catalogue') return json(response, 200, CATALOGUE);
    if (pathname === '/api/gallery') return this.#gallery(response);
    if (pathname.startsWith('/api/gallery/')) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      return response.end(REPORT);
    }
    if (pathname === '/api/events') return this.#events(response, searchParams.get('after'));
    if (pathname === '/api/stop') {
      this.stops++;
      return json(response, 202, {});
    }
    if (pathname === '/api/runs') {
      let text = '';
      request.on('data', part => {
        text += part;
      });
      request.on('end', () => this.#start(response, JSON.parse(text) as UiRequest));
      return undefined;
    }
    return json(response, 404, { error: 'nothing is there' });
  });
  #run = 0;
  #running: UiRequest | null = null;

  async listen(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/#${this.token}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** As when the network went away. */
  breakStreams(): void {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  /** As if it had just been started. */
  reset(): void {
    this.#messages.length = 0;
    this.#running = null;
  }

  get streams(): number {
    return this.#streams.size;
  }

  tell(message: Unnumbered): void {
    const numbered = { id: this.#messages.length + 1, ...message } as UiMessage;
    this.#messages.push(numbered);
    for (const stream of this.#streams) stream.write(`${JSON.stringify(numbered)}\n`);
  }

  progress(text: string, leftMs: number): void {
    this.tell({ type: 'progress', run: this.#run, leftMs, text });
  }

  fork(forks: number): void {
    this.tell({ type: 'measure', run: this.#run, progress: progressOf(forks) });
  }

  /** What was asked for is done. */
  finish(interrupted = false): void {
    const request = this.#running!;
    this.#running = null;
    const run = this.#run;
    if (request.kind === 'race') this.tell({ type: 'race-done', run, result: raceOf(request) });
    else {
      const name = `run-${run}.json`;
      this.#saved.unshift({ name, title: 'COMMENTS', startedAt: '2026-11-28T10:00:00Z', headlines: [] });
      this.tell({
        type: 'measure-done',
        run,
        result: {
          groups: [
            {
              title: 'COMMENTS',
              headline: 'Use the loop: async is 56× [49, 64] blocking',
              validity: 'VALID',
              why: 'A task is 99.7 % waiting.',
              notes: ['the wanted precision was missed; try `threads-vs-loop run comments --budget 2m`'],
              standings: progressOf(5).standings,
              baseline: 'limited',
            },
          ],
          saved: name,
          command: 'threads-vs-loop run comments --budget 20s',
          interrupted,
        },
      });
    }
    this.tell({ type: 'state', state: 'idle' });
  }

  /** What was asked for has failed. */
  fail(error: string): void {
    this.#running = null;
    this.tell({ type: 'failed', run: this.#run, error });
    this.tell({ type: 'state', state: 'idle' });
  }

  #start(response: ServerResponse, request: UiRequest): void {
    if (this.#running !== null) {
      json(response, 409, { error: 'Expected nothing to be under way, got a run. Wait for it, or stop it.' });
      return;
    }
    this.requests.push(request);
    this.#running = request;
    this.#run++;
    json(response, 202, { run: this.#run });
    this.tell({ type: 'state', ...this.#state() });
  }

  #state(): UiState {
    if (this.#running === null) return { state: 'idle' };
    return { state: 'running', run: this.#run, request: this.#running, elapsedMs: 0, leftMs: 9_000 };
  }

  /** On few cores it is not read during a run. */
  #gallery(response: ServerResponse): void {
    if (this.#running === null && !this.isGalleryRefused) json(response, 200, this.#saved);
    else json(response, 409, { error: 'Expected nothing to be measured, got a run. Wait for its end.' });
  }

  #events(response: ServerResponse, after: string | null): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const from = after === null ? 0 : Number(after);
    response.write(`${JSON.stringify({ id: from, type: 'state', ...this.#state() })}\n`);
    // Who comes anew is told how things stand, not what led to it.
    const earlier = this.#messages.filter(
      ({ id, type }) => id > from && (after !== null || type !== 'state'),
    );
    for (const message of earlier) response.write(`${JSON.stringify(message)}\n`);
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  #page(response: ServerResponse): void {
    const { html, styles, scripts } = uiDocument();
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${policyFor(styles, scripts)}; connect-src 'self'; frame-ancestors 'none'`,
    });
    response.end(html);
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
