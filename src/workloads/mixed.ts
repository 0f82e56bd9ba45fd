import { hash32 } from '../random.js';
import { readAnswer } from './http.js';
import { openTodoClient } from './http-client.js';
import { iterationsFor, mix } from './kernel.js';
import { choice, computing, milliseconds } from './params.js';
import { defineWorkload } from './workload.js';

export default defineWorkload({
  name: 'mixed',
  summary: 'waits for an answer over HTTP and computes',
  kind: 'mixed',
  params: {
    waitMs: milliseconds(10, 'how long the origin takes to answer'),
    cpuMs: computing(1, 'how long a task computes, as in cpu; calibrated once a run'),
    first: choice(
      ['wait', 'compute'],
      'whether it computes on the answer, or before it asks: mortar is laid, then sets',
    ),
  },
  defaults: { tasks: 200 },
  requestsPerTask: 1,
  needsCalibration: true,
  origin: ({ waitMs }) => ({ latency: { kind: 'fixed', ms: waitMs } }),
  async open({ cpuMs, first }, env) {
    const iterations = iterationsFor(cpuMs, env.cpuIterationsPerMs);
    const computeFirst = first === 'compute';
    const client = openTodoClient(env, (index, status, json, text) => {
      readAnswer(index, status, json, text);
      return { index, digest: computeFirst ? hash32(0, text) : mix(iterations, hash32(0, text)) };
    });
    return { client, iterations, computeFirst };
  },
  task({ client, iterations, computeFirst }, index, signal) {
    if (!computeFirst) return client.send(index, signal);
    const digest = mix(iterations, index);
    return client.send(index, signal).then(answer => ({ index, digest: digest ^ answer.digest }));
  },
  close: ({ client }) => client.close(),
});
