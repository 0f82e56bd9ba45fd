import { TaskError } from '../errors.js';
import type { Params } from '../schema/index.js';
import { readAnswer } from './http.js';
import { type HttpClient, openHttpClient, todoRequests } from './http-client.js';
import { milliseconds, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

interface Chain {
  readonly client: HttpClient<number>;
  readonly steps: number;
}

/** The number of a chain's step, as a request has it: no two chains ask for the same item. */
const numberOf = (index: number, step: number, steps: number) => index * steps + step;

export default defineWorkload({
  name: 'chain',
  summary: 'requests that need the answer of the one before: one task, however many there are',
  kind: 'wait',
  params: {
    steps: wholeNumber(4, [1, 1_000], 'requests of a task, one after the other'),
    waitMs: milliseconds(10, 'how long the origin takes for each'),
  },
  defaults: { tasks: 64 },
  requestsPerTask: (params: Params) => Number(params.steps),
  origin: ({ waitMs }) => ({ latency: { kind: 'fixed', ms: waitMs } }),
  async open({ steps }, { originUrl, inFlight }): Promise<Chain> {
    if (originUrl === null) throw new Error('the chain workload was opened without an origin');
    const client = openHttpClient(todoRequests(originUrl, inFlight), (index, status, json, text) =>
      idOf(readAnswer(index, status, json, text).body),
    );
    return { client, steps };
  },
  async task({ client, steps }, index, signal) {
    let reached = numberOf(index, 0, steps);
    // An item's id counts from 1: the id of one is the number of the next.
    for (let step = 0; step < steps; step++) reached = await client.send(reached, signal);
    return { index, reached };
  },
  close: ({ client }) => client.close(),
});

/** @throws TaskError `bad-json` for an answer from which there is no way on */
function idOf(body: unknown): number {
  const id = (body as { readonly id?: unknown } | null)?.id;
  if (typeof id === 'number') return id;
  throw new TaskError('bad-json', 'the answer has no id to go on with');
}
