import { TaskError } from '../errors.js';
import { EXCERPT_CHARS, readAnswer } from './http.js';
import { openTodoClient } from './http-client.js';
import { milliseconds, wholeNumber } from './params.js';
import { defineWorkload } from './workload.js';

export default defineWorkload({
  name: 'chain',
  summary: 'requests that need the answer of the one before: one task, however many there are',
  kind: 'wait',
  params: {
    steps: wholeNumber(4, [1, 1_000], 'requests of a task, one after the other'),
    waitMs: milliseconds(10, 'how long the origin takes for each'),
  },
  defaults: { tasks: 64 },
  requestsPerTask: ({ steps }) => steps,
  origin: ({ waitMs }) => ({ latency: { kind: 'fixed', ms: waitMs } }),
  async open({ steps }, env) {
    const client = openTodoClient(env, (index, status, json, text) =>
      idOf(readAnswer(index, status, json, text).body),
    );
    return { client, steps };
  },
  async task({ client, steps }, index, signal) {
    // No two chains ask for the same item.
    let reached = index * steps;
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
  throw new TaskError('bad-json', `${JSON.stringify(body)}`.slice(0, EXCERPT_CHARS));
}
